import Text
import Statistics

/// What the comparison says of each strategy, in a sentence for each.
enum ComparisonSentences {
  static func all(_ result: ComparisonResult) -> [String] {
    result.strategies.indices.map { sentence($0, result) }
  }

  private static func sentence(_ index: Int, _ result: ComparisonResult) -> String {
    let conclusion = result.conclusions[index]
    let name = visible(result.strategies[index].label)
    var text = name
    let unrest = ComparisonTables.unrest(index, result)
    if !unrest.isEmpty { return "\(text) is \(unrest): nothing is claimed of it." }
    if !conclusion.isJudged {
      return "\(text) is compared with nothing, since the baseline is "
        + ComparisonTables.unrest(result.baseline, result) + "."
    }
    if index == result.baseline {
      text += " is the baseline"
    } else {
      let parts = TradeOffDimension.allCases.compactMap { dimension -> String? in
        guard let metric = result.metric(dimension),
          let difference = metric.rows[index].difference, let verdict = difference.verdict
        else { return nil }
        return words(dimension, verdict, difference.estimate(metric.leading), MetricFormat(metric))
      }
      text += parts.isEmpty ? " is not judged" : " " + parts.joined(separator: ", ")
    }
    let dimensions = TradeOffDimension.allCases.filter { result.metric($0) != nil }
    guard dimensions.count > 1 else { return text + "." }
    if conclusion.dominatedBy.isEmpty { return text + "; it belongs to the Pareto set." }
    let names = conclusion.dominatedBy.map { visible(result.strategies[$0].name) }
    return text + "; it is dominated by " + names.prefix(3).joined(separator: ", ")
      + (names.count > 3 ? " and \(names.count - 3) more." : ".")
  }

  private static func words(
    _ dimension: TradeOffDimension, _ verdict: DifferenceVerdict,
    _ estimate: ComparedMetric.Estimate, _ format: MetricFormat
  ) -> String {
    let relative = estimate.relative.map { ", \(ComparisonTables.relative($0))" } ?? ""
    let change = " (\(format.differenceWithUnit(estimate.value))\(relative))"
    switch verdict {
    case .better: return "is better in \(dimension.rawValue)\(change)"
    case .worse: return "is worse in \(dimension.rawValue)\(change)"
    case .differs: return "differs in \(dimension.rawValue)\(change)"
    case .same: return "cannot be told from the baseline in \(dimension.rawValue)"
    }
  }
}
