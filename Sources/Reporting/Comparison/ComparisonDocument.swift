import Text
import Statistics

/// `comparison.json`: the whole comparison as canonical JSON, without clock, host or path.
///
/// Values are in the units of the metrics: latencies in ns, ratios in 0...1, money in major units.
/// Differences that are all exactly zero have not been tested, and those of descriptive metrics are
/// not judged: their p-value, or the adjusted one and the verdict, is null.
enum ComparisonDocument {
  /// The document of `result`.
  static func json(_ result: ComparisonResult) -> CanonicalJSON {
    [
      "schema_version": .int(ComparisonManifest.schemaVersion),
      "identity": SummaryDocument.identity(result.identity),
      "pairing": .string(result.pairing.rawValue),
      "replications": .int(result.replications),
      "confidence": .decimal(result.confidence),
      "effect_floor": .decimal(result.effectFloor),
      "resamples": .int(result.resamples),
      "strategies": .array(result.strategies.map(strategy)),
      "baseline": .string(result.strategies[result.baseline].name),
      "currency": .string(result.currency),
      "distinctions": .array(result.distinctions.map(CanonicalJSON.string)),
      "until_width": result.precision.map(precision) ?? .null,
      "metrics": .array(result.metrics.map { metric($0, result) }),
      "conclusions": .array(result.strategies.indices.map { conclusion($0, result) }),
      "runs": .array(result.runs.map { observation($0, result) }),
      "notes": .array(result.notes.map(CanonicalJSON.string)),
    ]
  }

  static func strategy(_ strategy: ComparedStrategy) -> CanonicalJSON {
    [
      "name": .string(strategy.name),
      "settings": SummaryDocument.overrides(strategy.settings),
      "as_in_scenario": SummaryDocument.overrides(strategy.inherited),
      "not_at_rest": .int(strategy.restless),
    ]
  }

  static func run(_ run: ComparedRun, _ result: ComparisonResult) -> CanonicalJSON {
    var members: [String: CanonicalJSON] = [
      "strategy": .string(result.strategies[run.strategy].name),
      "replication": .int(run.replication), "seed": .int(run.identity.seed),
      "digest": .string(run.identity.digestHex),
      "arrival_digest": .string(run.identity.arrivalDigestHex),
      "event_count": .int(run.identity.eventCount),
      "at_rest": .boolean(run.unrest == nil),
    ]
    if run.isDead { members["died"] = .boolean(true) }
    return .object(members)
  }

  /// A run with the metrics that were compared; comparison.csv has all of them.
  private static func observation(
    _ run: ComparedRun, _ result: ComparisonResult
  ) -> CanonicalJSON {
    guard case .object(var members) = self.run(run, result) else { return .null }
    var values: [String: CanonicalJSON] = [:]
    for metric in result.metrics {
      if let value = run.metrics[metric.name] { values[metric.name] = .decimal(value) }
    }
    members["metrics"] = .object(values)
    return .object(members)
  }

  private static func metric(
    _ metric: ComparedMetric, _ result: ComparisonResult
  ) -> CanonicalJSON {
    let rows = zip(result.strategies, metric.rows).map { strategy, row -> CanonicalJSON in
      [
        "strategy": .string(strategy.name), "count": .int(row.count),
        "mean": number(row.mean), "median": number(row.median),
        "quartiles": interval(row.quartiles),
        "difference": row.difference.map(difference) ?? .null,
      ]
    }
    return [
      "name": .string(metric.name), "unit": .string(metric.unitName),
      "better": .string(metric.preference.rawValue),
      "dimension": metric.dimension.map { .string($0.rawValue) } ?? .null,
      "role": .string(metric.role),
      "judged_by": .string(metric.leading.rawValue),
      "strategies": .array(rows),
    ]
  }

  private static func difference(_ difference: ComparedMetric.Difference) -> CanonicalJSON {
    [
      "count": .int(difference.count), "mean": estimate(difference.mean),
      "median": estimate(difference.median), "skewness": number(difference.skewness),
      "interval_may_be_narrow": .boolean(difference.isSkewed),
      "mean_p_value": number(difference.meanPValue), "rank_p_value": number(difference.rankPValue),
      "p_value": number(difference.pValue), "adjusted_p_value": number(difference.adjustedPValue),
      "verdict": difference.verdict.map { .string($0.rawValue) } ?? .null,
    ]
  }

  private static func estimate(_ estimate: ComparedMetric.Estimate) -> CanonicalJSON {
    [
      "value": .decimal(estimate.value), "relative": number(estimate.relative),
      "interval": interval(estimate.interval),
    ]
  }

  private static func precision(_ precision: ComparisonPrecision) -> CanonicalJSON {
    [
      "target": .decimal(precision.target), "max_replications": .int(precision.limit),
      "first_replications": .int(precision.start),
      "metric": precision.metric.map(CanonicalJSON.string) ?? .null,
      "width": number(precision.width.flatMap { $0.isFinite ? $0 : nil }),
      "reached": .boolean(precision.isReached),
    ]
  }

  private static func conclusion(_ index: Int, _ result: ComparisonResult) -> CanonicalJSON {
    let conclusion = result.conclusions[index]
    var verdicts: [String: CanonicalJSON] = [:]
    for dimension in TradeOffDimension.allCases {
      verdicts[dimension.rawValue] =
        conclusion.verdicts[dimension].map { .string($0.rawValue) } ?? .null
    }
    return [
      "strategy": .string(result.strategies[index].name), "verdicts": .object(verdicts),
      "verdict": .string(conclusion.word.rawValue),
      "pareto": .boolean(conclusion.isPareto),
      "dominated_by": .array(
        conclusion.dominatedBy.map { .string(result.strategies[$0].name) }),
    ]
  }

  private static func number(_ value: Double?) -> CanonicalJSON {
    value.map(CanonicalJSON.decimal) ?? .null
  }

  private static func interval(_ interval: Interval?) -> CanonicalJSON {
    interval.map { ["lower": .decimal($0.lower), "upper": .decimal($0.upper)] } ?? .null
  }
}
