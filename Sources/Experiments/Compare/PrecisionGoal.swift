import Reporting

/// `--until-width`: replications are added until the interval of every entry is narrow enough.
///
/// 1. What is looked at is the first dimension that was compared, cost where there is one: of each
///    entry the interval of the figure that stands first, from end to end, as a part of the size of
///    the baseline's same figure.
/// 2. Where that is zero no width is a part of it: equal differences are narrow enough, and for all
///    others no replication is added, since none would help.
/// 3. After each look a quarter more replications follow, at least five, up to the limit. The seeds
///    decide, and nothing else: the same command stops at the same replication.
///
/// To stop when an interval happens to be narrow costs some of what it covers: simulated from 20
/// replications on, intervals of 95 % cover 0.94 to 0.95 of normal differences, 0.925 or more of
/// log-normal (sigma 0.5) and exponential ones, and 0.88 of log-normal ones with sigma 1.
struct PrecisionGoal {
  /// Widest interval that will do, as a part of the baseline's figure; above zero.
  let target: Double
  /// Most replications.
  let limit: Int
  /// Replications before any were added.
  let start: Int

  /// The number of replications at the next look.
  static func next(after count: Int, limit: Int) -> Int {
    min(limit, count + max(5, count / 4))
  }

  /// Says in `result` how narrow the intervals are.
  func fill(_ result: inout ComparisonResult) {
    var precision = ComparisonPrecision(
      target: target, limit: limit, start: start, metric: nil, width: nil, isReached: false)
    if let metric = result.dimensionMetrics.first {
      precision.metric = metric.name
      precision.width = Self.width(metric, baseline: result.baseline)
      precision.isReached = precision.width.map { $0 <= target } ?? false
    }
    result.precision = precision
    result.notes.append(words(precision, result))
  }

  /// The widest interval as a part of the baseline's figure; infinite where an entry has too few
  /// replications for any, nil where there is nothing to compare a width with.
  static func width(_ metric: ComparedMetric, baseline: Int) -> Double? {
    let base = (metric.rows[baseline].value(metric.leading) ?? 0).magnitude
    var widest: Double?
    for row in metric.rows {
      guard let difference = row.difference else { continue }
      guard let interval = difference.estimate(metric.leading).interval else { return .infinity }
      guard base > 0 || interval.width == 0 else { return nil }
      widest = max(widest ?? 0, interval.width == 0 ? 0 : interval.width / base)
    }
    return widest
  }

  private func words(_ precision: ComparisonPrecision, _ result: ComparisonResult) -> String {
    let asked = "--until-width \(HumanFormat.percent(target))"
    guard let metric = precision.metric else {
      return "\(asked): no metric of cost, delay or liquidity was compared; nothing was added"
    }
    guard let width = precision.width else {
      return "\(asked): there is no width of \(metric) as a part of the baseline, which is zero or "
        + "of which nothing is claimed; nothing was added"
    }
    let size = width.isFinite ? "is \(HumanFormat.percent(width)) of the baseline" : "is not there"
    let found =
      "the widest interval of \(metric) \(size) after \(result.replications) replications"
    guard precision.isReached else {
      return "\(asked): not reached; \(found), the most that were allowed"
    }
    return "\(asked): \(found), begun with \(start); to stop at a narrow interval costs it about "
      + "0.01 of its coverage"
  }
}
