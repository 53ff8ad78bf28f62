import Text

extension HTMLReport {
  /// A section with a chart, if there is one, and its table; nil for an empty table.
  ///
  /// - Parameters:
  ///   - rows: the most rows that are shown.
  ///   - isFolded: whether the chart shows every figure, so that the table is folded up.
  static func section(
    _ table: ReportTable, _ chart: String = "", rows: Int = maximumRows, isFolded: Bool = false
  ) -> PageSection? {
    guard !table.isEmpty else { return nil }
    let note = table.note.isEmpty ? "" : "<p class=\"note\">\(proseHTML(table.note))</p>\n"
    let figures = html(table, rows: rows)
    return PageSection(
      id: table.id, title: table.title,
      content: note + chart + (isFolded ? PageSection.folded("Table", figures) : figures))
  }

  /// The room that is left on a page.
  struct Room {
    private(set) var bytes: Int

    init(bytes: Int) { self.bytes = bytes }

    /// The rows that a table may have: its even part of what is left, five at least.
    ///
    /// - Parameter count: tables that are still to come, this one included.
    func rows(_ table: ReportTable, before count: Int) -> Int {
      guard let row = table.rows.first else { return 0 }
      let size = row.reduce(12) { $0 + escapedHTML($1.text).utf8.count + 28 }
      let share = max(bytes / max(1, count), bytes / 3)
      return min(maximumRows, max(5, share / size))
    }

    /// Takes note of a section.
    mutating func take(_ section: String) { bytes = max(0, bytes - section.utf8.count) }
  }

  /// Sections side by side where the page is wide enough.
  static func pair(_ sections: [PageSection]) -> String { grid(sections.map(\.html)) }

  /// Parts side by side where the page is wide enough; one alone has the whole width.
  static func grid(_ parts: [String]) -> String {
    guard parts.count > 1 else { return parts.joined() }
    return "<div class=\"pair\">\n\(parts.joined())</div>\n"
  }

  static func html(_ table: ReportTable, rows maximum: Int = maximumRows) -> String {
    func kind(_ column: Int, _ mark: ReportTable.Cell.Mark) -> String {
      let classes =
        (table.columns[column].isFigure ? ["figure"] : []) + (mark == .plain ? [] : ["\(mark)"])
      return classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
    }
    var text = "<div class=\"scroll\"><table>\n<thead><tr>"
    for (index, column) in table.columns.enumerated() {
      text += "<th scope=\"col\"\(kind(index, .plain))>\(escapedHTML(column.header))</th>"
    }
    text += "</tr></thead>\n<tbody>\n"
    for row in table.rows.prefix(maximum) {
      text += "<tr>"
      for (index, cell) in row.enumerated() {
        text += "<td\(kind(index, cell.mark))>\(escapedHTML(cell.text))</td>"
      }
      text += "</tr>\n"
    }
    text += "</tbody></table></div>\n"
    let hidden = table.rows.count - maximum
    let left = hidden > 0 ? "and \(grouped(hidden)) more rows" : ""
    for words in [table.caption, table.more, left] where !words.isEmpty {
      text += "<p class=\"note\">\(proseHTML(words))</p>\n"
    }
    return text
  }
}
