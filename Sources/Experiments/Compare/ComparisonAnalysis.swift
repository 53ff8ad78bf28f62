import Chance
import Reporting
import Statistics
import VirtualTime

/// Turns the runs of a comparison into differences, verdicts and the Pareto set.
///
/// For each metric and each strategy but the baseline:
/// 1. the replications that have the metric on both sides are paired by seed;
/// 2. median and mean of the differences, each with a bootstrap interval;
/// 3. Wilcoxon's signed-rank test (unpaired: Mann and Whitney's);
/// 4. Holm's adjustment over all of these tests. Differences that are all exactly zero have nothing
///    to test: the test gives 1 whatever their signs, so that they do not count;
/// 5. the verdict: beyond chance at the level of the whole comparison, and beyond the effect floor.
///
/// Of a strategy of which a run did not come to rest there are figures, but no difference, verdict
/// or place in the Pareto set; where it is the baseline, of none.
public struct ComparisonAnalysis {
  private let asked: [String]?
  private let resamples: Int

  /// - Parameters:
  ///   - asked: the metrics to compare; nil for the standard ones that the runs have.
  ///   - resamples: behind each interval.
  public init(asked: [String]?, resamples: Int = Bootstrap.standardResamples) {
    self.asked = asked
    self.resamples = resamples
  }

  /// Fills everything that follows from the runs of `result`.
  public func fill(_ result: inout ComparisonResult) {
    result.resamples = resamples
    sumUp(&result)
    let names = asked ?? MetricTraits.standardNames
    for name in names {
      let values = Values(name, result)
      let metric = metric(name, values, result)
      if asked == nil, MetricTraits.settlementParts.contains(name), values.isZero { continue }
      if values.isEmpty {
        if asked != nil { result.notes.append("no run has samples of \(name)") }
      } else if asked != nil || isComparable(metric, result) {
        result.metrics.append(metric)
      }
    }
    noteUnrest(&result)
    judge(&result)
    markDimensions(&result)
    conclude(&result)
    noteLimits(&result)
  }

  /// Whether a metric that nobody asked for is worth showing.
  private func isComparable(_ metric: ComparedMetric, _ result: ComparisonResult) -> Bool {
    let isUnjudged = !result.strategies.indices.contains {
      $0 != result.baseline && result.isJudged($0)
    }
    return metric.rows.contains { $0.difference != nil || (isUnjudged && $0.median != nil) }
  }

  /// A metric's values by strategy and replication.
  private struct Values {
    let byStrategy: [[Double?]]

    init(_ name: String, _ result: ComparisonResult) {
      var byStrategy = result.strategies.map { _ in [Double?]() }
      for run in result.runs {
        let value = run.metrics[name]
        byStrategy[run.strategy].append(value.flatMap { $0.isFinite ? $0 : nil })
      }
      self.byStrategy = byStrategy
    }

    var isEmpty: Bool { byStrategy.allSatisfy { $0.allSatisfy { $0 == nil } } }
    var isZero: Bool { byStrategy.allSatisfy { $0.allSatisfy { ($0 ?? 0) == 0 } } }
  }

  private func metric(
    _ name: String, _ values: Values, _ result: ComparisonResult
  ) -> ComparedMetric {
    let (unit, preference) = MetricTraits.of(name)
    var metric = ComparedMetric(name, unit: unit, preference: preference)
    metric.measure = MetricTraits.measure(of: name, currency: result.currency)
    let baseline = values.byStrategy[result.baseline]
    for (strategy, all) in values.byStrategy.enumerated() {
      let present = all.compactMap { $0 }
      let sample = present.isEmpty ? nil : Sample(present)
      var row = ComparedMetric.Row(
        count: present.count, median: sample?.median,
        quartiles: sample.map { .init(lower: $0.quantile(0.25), upper: $0.quantile(0.75)) })
      if strategy != result.baseline, result.isJudged(strategy) {
        // Each interval has a stream of its own.
        let random = { (purpose: String) in
          RandomStream(
            seed: result.identity.seed, component: "compare.\(result.strategies[strategy].name)",
            purpose: purpose)
        }
        row.difference =
          result.pairing == .paired
          ? paired(all, baseline, result.confidence, random(name), random("mean of \(name)"))
          : unpaired(present, baseline.compactMap { $0 }, result.confidence, random(name))
      }
      metric.rows.append(row)
    }
    return metric
  }

  private func paired(
    _ variant: [Double?], _ baseline: [Double?], _ confidence: Double,
    _ ofMedian: RandomStream, _ ofMean: RandomStream
  ) -> ComparedMetric.Difference? {
    let pairs = zip(variant, baseline).compactMap { variant, baseline in
      variant.flatMap { variant in baseline.map { (variant, $0) } }
    }
    guard !pairs.isEmpty else { return nil }
    let sample = PairedSample(variant: pairs.map(\.0), baseline: pairs.map(\.1))
    let differences = sample.differences
    let medians = Bootstrap(differences.values, .median, resamples: resamples, random: ofMedian)
    let means = Bootstrap(differences.values, .mean, resamples: resamples, random: ofMean)
    var difference = ComparedMetric.Difference(
      count: pairs.count, median: differences.median, relative: sample.relativeMedianDifference,
      interval: medians.percentileInterval(confidence: confidence), mean: differences.mean,
      meanInterval: means.acceleratedInterval(confidence: confidence),
      pValue: SignedRankTest(differences.values).pValue)
    difference.isTested = differences.values.contains { $0 != 0 }
    return difference
  }

  private func unpaired(
    _ variant: [Double], _ baseline: [Double], _ confidence: Double, _ random: RandomStream
  ) -> ComparedMetric.Difference? {
    guard !variant.isEmpty, !baseline.isEmpty else { return nil }
    let (first, second) = (Sample(variant), Sample(baseline))
    let difference = first.median - second.median
    let interval = Bootstrap.differenceOfMedians(
      first, second, resamples: resamples, confidence: confidence, random: random)
    var compared = ComparedMetric.Difference(
      count: min(first.count, second.count), median: difference,
      relative: PairedSample.relative(difference, to: second.median), interval: interval,
      mean: first.mean - second.mean, meanInterval: nil,
      pValue: RankSumTest(variant, baseline).pValue)
    compared.isTested = (variant + baseline).contains { $0 != variant[0] }
    return compared
  }

  /// Adjusts all p-values together and gives the words.
  private func judge(_ result: inout ComparisonResult) {
    var places: [(metric: Int, row: Int)] = []
    for (m, metric) in result.metrics.enumerated() {
      for (r, row) in metric.rows.enumerated() where row.difference?.isTested == true {
        places.append((m, r))
      }
    }
    let adjusted = Holm.adjusted(
      places.map { result.metrics[$0.metric].rows[$0.row].difference!.pValue })
    for (place, pValue) in zip(places, adjusted) {
      let metric = result.metrics[place.metric]
      var difference = metric.rows[place.row].difference!
      difference.adjustedPValue = pValue
      difference.verdict = DifferenceVerdict(
        difference: difference.median, relative: difference.relative, pValue: pValue,
        level: 1 - result.confidence, effectFloor: result.effectFloor,
        preference: metric.preference)
      result.metrics[place.metric].rows[place.row].difference = difference
    }
  }

  private func markDimensions(_ result: inout ComparisonResult) {
    for (dimension, names) in MetricTraits.dimensions {
      let metrics = result.metrics
      let position = names.compactMap { name in
        metrics.firstIndex { metric in
          metric.name == name
            && metric.rows.enumerated().allSatisfy { index, row in
              row.median != nil || result.restless(index) > 0
            } && metric.rows.contains { $0.median != nil }
        }
      }.first
      if let position { result.metrics[position].dimension = dimension }
    }
  }

  private func conclude(_ result: inout ComparisonResult) {
    let dimensions = TradeOffDimension.allCases.compactMap { result.metric($0) }
    let judged = result.strategies.indices.filter(result.isJudged)
    let points = judged.map { strategy in
      dimensions.map { metric in
        let median = metric.rows[strategy].median!
        return metric.preference == .higher ? -median : median
      }
    }
    let dominators = ParetoSet.dominators(of: points)
    result.conclusions = result.strategies.indices.map { strategy in
      guard let place = judged.firstIndex(of: strategy) else {
        return StrategyConclusion(
          claimingNothing: result.restless(strategy) > 0 ? .notAtRest : .unjudged)
      }
      var verdicts: [TradeOffDimension: DifferenceVerdict] = [:]
      for metric in dimensions {
        if let difference = metric.rows[strategy].difference {
          verdicts[metric.dimension!] = difference.verdict
        }
      }
      return StrategyConclusion(
        verdicts: verdicts, isBaseline: strategy == result.baseline,
        dominatedBy: dominators[place].map { judged[$0] })
    }
  }

  /// The digest, the arrivals and the events of all runs together.
  private func sumUp(_ result: inout ComparisonResult) {
    var (digest, arrivals) = (Digest(), Digest())
    for run in result.runs {
      digest.add(run.identity.digest)
      if run.strategy == 0 { arrivals.add(run.identity.arrivalDigest) }
    }
    for strategy in result.strategies.indices {
      result.strategies[strategy].restless = result.runs.count {
        $0.strategy == strategy && $0.unrest != nil
      }
    }
    result.identity.digest = digest.value
    result.identity.arrivalDigest = arrivals.value
    result.identity.eventCount = result.runs.reduce(0) { $0 + $1.identity.eventCount }
  }

  /// Says of which strategies nothing is claimed.
  private func noteUnrest(_ result: inout ComparisonResult) {
    for (index, strategy) in result.strategies.enumerated() where strategy.restless > 0 {
      let runs = result.runs.count { $0.strategy == index }
      let claim =
        index == result.baseline
        ? "it is the baseline, and so nothing is claimed of any strategy"
        : "no difference, verdict or place in the Pareto set is claimed of it"
      result.notes.append(
        "\(strategy.name): \(strategy.restless) of \(runs) runs did not come to rest; \(claim)")
    }
  }

  /// Says so where the number of replications rules a claim out.
  private func noteLimits(_ result: inout ComparisonResult) {
    let tests = result.metrics.reduce(0) { $0 + $1.rows.count { $0.difference?.isTested == true } }
    guard tests > 0, result.pairing == .paired else { return }
    let needed = Self.replicationsNeeded(tests: tests, confidence: result.confidence)
    guard result.replications < needed else { return }
    result.notes.append(
      "\(result.replications) replications are too few to claim any difference in \(tests) "
        + "\(tests == 1 ? "test" : "tests"), however large: it takes \(needed)"
        + (tests == 1 ? "" : ", or fewer metrics"))
  }

  /// The fewest replications of which the clearest possible outcome passes Holm's first step among
  /// `tests` tests.
  static func replicationsNeeded(tests: Int, confidence: Double) -> Int {
    let level = 1 - confidence
    return (1...1_000).first {
      SignedRankTest.smallestPValue(count: $0) * Double(tests) <= level
    } ?? 1_000
  }
}
