import Text
import Statistics

/// The tables of a comparison, for every renderer.
enum ComparisonTables {
  /// One metric: two rows for each strategy, of the figure that stands first and of the other one.
  /// A short title marks the good side by an arrow; a short table has whole units and no p-values,
  /// and that of a descriptive metric the first of the two rows alone.
  static func metric(
    at position: Int, _ result: ComparisonResult, isShort: Bool = false
  ) -> ReportTable {
    let metric = result.metrics[position]
    let interval = HumanFormat.plain((result.confidence * 10_000).rounded() / 100)
    let isJudged = metric.dimension != nil
    let rows = zip(result.strategies.indices, metric.rows).flatMap { index, row in
      let first = [name(index, result, isShort)] + cells(metric, row, metric.leading, isShort)
      let judgement = isJudged ? judgement(index, row, result, isShort) : []
      let other =
        [ReportTable.Cell("  \(metric.other.rawValue)", .muted)]
        + cells(metric, row, metric.other, isShort)
        + judgement.map { _ in ReportTable.Cell("", .muted) }
      return isShort && !isJudged ? [first] : [first + judgement, other]
    }
    let kind = metric.dimension.map { ", \($0.rawValue)" } ?? ", descriptive"
    return ReportTable(
      "metric-\(position)",
      "\(visible(metric.label))\(direction(metric.preference, isShort: isShort))"
        + (isShort && isJudged ? "" : kind),
      columns: "strategy|#\(metric.leading.rawValue)|#difference|#relative|#\(interval) % interval"
        + (isJudged ? (isShort ? "" : "|#p adj.") + "|verdict" : ""),
      rows: rows)
  }

  /// A figure, its difference from the baseline, that as a part of it, and the interval.
  private static func cells(
    _ metric: ComparedMetric, _ row: ComparedMetric.Row, _ figure: ComparedMetric.Leading,
    _ isShort: Bool
  ) -> [ReportTable.Cell] {
    let format = MetricFormat(metric, isBrief: isShort)
    let value = value(row.value(figure), format)
    guard let estimate = row.difference?.estimate(figure) else {
      return [value] + Array(repeating: ReportTable.Cell("", .muted), count: 3)
    }
    let interval = estimate.interval.map { interval in
      ReportTable.Cell(
        "\(format.difference(interval.lower)) to \(format.difference(interval.upper))")
    }
    return [
      value,
      ReportTable.Cell(
        isShort ? format.difference(estimate.value) : format.differenceWithUnit(estimate.value)),
      ReportTable.Cell(relative(estimate.relative)),
      interval ?? ReportTable.Cell("too few", .muted),
    ]
  }

  /// The adjusted p-value and the word.
  private static func judgement(
    _ index: Int, _ row: ComparedMetric.Row, _ result: ComparisonResult, _ isShort: Bool
  ) -> [ReportTable.Cell] {
    var probability = ReportTable.Cell("", .muted)
    var word = noDifference(index, result)
    if let difference = row.difference {
      probability =
        difference.adjustedPValue.map { ReportTable.Cell(self.probability($0)) }
        ?? ReportTable.Cell("–", .muted)
      word = difference.verdict.map(verdict) ?? ReportTable.Cell("too few", .muted)
    }
    return isShort ? [word] : [probability, word]
  }

  /// All strategies with their words.
  static func conclusions(_ result: ComparisonResult, isShort: Bool = false) -> ReportTable {
    let dimensions = TradeOffDimension.allCases.filter { result.metric($0) != nil }
    let rows = zip(result.strategies.indices, result.conclusions).map { index, conclusion in
      [name(index, result, isShort)]
        + dimensions.map { dimension in
          conclusion.verdicts[dimension].map(verdict) ?? ReportTable.Cell("", .muted)
        }
        + [word(index, result), tradeOff(conclusion, result)]
    }
    let headers = dimensions.map { "\($0.rawValue)|" }.joined()
    return ReportTable(
      "verdicts", "Verdict against \(visible(result.strategies[result.baseline].name))",
      columns: "strategy|\(headers)verdict|trade-off", rows: rows)
  }

  /// The figures of the dimensions.
  static func tradeOffs(_ result: ComparisonResult) -> ReportTable {
    let metrics = result.dimensionMetrics
    // A bar would end the header.
    let headers = metrics.map { metric in
      "#\(metric.dimension!.rawValue): \(metric.leading.rawValue) of "
        + "\(visible(metric.label).filter { $0 != "|" })|"
    }.joined()
    return ReportTable(
      "trade-offs", "Trade-offs", note: tradeOffNote(metrics),
      columns: "strategy|\(headers)trade-off",
      rows: zip(result.strategies.indices, result.conclusions).map { index, conclusion in
        [name(index, result)]
          + metrics.map { value($0.rows[index].value($0.leading), MetricFormat($0)) }
          + [tradeOff(conclusion, result)]
      })
  }

  /// One row for each replication.
  static func replications(_ result: ComparisonResult) -> ReportTable {
    let firsts = result.runs.filter { $0.strategy == 0 }
    return ReportTable(
      "replications", "Replications",
      note: "Every strategy of a replication met the same arrivals: the digests of all are equal.",
      columns: "#replication|#seed|arrivals",
      rows: firsts.map { run in
        [
          .count(run.replication), ReportTable.Cell(String(run.identity.seed)),
          ReportTable.Cell(run.identity.arrivalDigestHex),
        ]
      })
  }

  private static func tradeOffNote(_ metrics: [ComparedMetric]) -> String {
    guard metrics.count > 1 else { return "" }
    let names = metrics.map { $0.dimension!.rawValue }
    return "A strategy is dominated when another is at least as good in "
      + names.joined(separator: " and ") + ", and better in one; the others form the Pareto set."
  }
}

/// Cells.
extension ComparisonTables {
  /// In short tables of a strategy that has settings of the scenario.
  static let inheritedMark = "*"

  private static func name(
    _ index: Int, _ result: ComparisonResult, _ isShort: Bool = false
  ) -> ReportTable.Cell {
    let strategy = result.strategies[index]
    let mark = strategy.inherited.isEmpty ? "" : " " + inheritedMark
    return .name(
      isShort ? strategy.name + mark : strategy.label,
      index == result.baseline ? .strong : .plain)
  }

  private static func value(_ value: Double?, _ format: MetricFormat) -> ReportTable.Cell {
    value.map { ReportTable.Cell(format.value($0)) } ?? ReportTable.Cell("–", .muted)
  }

  /// A relative difference; there is none to a baseline of zero.
  static func relative(_ value: Double?) -> String {
    guard let value else { return "n/a" }
    if value == 0 { return "0 %" }
    let decimals = value.magnitude < 0.1 ? 2 : 1
    return (value > 0 ? "+" : "") + grouped(value * 100, decimals: decimals) + " %"
  }

  /// A p-value with two figures; below a ten-thousandth only that it is.
  static func probability(_ value: Double) -> String {
    if value < 0.0001 { return "< 0.0001" }
    return grouped(value, decimals: value < 0.001 ? 5 : value < 0.01 ? 4 : value < 0.1 ? 3 : 2)
  }

  static func verdict(_ verdict: DifferenceVerdict) -> ReportTable.Cell {
    switch verdict {
    case .better: ReportTable.Cell("better", .good)
    case .worse: ReportTable.Cell("worse", .bad)
    case .differs: ReportTable.Cell("differs", .strong)
    case .same: ReportTable.Cell("~", .muted)
    }
  }

  /// Why a strategy has no difference from the baseline.
  private static func noDifference(_ index: Int, _ result: ComparisonResult) -> ReportTable.Cell {
    let unrest = unrest(index, result)
    if index == result.baseline {
      return unrest.isEmpty
        ? ReportTable.Cell("baseline", .muted) : ReportTable.Cell("baseline, \(unrest)", .bad)
    }
    if !unrest.isEmpty { return ReportTable.Cell(unrest, .bad) }
    return ReportTable.Cell(result.isJudged(index) ? "no samples" : "–", .muted)
  }

  /// `not at rest in 3 of 20 runs`, `died in 1 of 20 runs` or both; empty where all runs came to
  /// rest.
  static func unrest(_ index: Int, _ result: ComparisonResult) -> String {
    let dead = result.dead(index)
    let count = result.restless(index) - dead
    let runs = result.runs.count { $0.strategy == index }
    let parts = [("not at rest", count), ("died", dead)].filter { $0.1 > 0 }
    guard !parts.isEmpty else { return "" }
    return parts.map { "\($0.0) in \(grouped($0.1))" }.joined(separator: ", ")
      + " of \(grouped(runs)) runs"
  }

  private static func word(_ index: Int, _ result: ComparisonResult) -> ReportTable.Cell {
    switch result.conclusions[index].word {
    case .notAtRest: noDifference(index, result)
    case .unjudged, .undecided: ReportTable.Cell("–", .muted)
    case .baseline: ReportTable.Cell("baseline", .muted)
    case .better: ReportTable.Cell("better", .good)
    case .worse: ReportTable.Cell("worse", .bad)
    case .mixed: ReportTable.Cell("mixed", .strong)
    case .same: ReportTable.Cell("~", .muted)
    }
  }

  static func tradeOff(
    _ conclusion: StrategyConclusion, _ result: ComparisonResult
  ) -> ReportTable.Cell {
    let dimensions = TradeOffDimension.allCases.filter { result.metric($0) != nil }
    guard dimensions.count > 1, conclusion.isJudged else { return ReportTable.Cell("–", .muted) }
    guard let first = conclusion.dominatedBy.first else { return ReportTable.Cell("Pareto set") }
    let more = conclusion.dominatedBy.count - 1
    return ReportTable.Cell(
      "dominated by \(visible(result.strategies[first].name))"
        + (more > 0 ? " and \(more) more" : ""), .muted)
  }

  private static func direction(_ preference: Preference, isShort: Bool) -> String {
    switch preference {
    case .lower: isShort ? " ↓" : ", lower is better"
    case .higher: isShort ? " ↑" : ", higher is better"
    case .unknown: ""
    }
  }
}
