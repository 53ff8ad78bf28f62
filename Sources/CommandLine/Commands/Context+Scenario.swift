import Host
import Text
import Batching
import Glibc
import Interbank
import Reporting
import Scenario
import Simulator
import VirtualTime

/// What `settlement` may choose from.
let strategyDeclarations = StrategyRegistry.declarations
/// What `interbank.mode` may choose from.
let modeDeclarations = SettlementModeRegistry.declarations
/// The liquidity-saving mechanisms of modes.
let mechanismDeclarations = LiquiditySavingRegistry.declarations
/// What thresholds may name.
let figureDeclarations = MetricCatalog.figures

extension Context {
  /// Loads the scenario that `operand` names.
  func load(
    _ operand: String, overrides: [ScenarioOverride]
  ) throws(Failure) -> LoadedScenario {
    do throws(ScenarioError) {
      let scenario = try LoadedScenario.load(
        path: ShippedScenarios.path(operand, surroundings), overrides: overrides,
        strategies: strategyDeclarations, modes: modeDeclarations,
        figures: figureDeclarations)
      for remark in scenario.remarks { console.note("settlesim: warning: \(remark)") }
      return scenario
    } catch {
      var lines = error.description.split(separator: "\n").map(String.init)
      let shipped = ShippedScenarios.names(surroundings)
      if error.kind == .missing, let near = EditDistance.nearest(to: operand, among: shipped) {
        lines[lines.count - 1] += "; did you mean `\(near)`?"
      }
      throw Failure(ExitCode(error.exitCode), lines, problems: error.problems)
    }
  }

  /// Prepares the run of a loaded scenario, which reads its trace.
  func prepare(_ scenario: LoadedScenario) throws(Failure) -> any PreparedRun {
    let suspension = try options.choice(.suspension, default: Suspension.parking)
    do throws(RunError) {
      return try surroundings.prepare(scenario, suspension)
    } catch {
      let lines = error.description.split(separator: "\n").map(String.init)
      throw Failure(ExitCode(error.exitCode), lines)
    }
  }
}
