import Batching
import Declared
import Interbank
import Testing

@testable import Scenario
@testable import Simulator

@Suite("Every key of a scenario")
struct KeyEffectTests {
  /// Keys and what their declarations say that they change.
  private static let declared: [String: SettingEffect] = {
    let section = Section<ScenarioSettings>.scenario(
      StrategyRegistry.declarations, modes: SettlementModeRegistry.declarations,
      figures: MetricCatalog.figures)
    var found: [String: SettingEffect] = [:]
    collect(section.schema(defaults: ScenarioSettings(name: "")), [], &found)
    return found
  }()

  /// Finds keys in a schema. The alternatives of a choice with parameters stand in braces.
  private static func collect(
    _ schema: SchemaJSON, _ path: [String], _ found: inout [String: SettingEffect]
  ) {
    if case .string(let word)? = schema[SettingEffect.keyword] {
      found[path.joined(separator: ".")] = SettingEffect(rawValue: word)
      return
    }
    for member in schema["properties"]?.members ?? [] {
      collect(member.value, path + [member.key], &found)
    }
    if let items = schema["items"] { collect(items, path + ["[]"], &found) }
    if let cells = schema["additionalProperties"] { collect(cells, path + ["*"], &found) }
    guard case .array(let alternatives)? = schema["anyOf"] else { return }
    for alternative in alternatives {
      if alternative["enum"] != nil || alternative["const"] != nil {
        found[path.joined(separator: ".")] = .simulation
      } else if let name = named(alternative) {
        collect(alternative, path + ["{\(name)}"], &found)
      } else {
        collect(alternative, path, &found)
      }
    }
  }

  /// What an alternative of a choice is called, in whichever of its keys.
  private static func named(_ schema: SchemaJSON) -> String? {
    for member in schema["properties"]?.members ?? [] {
      if case .string(let name)? = member.value["const"] { return name }
    }
    return nil
  }

  @Test("has a pair of runs here, and no other has")
  func complete() {
    let (keys, changes) = (Set(Self.declared.keys), Set(KeyChange.all.keys))
    #expect(keys.subtracting(changes).sorted() == [])
    #expect(changes.subtracting(keys).sorted() == [])
  }

  @Test("changes what its declaration says", arguments: KeyChange.all.keys.sorted())
  func effect(_ key: String) throws {
    let change = try #require(KeyChange.all[key])
    let (found, declared) = (try change.effect(), Self.declared[key])
    #expect(found == declared)
  }

  @Test("is of words alone in at most five cases")
  func words() {
    let words = Self.declared.filter { $0.value == .text }.keys
    #expect(
      words.sorted() == [
        "description", "merchants.fee_plans.[].name", "merchants.markets.[].country", "name",
      ])
  }
}
