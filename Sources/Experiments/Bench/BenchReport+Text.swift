import Reporting

extension BenchReport {
  /// The report for a person at a terminal. Symbols always stand with words.
  public func table() -> String {
    var blocks: [String] = []
    for bench in scenarios {
      var lines = [
        TextTable.wrapped(
          bench.headline.split(separator: " ").map(String.init), separator: " ", indent: 2,
          label: "\(bench.word)  \(bench.scenario)  ")
      ]
      lines += bench.notes.map { TextTable.paragraph("note: \($0)", indent: 2, hanging: 2) }
      let shown = bench.differences.prefix(Self.shownDifferences)
      if !shown.isEmpty {
        lines.append(
          TextTable.render(
            headers: FigureDifference.headers, figures: Set(1...4), rows: shown.map(\.cells)))
      }
      let more = bench.differences.count - shown.count
      if more > 0 { lines.append("  and \(more) more; --format json lists all") }
      blocks.append(lines.joined(separator: "\n"))
    }
    if let speed { blocks.append(Self.table(speed)) }
    blocks.append(verdictLine)
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private static func table(_ speed: SpeedBench) -> String {
    // The unit stands with the name: one more column would make two tables of it.
    let rows = speed.rows.map { row in
      var cells = row.cells(speed.isRecorded)
      cells[0] += ", " + cells.remove(at: SpeedBench.Row.unitColumn)
      return cells
    }
    var headers = SpeedBench.Row.headers
    headers.remove(at: SpeedBench.Row.unitColumn)
    return
      ([TextTable.render(headers: headers, figures: Set(1...5), rows: rows)]
      + speed.notes.map { TextTable.paragraph("note: \($0)", indent: 2, hanging: 2) })
      .joined(separator: "\n")
  }

  /// The last line: what it came to.
  var verdictLine: String {
    if isRecording { return "✓ RECORDED  review the difference before you commit it" }
    let count = scenarios.count + (speed?.rows.count ?? 0)
    let comparisons = count == 1 ? "1 comparison" : "\(count) comparisons"
    if isRegression { return "✗ REGRESSION  \(regressions.count) of \(comparisons) failed" }
    return "✓ PASSED  \(comparisons) held"
  }

  /// The report in Markdown, for a comment on a pull request.
  public func markdown() -> String {
    var blocks = ["## settlesim bench", "**\(verdictLine)**"]
    if !scenarios.isEmpty {
      blocks.append(
        Self.markdownTable(
          ["scenario", "result", "digest", "what"],
          scenarios.map { [$0.scenario, $0.word, $0.digest, $0.headline] }))
    }
    for bench in scenarios where !bench.differences.isEmpty || !bench.notes.isEmpty {
      blocks.append("### " + SummaryMarkdown.escaped(bench.scenario))
      if !bench.notes.isEmpty {
        blocks.append(
          bench.notes.map { "- " + SummaryMarkdown.escaped($0) }.joined(separator: "\n"))
      }
      guard !bench.differences.isEmpty else { continue }
      let shown = bench.differences.prefix(Self.shownDifferences)
      blocks.append(Self.markdownTable(FigureDifference.headers, shown.map(\.cells)))
      let more = bench.differences.count - shown.count
      if more > 0 { blocks.append("and \(more) more") }
    }
    if let speed {
      blocks.append("### Speed of the simulator, \(speed.rounds) rounds")
      blocks.append(
        Self.markdownTable(SpeedBench.Row.headers, speed.rows.map { $0.cells(speed.isRecorded) }))
      if !speed.notes.isEmpty {
        blocks.append(
          speed.notes.map { "- " + SummaryMarkdown.escaped($0) }.joined(separator: "\n"))
      }
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  static func markdownTable(_ headers: [String], _ rows: [[String]]) -> String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map(SummaryMarkdown.escaped).joined(separator: " | ") + " |"
    }
    return ([line(headers), "|" + headers.map { _ in "---|" }.joined()] + rows.map(line))
      .joined(separator: "\n")
  }
}
