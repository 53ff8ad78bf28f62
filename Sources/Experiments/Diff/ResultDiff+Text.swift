import Reporting
import Text

extension ResultDiff {
  /// Figures listed where a person reads, unless all are asked for.
  static let shownDifferences = 20

  /// The difference for a person at a terminal, within 80 columns: what was run, then what came of
  /// it, the most telling first, then what it comes to. Symbols always stand with words.
  public func table(isFull: Bool = false) -> String {
    var lines = inputs.map { Self.fitted("≠ " + $0.sentence) }
    let shown = isFull ? differences[...] : differences.prefix(Self.shownDifferences)
    lines += shown.map { Self.fitted("\($0.judgement.symbol) \($0.sentence)") }
    let more = differences.count - shown.count
    if more > 0 { lines.append("  and \(more) more figures; --full lists all") }
    lines.append(verdictLine)
    return lines.joined(separator: "\n") + "\n"
  }

  /// A line, broken before its values where it is too long.
  private static func fitted(_ line: String) -> String {
    guard TextTable.width(line) > 80 else { return line }
    for mark in [" -> ", " ("] {
      guard let range = line.ranges(of: mark).last else { continue }
      let head = line[..<range.lowerBound]
      let tail = line[line.index(after: range.lowerBound)...]
      if TextTable.width(String(head)) <= 80 { return "\(head)\n    \(tail)" }
    }
    return line
  }

  /// The last line: what it came to, of what.
  public var verdictLine: String {
    let names = "\(visible(before.name)) -> \(visible(after.name))"
    if isSame {
      return "✓ SAME  digest \(after.record.digest), "
        + "\(HumanFormat.count(after.record.eventCount)) events, every figure\(leftOut)"
    }
    let counts = FigureJudgement.allCases.filter { count($0) > 0 }
      .map { "\(HumanFormat.count(count($0))) \($0.rawValue)" }
    let figures =
      counts.isEmpty ? "every figure is the same" : "figures: " + counts.joined(separator: ", ")
    let events =
      isUnexplained ? "; the digest is not, \(before.record.digest) -> \(after.record.digest)" : ""
    return "\(isWorse ? "✗ WORSE" : "✓ NOT WORSE")  \(figures)\(events)\(leftOut)\n  \(names)"
  }

  /// `; 3 within tolerance, 2 ignored`; empty where nothing is left out.
  private var leftOut: String {
    let parts = [(tolerated, "within tolerance"), (ignored, "ignored")].filter { $0.0 > 0 }
      .map { "\(HumanFormat.count($0.0)) \($0.1)" }
    return parts.isEmpty ? "" : "; " + parts.joined(separator: ", ")
  }

  /// The difference in Markdown, for a comment on a pull request.
  public func markdown() -> String {
    var blocks = [
      "## settlesim diff",
      "**" + SummaryMarkdown.escaped(verdictLine.replacing("\n  ", with: ", ")) + "**",
    ]
    if !inputs.isEmpty {
      blocks.append(
        BenchReport.markdownTable(
          ["input", "name", "before", "after"],
          inputs.map {
            [
              $0.kind.rawValue, visible($0.name), InputDifference.shown($0.before),
              InputDifference.shown($0.after),
            ]
          }))
    }
    if !differences.isEmpty {
      let shown = differences.prefix(Self.shownDifferences)
      let headers = ["figure", "before", "after", "difference", "relative", "judged"]
      blocks.append(BenchReport.markdownTable(headers, shown.map(\.cells)))
      let more = differences.count - shown.count
      if more > 0 { blocks.append("and \(more) more") }
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }
}

extension FigureJudgement {
  /// What stands before it for people, beside the word.
  var symbol: String {
    switch self {
    case .worse: "✗"
    case .better: "✓"
    case .changed: "·"
    }
  }
}
