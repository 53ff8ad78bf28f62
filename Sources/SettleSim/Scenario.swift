internal import Batching
internal import Interbank
internal import Scenario
internal import Simulator

/// What is simulated: a scenario file that has passed every check.
///
/// The format is that of `settlesim run`: see `settlesim schema` and the shipped scenarios.
public struct Scenario: Sendable {
  private let inner: Inner<LoadedScenario>
  var loaded: LoadedScenario { inner.value }

  /// Reads and checks a file of YAML or JSON.
  ///
  /// - Parameters:
  ///   - path: of the file. What it names, a trace for instance, is looked for beside it.
  ///   - settings: values in place of the file's, by their paths, as of `--set`:
  ///     `["seed": "7", "authorization.retries": "0"]`. Each is checked as in the file.
  /// - Throws: `SimulationError` with every problem and its place: `.missingFile` where there is no
  ///   such file, `.refused` where it does not hold a scenario.
  public init(
    contentsOf path: String, settings: KeyValuePairs<String, String> = [:]
  ) throws(SimulationError) {
    do throws(ScenarioError) {
      inner = Inner(
        try LoadedScenario.load(
          path: path, overrides: Self.overrides(settings),
          strategies: StrategyRegistry.declarations, modes: SettlementModeRegistry.declarations,
          figures: MetricCatalog.figures))
    } catch { throw SimulationError(error) }
  }

  /// Checks a scenario at hand.
  ///
  /// - Parameters:
  ///   - text: YAML or JSON, as in a file.
  ///   - name: names the text in messages. Files that the scenario reads are looked for beside a
  ///     file of this name, so one without a directory in the working directory.
  ///   - settings: as of `init(contentsOf:settings:)`.
  /// - Throws: `SimulationError` of the kind `.refused`.
  public init(
    text: String, name: String = "scenario.yaml", settings: KeyValuePairs<String, String> = [:]
  ) throws(SimulationError) {
    do throws(ScenarioError) {
      inner = Inner(
        try LoadedScenario.load(
          Array(text.utf8), file: name, overrides: Self.overrides(settings),
          strategies: StrategyRegistry.declarations, modes: SettlementModeRegistry.declarations,
          figures: MetricCatalog.figures))
    } catch { throw SimulationError(error) }
  }

  /// The name that the scenario gives itself.
  public var name: String { loaded.settings.name }
  /// Its own line about itself; empty where it has none.
  public var description: String { loaded.settings.description }
  /// The seed of every random stream. Another one is set as `settings: ["seed": "7"]`.
  public var seed: UInt64 { loaded.settings.seed }
  /// What is no problem of the scenario, and its reader should know: one line each.
  public var remarks: [String] { loaded.remarks }

  /// The JSON Schema of scenario files.
  public static var schema: String {
    ScenarioSchema.json(
      strategies: StrategyRegistry.declarations, modes: SettlementModeRegistry.declarations,
      figures: MetricCatalog.figures)
  }

  private static func overrides(
    _ settings: KeyValuePairs<String, String>
  ) -> [ScenarioOverride] {
    settings.map { ScenarioOverride(path: $0.key, value: $0.value) }
  }
}
