import Chance
import Reporting
import Statistics
import Chance

/// Turns the runs of a comparison into differences, verdicts and the Pareto set.
///
/// For each metric and each strategy but the baseline:
/// 1. the replications that have the metric on both sides are paired by seed;
/// 2. mean and median of the differences, each with an interval. Of money the mean stands first,
///    since budgets are sums, and is tested by the interval itself; of all else the median, tested
///    by Wilcoxon's signed ranks (unpaired: Mann and Whitney's).
///
/// Three metrics are confirmatory: those of cost, delay and liquidity.
/// 3. Holm's adjustment goes over their tests alone. Differences that are all exactly zero have
///    nothing to test, and do not count;
/// 4. the verdict: beyond chance at the level of the whole comparison, and beyond the effect floor.
///
/// All other metrics are descriptive: of some dozen, a few differ by chance, and no word is said.
/// Of a strategy of which a run did not come to rest there are figures, but no difference, verdict
/// or place in the Pareto set; where it is the baseline, of none.
public struct ComparisonAnalysis {
  private let asked: [String]?
  private let resamples: Int

  /// - Parameters:
  ///   - asked: the metrics to compare; nil for the standard ones that the runs have.
  ///   - resamples: behind the interval of a difference of unpaired medians.
  public init(asked: [String]?, resamples: Int = Bootstrap.standardResamples) {
    self.asked = asked
    self.resamples = resamples
  }

  /// Fills everything that follows from the runs of `result`.
  public func fill(_ result: inout ComparisonResult) {
    result.resamples = result.pairing == .unpaired ? resamples : 0
    sumUp(&result)
    let names = asked ?? MetricTraits.standardNames
    for name in names {
      let values = Values(name, result)
      let metric = metric(name, values, result)
      if asked == nil, MetricTraits.shownWhereFound.contains(name), values.isZero { continue }
      if values.isEmpty {
        if asked != nil { result.notes.append("no run has samples of \(name)") }
      } else if asked != nil || isComparable(metric, result) {
        result.metrics.append(metric)
      }
    }
    markDimensions(&result)
    judge(&result)
    conclude(&result)
    note(&result)
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
    metric.leading = MetricTraits.isMoney(name) ? .mean : .median
    let analysis = DifferenceAnalysis(
      confidence: result.confidence, resamples: resamples, leading: metric.leading)
    let baseline = values.byStrategy[result.baseline]
    for (strategy, all) in values.byStrategy.enumerated() {
      let present = all.compactMap { $0 }
      let sample = present.isEmpty ? nil : Sample(present)
      var row = ComparedMetric.Row(
        count: present.count, mean: sample?.mean, median: sample?.median,
        quartiles: sample.map { .init(lower: $0.quantile(0.25), upper: $0.quantile(0.75)) })
      if strategy != result.baseline, result.isJudged(strategy) {
        switch result.pairing {
        case .paired: row.difference = analysis.paired(all, baseline)
        case .unpaired:
          // Each interval has a stream of its own.
          let random = RandomStream(
            seed: result.identity.seed, component: "compare.\(result.strategies[strategy].name)",
            purpose: name)
          row.difference = analysis.unpaired(present, baseline.compactMap { $0 }, random)
        }
      }
      metric.rows.append(row)
    }
    return metric
  }

  private func markDimensions(_ result: inout ComparisonResult) {
    for (dimension, names) in MetricTraits.dimensions {
      let metrics = result.metrics
      let position = names.compactMap { name in
        metrics.firstIndex { metric in
          metric.name == name
            && metric.rows.enumerated().allSatisfy { index, row in
              row.median != nil || result.restless(index) > 0
            } && metric.rows.contains { $0.mean ?? 0 != 0 }
        }
      }.first
      if let position { result.metrics[position].dimension = dimension }
    }
  }

  /// Adjusts the p-values of the dimensions together and gives the words.
  private func judge(_ result: inout ComparisonResult) {
    var places: [(metric: Int, row: Int)] = []
    for (m, metric) in result.metrics.enumerated() where metric.dimension != nil {
      for (r, row) in metric.rows.enumerated() {
        guard let difference = row.difference, difference.count > 1 else { continue }
        result.metrics[m].rows[r].difference!.verdict = .same
        if difference.pValue != nil { places.append((m, r)) }
      }
    }
    let adjusted = Holm.adjusted(
      places.map { result.metrics[$0.metric].rows[$0.row].difference!.pValue! })
    for (place, pValue) in zip(places, adjusted) {
      let metric = result.metrics[place.metric]
      var difference = metric.rows[place.row].difference!
      let estimate = difference.estimate(metric.leading)
      difference.adjustedPValue = pValue
      difference.verdict = DifferenceVerdict(
        difference: estimate.value, relative: estimate.relative, pValue: pValue,
        level: 1 - result.confidence, effectFloor: result.effectFloor,
        preference: metric.preference)
      result.metrics[place.metric].rows[place.row].difference = difference
    }
  }

  private func conclude(_ result: inout ComparisonResult) {
    let dimensions = result.dimensionMetrics
    let judged = result.strategies.indices.filter(result.isJudged)
    let points = judged.map { strategy in
      dimensions.map { metric in
        let value = metric.rows[strategy].value(metric.leading)!
        return metric.preference == .higher ? -value : value
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
        if let verdict = metric.rows[strategy].difference?.verdict {
          verdicts[metric.dimension!] = verdict
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
}
