import Text
import Statistics

/// What the comparison says of each strategy, in a sentence for each.
enum ComparisonSentences {
  static func all(_ result: ComparisonResult) -> [String] {
    result.strategies.indices.map { sentence($0, result) }
  }

  private static func sentence(_ index: Int, _ result: ComparisonResult) -> String {
    let conclusion = result.conclusions[index]
    let name = visible(result.strategies[index].name)
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
          let difference = metric.rows[index].difference
        else { return nil }
        return words(dimension, difference)
      }
      text += parts.isEmpty ? " has no metric in common" : " " + parts.joined(separator: ", ")
    }
    let dimensions = TradeOffDimension.allCases.filter { result.metric($0) != nil }
    guard dimensions.count > 1 else { return text + "." }
    if conclusion.dominatedBy.isEmpty { return text + "; it belongs to the Pareto set." }
    let names = conclusion.dominatedBy.map { visible(result.strategies[$0].name) }
    return text + "; it is dominated by " + names.prefix(3).joined(separator: ", ")
      + (names.count > 3 ? " and \(names.count - 3) more." : ".")
  }

  private static func words(
    _ dimension: TradeOffDimension, _ difference: ComparedMetric.Difference
  ) -> String {
    let change =
      difference.relative.map { " (\(ComparisonTables.relative($0)))" } ?? ""
    switch difference.verdict {
    case .better: return "is better in \(dimension.rawValue)\(change)"
    case .worse: return "is worse in \(dimension.rawValue)\(change)"
    case .differs: return "differs in \(dimension.rawValue)\(change)"
    case .same: return "cannot be told from the baseline in \(dimension.rawValue)"
    }
  }
}
