import Batching
import Scenario
import Simulator

/// The scenario whose speed is measured: every default, so the whole path; built in, so that a
/// change of the shipped scenarios is no change of speed.
public enum SpeedScenario {
  static func text(payments: Int) -> String {
    """
    name: speed
    time: {date: "2026-03-02", duration: 2h}
    cells: {per_region: 1}
    merchants: {count: 400}
    workload: {generated: {payments: \(payments)}}

    """
  }

  /// The scenario, ready to run.
  public static func run(payments: Int) -> ScenarioRun {
    do {
      let scenario = try LoadedScenario.load(
        Array(text(payments: payments).utf8), file: "speed.yaml",
        strategies: StrategyRegistry.declarations)
      return try ScenarioRun(scenario)
    } catch { fatalError("the built-in scenario is refused: \(error)") }
  }
}
