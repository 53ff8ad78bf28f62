import Text

/// The summary in Markdown, for pull requests and wikis.
package enum SummaryMarkdown {
  static func render(_ result: RunResult) -> String {
    let identity = result.identity
    var blocks = ["# " + escaped(identity.scenarioName)]
    if !identity.scenarioDescription.isEmpty {
      blocks.append(escaped(identity.scenarioDescription))
    }
    let complete = result.isComplete ? "" : ", incomplete"
    blocks.append(
      """
      - verdict: **\(result.verdict.words)**\(complete)
      - seed: \(identity.seed)
      - digest: \(identity.digestHex)
      - events: \(grouped(identity.eventCount))
      - virtual time: \(HumanFormat.duration(result.virtualTimeNanoseconds))
      - reproduce: \(escaped(identity.reproducingCommand))
      """)
    let view = TableView(extent: .complete)
    blocks += RunTables.all.compactMap { view.report($0, result).map(render) }
    if !result.notes.isEmpty {
      blocks.append(
        (["## Notes", ""] + result.notes.map { "- " + escaped($0) }).joined(separator: "\n"))
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  static func render(_ table: ReportTable) -> String {
    var lines = ["## " + escaped(table.title), ""]
    if !table.note.isEmpty { lines += [escaped(table.note), ""] }
    lines.append(row(table.columns.map(\.header)))
    lines.append("|" + table.columns.map { $0.isFigure ? "--:|" : "---|" }.joined())
    for cells in table.rows { lines.append(row(cells.map(\.text))) }
    for words in [table.caption, table.more] where !words.isEmpty { lines += ["", escaped(words)] }
    return lines.joined(separator: "\n")
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.map(escaped).joined(separator: " | ") + " |"
  }

  /// `text` on one line with everything Markdown or HTML would interpret made harmless.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\n", "\r", "\r\n": result += " "
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "[", "]", "|", "#", "~": result += "\\" + String(character)
      default: result += visible(String(character))
      }
    }
    return result
  }
}
