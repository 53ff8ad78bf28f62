import Reporting
import Scenario

/// The scenario of a result, read again from its manifest.
enum RecordedScenario {
  /// The scenario with the overrides and the seed of the run; `file` names it, and stands where the
  /// files that it reads are looked for.
  static func load(
    _ identity: RunIdentity, file: String
  ) throws(ScenarioError) -> LoadedScenario {
    var overrides = identity.overrides.map { ScenarioOverride(path: $0.path, value: $0.value) }
    let loaded = try load(identity, file, overrides)
    if loaded.settings.seed == identity.seed { return loaded }
    overrides.insert(
      ScenarioOverride(path: "seed", value: String(identity.seed), origin: .flag("--seed")), at: 0)
    return try load(identity, file, overrides)
  }

  private static func load(
    _ identity: RunIdentity, _ file: String, _ overrides: [ScenarioOverride]
  ) throws(ScenarioError) -> LoadedScenario {
    try LoadedScenario.load(
      Array(identity.scenarioText.utf8), file: file, overrides: overrides,
      strategies: strategyDeclarations, modes: modeDeclarations, figures: figureDeclarations)
  }

  /// Every value of a scenario by its path, the seed left out. What stands in a list under a name
  /// has the name in its path, so that another entry before it moves nothing.
  static func settings(_ scenario: LoadedScenario) -> [String: String] {
    let values = scenario.resolved()
    var names: [String: String] = [:]
    for value in values where value.path.hasSuffix("].name") {
      let entry = value.path.dropLast(".name".count)
      guard let bracket = entry.lastIndex(of: "[") else { continue }
      names[String(entry)] = entry[..<bracket] + "." + value.value
    }
    var settings: [String: String] = [:]
    for value in values where value.path != "seed" {
      let end = value.path.lastIndex(of: "]").map { value.path.index(after: $0) }
      let entry = end.map { String(value.path[..<$0]) }
      let name = entry.flatMap { names[$0] }.map { $0 + value.path[end!...] }
      settings[name ?? value.path] = value.value
    }
    return settings
  }
}
