import Reporting
import Statistics

/// What is said beside the figures.
extension ComparisonAnalysis {
  func note(_ result: inout ComparisonResult) {
    noteUnrest(&result)
    noteLimits(&result)
    noteSkewness(&result)
  }

  /// Says of which strategies nothing is claimed.
  private func noteUnrest(_ result: inout ComparisonResult) {
    for (index, strategy) in result.strategies.enumerated() where strategy.restless > 0 {
      let runs = result.runs.count { $0.strategy == index }
      let claim =
        index == result.baseline
        ? "it is the baseline, and so nothing is claimed of any strategy"
        : "no difference, verdict or place in the Pareto set is claimed of it"
      let dead = result.dead(index)
      let words = [
        dead > 0 ? "\(dead) of \(runs) runs died" : nil,
        strategy.restless > dead
          ? "\(strategy.restless - dead) of \(runs) runs did not come to rest" : nil,
      ].compactMap { $0 }
      result.notes.append("\(strategy.name): \(words.joined(separator: ", ")); \(claim)")
    }
  }

  /// Says so where the number of replications rules an interval or a claim out, and what it takes.
  private func noteLimits(_ result: inout ComparisonResult) {
    let differences = result.metrics.flatMap { metric in
      metric.rows.compactMap { row in row.difference.map { (metric, $0) } }
    }
    let judged = differences.filter { $0.0.dimension != nil }
    if !differences.isEmpty, judged.isEmpty {
      result.notes.append(
        "no metric of cost, delay or liquidity was compared: all of this is descriptive, and no "
          + "verdict is given")
    }
    let tests = judged.count { $0.1.pValue != nil }
    let least = differences.map(\.1.count).min() ?? 0
    let most = differences.map(\.1.count).max() ?? 0
    if result.pairing == .unpaired, most > 0 {
      if most == 1 {
        result.notes.append("a single run on one side has no interval and no verdict: it takes two")
      }
    } else if most == 1 {
      let needed = Self.replicationsNeeded(
        tests: max(1, judged.count), confidence: result.confidence)
      result.notes.append(
        "one replication has no interval and no verdict: intervals of means take 2, those of "
          + "medians \(Self.pairsForMedians(result.confidence)), claims \(needed)")
    } else if tests > 0 {
      noteReplications(tests, &result)
    }
    let needed = Self.pairsForMedians(result.confidence)
    if result.pairing == .paired, least > 1, least < needed {
      result.notes.append(
        "medians of fewer than \(needed) pairs have no interval of "
          + "\(HumanFormat.percent(result.confidence))")
    }
  }

  private func noteReplications(_ tests: Int, _ result: inout ComparisonResult) {
    let needed = Self.replicationsNeeded(tests: tests, confidence: result.confidence)
    guard result.pairing == .paired, result.replications < needed else { return }
    result.notes.append(
      "\(result.replications) replications are too few to claim any difference in \(tests) "
        + "\(tests == 1 ? "test" : "tests"), however large: it takes \(needed)"
        + (tests == 1 ? "" : ", or fewer strategies"))
  }

  /// Says whose mean hangs on few replications.
  private func noteSkewness(_ result: inout ComparisonResult) {
    var skewed: [String] = []
    for metric in result.metrics where metric.leading == .mean {
      for (strategy, row) in zip(result.strategies, metric.rows) {
        guard let difference = row.difference, difference.isSkewed else { continue }
        let skewness = HumanFormat.plain(((difference.skewness ?? 0) * 100).rounded() / 100)
        skewed.append("\(metric.name) of \(strategy.name) (\(skewness))")
      }
    }
    guard !skewed.isEmpty else { return }
    let more = skewed.count > 4 ? " and \(skewed.count - 4) more" : ""
    result.notes.append(
      "differences of a skewness beyond \(HumanFormat.plain(MeanEstimate.skewnessLimit)): few "
        + "replications decide their mean, and its interval may be too narrow: "
        + skewed.prefix(4).joined(separator: ", ") + more + "; more replications help")
  }

  /// The fewest replications of which the clearest possible outcome passes Holm's first step among
  /// `tests` tests.
  static func replicationsNeeded(tests: Int, confidence: Double) -> Int {
    let level = 1 - confidence
    return (1...1_000).first {
      SignedRankTest.smallestPValue(count: $0) * Double(tests) <= level
    } ?? 1_000
  }

  /// The fewest pairs whose least and largest value hold the median with `confidence`.
  static func pairsForMedians(_ confidence: Double) -> Int {
    replicationsNeeded(tests: 1, confidence: confidence)
  }
}
