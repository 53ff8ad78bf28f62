import Declared
import Text
import Scenario

/// Why `--strategies` cannot be understood; one line that says what was expected.
public struct StrategyEntryError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was expected, where, and what was found.
  public let description: String
}

/// One entry of `--strategies`: what a variant sets in the scenario.
///
/// `name`, `name:parameter=value:parameter=value`, or several of them of different layers joined by
/// `+`, as in `merchant_day+deferred_net` or `optimised:fx_netting=on+deferred_net`. A key with a
/// point in it is the path of any value of the scenario: `merchant_day:costs.wire=5.05 USD`. The
/// name `scenario` stands for what the scenario says. A colon separates only where a key and an
/// equals sign follow, so a value may hold one.
public struct StrategyEntry: Sendable, Equatable {
  /// The entry as given, with `#2` and so on behind it where it is repeated.
  public let name: String
  /// The entry as given.
  public let text: String
  /// What the entry sets, in order.
  public private(set) var settings: [ScenarioOverride]
  /// Where it names what the scenario has anyway, and so keeps its parameters.
  public private(set) var inherited: [ScenarioOverride] = []

  /// Stands for what the scenario says.
  public static let scenarioName = "scenario"

  /// Reads a list of entries, separated by commas outside brackets and quotes.
  public static func list(_ text: String) throws(StrategyEntryError) -> [StrategyEntry] {
    var entries: [StrategyEntry] = []
    for part in split(text, at: ",") {
      let settings = try settings(of: part)
      var name = part
      var number = 2
      while entries.contains(where: { $0.name == name }) {
        name = "\(part)#\(number)"
        number += 1
      }
      entries.append(StrategyEntry(name: name, text: part, settings: settings))
    }
    return entries
  }

  /// The entries of a list by their texts alone, whatever they mean.
  public static func names(_ text: String) -> [String] { split(text, at: ",") }

  /// The overrides of the whole run: those that all strategies share, without what the entry
  /// replaces, then its own. A path replaces what lies below it.
  public func overrides(over shared: [ScenarioOverride]) -> [ScenarioOverride] {
    Self.merged(settings, over: shared)
  }

  /// `settings` behind those of `shared` that they do not replace.
  static func merged(
    _ settings: [ScenarioOverride], over shared: [ScenarioOverride]
  ) -> [ScenarioOverride] {
    let kept = shared.filter { former in
      !settings.contains { own in
        former.path == own.path || former.path.hasPrefix(own.path + ".")
      }
    }
    return kept + settings
  }

  /// The entry over a scenario: where it names the scenario's own strategy or mode it stands for
  /// that one, with the parameters that the scenario gives it, instead of for the defaults. The
  /// parameters of the entry itself replace those.
  public func inheriting(from scenario: ScenarioSettings) -> StrategyEntry {
    var entry = self
    entry.inherited = []
    entry.settings = settings.filter { setting in
      let own = StrategyLayer.all.first { $0.path == setting.path }?.chosen(scenario)
      guard own == setting.value else { return true }
      entry.inherited.append(setting)
      return false
    }
    return entry
  }

  private typealias Chosen = [(layer: StrategyLayer, declaration: StrategyDeclaration)]

  private static func settings(of entry: String) throws(StrategyEntryError) -> [ScenarioOverride] {
    var chosen: Chosen = []
    var settings: [ScenarioOverride] = []
    let parts = parts(entry)
    for part in parts {
      var assignments = assignments(part)[...]
      let head = assignments.first ?? ""
      let former = chosen.count
      if !head.contains("=") {
        assignments = assignments.dropFirst()
        for name in split(head, at: "+") { try choose(name, in: entry, &chosen) }
      }
      let own = Array(chosen[former...])
      settings += own.map { override($0.layer.path, $0.declaration.name) }
      let place = parts.count == 1 ? quoted(entry) : "\(quoted(part)) in \(quoted(entry))"
      for assignment in assignments {
        let equals = assignment.firstIndex(of: "=")!
        let key = String(assignment[..<equals])
        let value = String(assignment[assignment.index(after: equals)...])
        let path = key.contains(".") ? key : try path(of: key, own, place)
        guard !settings.contains(where: { $0.path == path }) else {
          throw StrategyEntryError(description: "\(quoted(entry)) sets \(quoted(path)) twice")
        }
        settings.append(override(path, value))
      }
    }
    return settings
  }

  private static func override(_ path: String, _ value: String) -> ScenarioOverride {
    ScenarioOverride(path: path, value: value, origin: .flag("--strategies"))
  }

  private static func choose(
    _ name: String, in entry: String, _ chosen: inout Chosen
  ) throws(StrategyEntryError) {
    if name == scenarioName { return }
    guard let found = StrategyLayer.find(name) else {
      let names = StrategyLayer.names + [scenarioName]
      let hint =
        EditDistance.nearest(to: name, among: names).map { "did you mean \(quoted($0))?" }
        ?? "expected \(names.joined(separator: ", "))"
      let place = name == entry ? "" : " (in \(quoted(entry)))"
      throw StrategyEntryError(
        description: "there is no strategy \(quoted(name))\(place); \(hint)")
    }
    if let former = chosen.first(where: { $0.layer.path == found.layer.path }) {
      throw StrategyEntryError(
        description: "\(quoted(entry)) names two of one kind (\(found.layer.kind)): "
          + "\(former.declaration.name) and \(name)")
    }
    chosen.append(found)
  }

  /// Where a parameter without a point goes: to the strategy of its part that declares it.
  private static func path(
    of key: String, _ chosen: Chosen, _ place: String
  ) throws(StrategyEntryError) -> String {
    let owners = chosen.filter { $0.declaration.parameters.contains { $0.name == key } }
    if owners.count == 1 { return owners[0].layer.path + "." + key }
    if owners.count > 1 {
      let paths = owners.map { quoted($0.layer.path + "." + key) }
      throw StrategyEntryError(
        description: "\(place): \(quoted(key)) is a parameter of more than one of them; "
          + "write \(paths.joined(separator: " or "))")
    }
    let known = chosen.flatMap { $0.declaration.parameters.map(\.name) }
    let hint =
      EditDistance.nearest(to: key, among: known).map { "; did you mean \(quoted($0))?" }
      ?? (known.isEmpty ? "" : "; expected \(known.joined(separator: ", "))")
    throw StrategyEntryError(
      description: "\(place): no parameter \(quoted(key)), and no path of the scenario, "
        + "which has a point in it\(hint)")
  }
}
