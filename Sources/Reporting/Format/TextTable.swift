/// Bold and colours by ANSI escape codes, or nothing.
struct TerminalStyle: Sendable {
  let usesColor: Bool

  func strong(_ text: String) -> String { wrap(text, "1") }
  func good(_ text: String) -> String { wrap(text, "32") }
  func bad(_ text: String) -> String { wrap(text, "1;31") }
  func muted(_ text: String) -> String { wrap(text, "2") }

  func apply(_ mark: ReportTable.Cell.Mark, _ text: String) -> String {
    switch mark {
    case .plain: text
    case .good: good(text)
    case .bad: bad(text)
    case .strong: strong(text)
    case .muted: muted(text)
    }
  }

  private func wrap(_ text: String, _ code: String) -> String {
    usesColor && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

/// Tables in a fixed-width font.
package enum TextTable {
  /// The widest line.
  package static let limit = 80
  /// Places before a row.
  static let margin = 2
  /// Places between columns.
  static let gap = 2

  /// Headers over rows of texts; columns whose place is in `figures` are set flush right.
  package static func render(
    headers: [String], figures: Set<Int>, rows: [[String]]
  ) -> String {
    let columns = headers.indices.map {
      ReportTable.Column(header: headers[$0], isFigure: figures.contains($0))
    }
    let cells = rows.map { $0.map { ReportTable.Cell($0) } }
    return render(
      ReportTable("table", headers[0], columns: columns, rows: cells),
      TerminalStyle(usesColor: false))
  }

  /// A line with the title and the headers, then the rows, two places in, and what is said of it;
  /// `trailing` adds a text behind each row. No line is wider than `limit`: `TableLayout`.
  static func render(
    _ table: ReportTable, _ style: TerminalStyle, trailing: [String] = [], showsNote: Bool = false
  ) -> String {
    let layout = TableLayout(table, limit: limit)
    let title = style.strong(table.title)
    var blocks = layout.isTitleApart ? [title] : []
    for part in layout.parts {
      blocks.append(
        lines(of: part, table, style, title: layout.isTitleApart ? nil : title, trailing)
          .joined(separator: "\n"))
    }
    if showsNote && !table.note.isEmpty { blocks.append(muted(table.note, style)) }
    for words in [table.caption, table.more] where !words.isEmpty {
      blocks.append(muted(words, style))
    }
    return blocks.joined(separator: "\n")
  }

  private static func muted(_ text: String, _ style: TerminalStyle) -> String {
    paragraph(text, indent: margin).split(separator: "\n").map { style.muted(String($0)) }
      .joined(separator: "\n")
  }

  private static func lines(
    of part: TableLayout.Part, _ table: ReportTable, _ style: TerminalStyle, title: String?,
    _ trailing: [String]
  ) -> [String] {
    let columns = Array(zip(part.columns, part.widths)).dropFirst()
    let headers = columns.map { broken(table.columns[$0.0].header, width: $0.1) }
    let height = max(headers.map(\.count).max() ?? 1, 1)
    var lines = (0..<height).map { line in
      let isLast = line == height - 1
      let first = isLast ? title ?? "" : ""
      let rest = zip(columns, headers).map { column, words in
        let place = line - (height - words.count)
        return pad(place < 0 ? "" : words[place], column.1, table.columns[column.0].isFigure)
      }
      let space = part.widths[0] + margin - width(isLast && title != nil ? table.title : "")
      return trimmed(
        ([first + String(repeating: " ", count: max(0, space))] + rest)
          .joined(separator: String(repeating: " ", count: gap)))
    }
    if title == nil, lines == [""] { lines = [] }
    for (index, row) in table.rows.enumerated() {
      lines += self.lines(of: row, part, table, style, trailing.isEmpty ? "" : trailing[index])
    }
    return lines
  }

  /// The lines of one row: its name, on lines of its own where it is too long, and its figures.
  private static func lines(
    of row: [ReportTable.Cell], _ part: TableLayout.Part, _ table: ReportTable,
    _ style: TerminalStyle, _ trailing: String
  ) -> [String] {
    let space = String(repeating: " ", count: margin)
    let name = row[0]
    let hangs = width(name.text) > part.widths[0]
    var lines: [String] = []
    if hangs {
      lines = broken(name.text, width: limit - margin).map { space + style.apply(name.mark, $0) }
      if row.dropFirst().allSatisfy(\.text.isEmpty) { return lines }
    }
    let cells = zip(part.columns, part.widths).map { column, width in
      column == 0 && hangs ? [""] : broken(row[column].text, width: width)
    }
    for line in 0..<(cells.map(\.count).max() ?? 1) {
      let texts = part.columns.indices.map { place in
        let column = part.columns[place]
        let text = line < cells[place].count ? cells[place][line] : ""
        return pad(
          text, part.widths[place], table.columns[column].isFigure,
          styled: style.apply(row[column].mark, text))
      }
      let tail = trailing.isEmpty || line > 0 ? "" : "  " + trailing
      lines.append(
        trimmed(space + texts.joined(separator: String(repeating: " ", count: gap)) + tail))
    }
    return lines
  }

  /// A horizontal bar of up to `width` cells, to an eighth of a cell.
  static func bar(_ value: Int, of largest: Int, width: Int) -> String {
    guard largest > 0, value > 0 else { return "" }
    let eighths = Int((Int128(value) * Int128(width) * 8 + Int128(largest) / 2) / Int128(largest))
    let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: max(0, eighths) / 8) + partial[max(eighths, 1) % 8]
  }

  private static func pad(
    _ text: String, _ width: Int, _ isFigure: Bool, styled: String? = nil
  ) -> String {
    let space = String(repeating: " ", count: max(0, width - self.width(text)))
    return isFigure ? space + (styled ?? text) : (styled ?? text) + space
  }

  static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}
