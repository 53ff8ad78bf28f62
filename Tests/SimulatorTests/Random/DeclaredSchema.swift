import Batching
import Interbank

@testable import Scenario
@testable import Simulator

/// What the loader's own declarations say of the keys of a scenario.
struct DeclaredSchema: Sendable {
  /// A key with a value of its own.
  struct Leaf: Sendable, CustomStringConvertible {
    /// Steps from the root, with the schema that the value of each has: of a choice, the
    /// alternative that leads on. The entries of a list are `[]`.
    var chain: [(key: String, schema: SchemaJSON)]

    var keys: [String] { chain.map(\.key) }
    var schema: SchemaJSON { chain[chain.count - 1].schema }
    var description: String { keys.joined(separator: ".") }
  }

  static let root = Section<ScenarioSettings>.scenario(
    StrategyRegistry.declarations, modes: SettlementModeRegistry.declarations,
    figures: MetricCatalog.figures
  ).schema(defaults: ScenarioSettings(name: ""))

  /// The optional keys of a trace with a value of their own.
  static var traceRules: [Leaf] {
    leaves.filter { leaf in
      leaf.keys.count == 3 && leaf.keys[0] == "workload" && leaf.keys[1] == "trace"
        && leaf.keys[2] != "file"
    }
  }

  /// The same of recorded payments between banks.
  static var recordedRules: [Leaf] {
    leaves.filter { leaf in
      leaf.keys.count == 4 && leaf.keys[1] == "transfers" && leaf.keys[2] == "trace"
        && leaf.keys[3] != "file"
    }
  }

  /// Every key with a value of its own, in the order of the schema.
  static let leaves: [Leaf] = {
    var found: [Leaf] = []
    for member in root["properties"]?.members ?? [] {
      collect([(member.key, member.value)], &found)
    }
    return found
  }()

  /// Whether a schema stands for one value that is written as a scalar, in whichever form.
  static func isScalar(_ schema: SchemaJSON) -> Bool {
    if schema[BoundKeyword.maximumMinorUnits] != nil || isLatency(schema) { return true }
    if case .array(let alternatives)? = schema["anyOf"] {
      return alternatives.allSatisfy(isScalar)
    }
    return schema["properties"] == nil && schema["items"] == nil
      && schema["additionalProperties"] == nil
  }

  /// Whether a schema is that of a latency: a duration, or a distribution of durations.
  static func isLatency(_ schema: SchemaJSON) -> Bool {
    guard case .array(let alternatives)? = schema["anyOf"] else { return false }
    return alternatives.contains { $0["properties"]?["median"] != nil }
  }

  private static func collect(
    _ chain: [(key: String, schema: SchemaJSON)], _ found: inout [Leaf]
  ) {
    let schema = chain[chain.count - 1].schema
    guard schema["const"] == nil else { return }
    let cells = schema["additionalProperties"]?.members
    if isScalar(schema) || schema["items"] != nil || cells != nil {
      found.append(Leaf(chain: chain))
    }
    if isScalar(schema) { return }
    for member in schema["properties"]?.members ?? [] {
      collect(chain + [(member.key, member.value)], &found)
    }
    if let items = schema["items"], items["type"] != .string("array"), !isScalar(items) {
      collect(chain + [("[]", items)], &found)
    }
    guard case .array(let alternatives)? = schema["anyOf"] else { return }
    for alternative in alternatives where !isScalar(alternative) {
      collect(chain.dropLast() + [(chain[chain.count - 1].key, alternative)], &found)
    }
  }
}
