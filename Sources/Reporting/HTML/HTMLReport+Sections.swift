import Text
import Measurement

extension HTMLReport {
  /// A section with a chart, if there is one, and its table; nothing for an empty table.
  ///
  /// - Parameter rows: the most rows that are shown.
  static func section(
    _ table: ReportTable, _ chart: String = "", rows: Int = maximumRows
  ) -> String {
    guard !table.isEmpty else { return "" }
    let note = table.note.isEmpty ? "" : "<p class=\"note\">\(escapedHTML(table.note))</p>\n"
    let figure = chart.isEmpty ? "" : "<figure>\n\(chart)</figure>\n"
    return "<section id=\"\(table.id)\"><h2>\(escapedHTML(table.title))</h2>\n"
      + note + figure + html(table, rows: rows) + "</section>\n"
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
  static func pair(_ sections: [String]) -> String {
    let filled = sections.filter { !$0.isEmpty }
    guard filled.count > 1 else { return filled.joined() }
    return "<div class=\"pair\">\n\(filled.joined())</div>\n"
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
      text += "<p class=\"note\">\(escapedHTML(words))</p>\n"
    }
    return text
  }

  /// The main column of a series in a large chart, others in small ones, and all of them in a
  /// table. Columns in which nothing ever was are left out, but for the main one.
  ///
  /// - Parameter count: small charts at most.
  static func timeSection(
    _ series: TimeSeries?, main name: String, id: String, small count: Int = 3, _ title: String
  ) -> String {
    guard let series, series.slotCount > 0 else { return "" }
    let filled = series.columns.indices.filter { column in
      series.values(column).contains { $0 != 0 }
    }
    let main = series.index(of: name) ?? filled.first ?? 0
    let shown = series.columns.indices.filter { $0 == main || filled.contains($0) }
    let charts = shown.filter { $0 != main }.prefix(count).map { column in
      "<figure>\n\(TimeChart(series, id: id, column: column, isLarge: false).render())</figure>\n"
    }
    let large = TimeChart(series, id: id, column: main, isLarge: true).render()
    return "<section id=\"\(id)\"><h2>\(title)</h2>\n<figure>\n\(large)</figure>\n"
      + (charts.isEmpty ? "" : "<div class=\"pair\">\n\(charts.joined())</div>\n")
      + html(timeTable(series, shown)) + "</section>\n"
  }

  /// The series folded to at most 12 rows.
  private static func timeTable(_ series: TimeSeries, _ columns: [Int]) -> ReportTable {
    let fold = (series.slotCount + 11) / 12
    let header = columns.map { "|#" + visible(series.columns[$0].name).filter { $0 != "|" } }
    var rows: [[ReportTable.Cell]] = []
    for start in stride(from: 0, to: series.slotCount, by: fold) {
      let slots = start..<min(start + fold, series.slotCount)
      let cells = columns.map { column in
        let values = slots.map { series.value(column, slot: $0) }
        return ReportTable.Cell.count(
          series.columns[column].kind == .sum ? values.reduce(0, +) : values.max() ?? 0)
      }
      let time = TimeAxis.label(Int64(start) * series.slotLength)
      rows.append([ReportTable.Cell(time)] + cells)
    }
    return ReportTable(
      "time", "Over virtual time", columns: "from" + header.joined(), rows: rows)
  }
}
