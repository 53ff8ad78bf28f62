import Scenario
import Statistics

extension ComparisonPlan {
  /// What the replications are too few for, told before anything runs; nil where they suffice.
  ///
  /// Claims are made by cost, delay and liquidity alone. Strategies that set what the baseline sets
  /// have nothing to test. Which of the standard metrics the runs will have, and which of them
  /// will differ at all, is not known: `settings` rules some out, and the rest is an upper bound,
  /// so that the number told is always enough.
  public func limits(of settings: ScenarioSettings) -> String? {
    let names = metrics ?? MetricTraits.expectedNames(in: settings)
    let dimensions = MetricTraits.dimensions.count { $0.metrics.contains(where: names.contains) }
    let own = entries[baseline].overrides(over: shared)
    let others = entries.count { $0.overrides(over: shared) != own }
    guard dimensions > 0, others > 0 else { return nil }
    func needed(_ tests: Int) -> Int {
      ComparisonAnalysis.replicationsNeeded(tests: tests, confidence: confidence)
    }
    let tests = dimensions * others
    let most = needed(tests)
    guard max(replications, untilWidth == nil ? 0 : maximumReplications) < most else { return nil }
    let least = needed(1)
    let level = "\(Self.percent(1 - confidence)) %"
    let few = replications == 1 ? "1 replication" : "\(replications) replications"
    if tests == 1 { return "\(few) can show nothing at \(level): it takes \(most)" }
    let metrics = dimensions == 1 ? "1 dimension" : "\(dimensions) dimensions"
    let all = "\(tests) tests (\(metrics), \(others) against the baseline) take \(most)"
    return replications < least
      ? "\(few) can show nothing at \(level): one test takes \(least), \(all)"
      : "\(few) may be too few to show anything at \(level): \(all), fewer strategies fewer"
  }

  /// A ratio in percent, without zeros at the end.
  private static func percent(_ ratio: Double) -> String {
    let rounded = (ratio * 10_000).rounded() / 100
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }
}
