import Batching
import Interbank
import Reporting
import Scenario
import Simulator
import Testing

@testable import Experiments

/// Comparisons of whole runs that take milliseconds.
struct SmallComparison {
  /// A settlement that matters: wires are the only cost.
  static let scenario = """
    name: small
    time: {date: "2026-03-02", duration: 1h}
    cells: {per_region: 1}
    merchants: {count: 12}
    workload:
      generated: {payments: 60}
    costs: {infrastructure_per_month: "0.00 USD"}
    """

  var strategies: String
  var replications = 6
  var seed: UInt64 = 1
  var threads = 2
  var settings: [String] = []
  var metrics: [String]?
  var baseline: String?
  var untilWidth: Double?
  var maximumReplications = 200
  /// Changes an outcome before it is taken, by number of the run.
  var alter: (Int, inout RunOutcome) -> Void = { _, _ in }
  var goesOn: (ComparisonProgress) -> Bool = { _ in true }

  init(_ strategies: String) { self.strategies = strategies }

  static func load(_ overrides: [ScenarioOverride]) throws(ScenarioError) -> LoadedScenario {
    try LoadedScenario.load(
      Array(scenario.utf8), file: "small.yaml", overrides: overrides,
      strategies: StrategyRegistry.declarations, modes: SettlementModeRegistry.declarations)
  }

  var plan: ComparisonPlan {
    get throws {
      var plan = ComparisonPlan(
        entries: try StrategyEntry.list(strategies), firstSeed: seed,
        shared: settings.map { ScenarioOverride(assignment: $0)! })
      plan.replications = replications
      plan.metrics = metrics
      plan.untilWidth = untilWidth
      plan.maximumReplications = maximumReplications
      plan = plan.inheriting(from: try Self.load(plan.shared).settings)
      if let baseline { try plan.setBaseline(baseline) }
      return plan
    }
  }

  func run() throws -> ComparisonResult {
    let plan = try plan
    return try Comparison<any Error>.run(
      plan, reference: "small.yaml", threads: threads,
      prepare: { index in
        let run = try ScenarioRun(Self.load(plan.overrides(run: index)))
        return { threads, progress in
          var outcome = run.run(threads: threads, progress: progress)
          alter(index, &outcome)
          return outcome
        }
      }, progress: goesOn)
  }
}

extension ComparisonResult {
  /// The difference of a strategy in a metric.
  func difference(_ metric: String, _ strategy: Int = 1) -> ComparedMetric.Difference? {
    self.metric(metric)?.rows[strategy].difference
  }
}
