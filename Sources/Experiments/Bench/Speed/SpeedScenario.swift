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

  /// Ten cells and the banks, each with an event a minute or less, over a week: every window is
  /// over in a microsecond or two.
  private static let smallWindowsText = """
    name: small-windows
    time: {date: "2026-03-02", duration: 7d}
    cells: {per_region: 5}
    merchants: {count: 60}
    workload:
      generated: {payments: 60}
      capture: {immediate_share: 0, delay_hours: [[0, 100], [1, 160]]}
    settlement: {strategy: {name: hybrid, window: 1min}}

    """

  /// The smoke scenario's size and cells.
  private static let severalCellsText = """
    name: several-cells
    time: {date: "2026-03-02", duration: 2h}
    cells: {per_region: 2}
    merchants: {count: 200}
    workload: {generated: {payments: 20000}}

    """

  /// A run of many windows in which next to nothing happens.
  public static func smallWindows() -> ScenarioRun { run(smallWindowsText) }

  /// A run of 20,000 payments in several cells.
  public static func severalCells() -> ScenarioRun { run(severalCellsText) }

  /// The scenario, ready to run.
  public static func run(payments: Int) -> ScenarioRun { run(text(payments: payments)) }

  private static func run(_ text: String) -> ScenarioRun {
    do {
      let scenario = try LoadedScenario.load(
        Array(text.utf8), file: "speed.yaml",
        strategies: StrategyRegistry.declarations)
      return try ScenarioRun(scenario)
    } catch { fatalError("the built-in scenario is refused: \(error)") }
  }
}
