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
  /// The widest line; a table that needs more is set in parts below each other.
  static let limit = 100

  /// A line with the title and the headers, then the rows, two places in, and what is said of it;
  /// `trailing` adds a text behind each row. With `splits`, what is too wide goes on below, its
  /// first column repeated.
  static func render(
    _ table: ReportTable, _ style: TerminalStyle, trailing: [String] = [], showsNote: Bool = false,
    splits: Bool = false
  ) -> String {
    var blocks = (splits ? parts(table) : [table]).map { part($0, style, trailing) }
    if showsNote && !table.note.isEmpty {
      blocks.append(
        style.muted(
          wrapped(
            table.note.split(separator: " ").map(String.init), separator: " ", indent: 2,
            width: limit)))
    }
    for words in [table.caption, table.more] where !words.isEmpty {
      blocks.append(style.muted("  " + words))
    }
    return blocks.joined(separator: "\n")
  }

  /// The columns of the parts; each begins with the first column.
  private static func parts(_ table: ReportTable) -> [ReportTable] {
    let widths = table.columns.indices.map { column in
      table.rows.map { width($0[column].text) }.reduce(width(table.columns[column].header), max)
    }
    let first = max(width(table.title), (widths.first ?? 0) + 2)
    var parts: [[Int]] = [[0]]
    var total = first
    for column in widths.indices.dropFirst() {
      if total + 2 + widths[column] > limit && parts[parts.count - 1].count > 1 {
        parts.append([0])
        total = first
      }
      parts[parts.count - 1].append(column)
      total += 2 + widths[column]
    }
    guard parts.count > 1 else { return [table] }
    return parts.map { columns in
      ReportTable(
        table.id, table.title, columns: columns.map { table.columns[$0] },
        rows: table.rows.map { row in columns.map { row[$0] } })
    }
  }

  private static func part(
    _ table: ReportTable, _ style: TerminalStyle, _ trailing: [String]
  ) -> String {
    let widths = table.columns.indices.map { column in
      let header = column == 0 ? width(table.title) - 2 : width(table.columns[column].header)
      return table.rows.map { width($0[column].text) }.reduce(header, max)
    }
    let headers = table.columns.indices.map { column in
      column == 0
        ? pad(style.strong(table.title), table.title, widths[0] + 2, false)
        : pad(
          table.columns[column].header, table.columns[column].header, widths[column],
          table.columns[column].isFigure)
    }
    var lines = [trimmed(headers.joined(separator: "  "))]
    for (index, row) in table.rows.enumerated() {
      let cells = row.indices.map { column in
        pad(
          style.apply(row[column].mark, row[column].text), row[column].text, widths[column],
          table.columns[column].isFigure)
      }
      let tail = trailing.isEmpty ? "" : "  " + trailing[index]
      lines.append(trimmed("  " + cells.joined(separator: "  ") + tail))
    }
    return lines.joined(separator: "\n")
  }

  /// A horizontal bar of up to `width` cells, to an eighth of a cell.
  static func bar(_ value: Int, of largest: Int, width: Int) -> String {
    guard largest > 0, value > 0 else { return "" }
    let eighths = Int((Int128(value) * Int128(width) * 8 + Int128(largest) / 2) / Int128(largest))
    let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: max(0, eighths) / 8) + partial[max(eighths, 1) % 8]
  }

  /// `parts` joined over as many lines as `width` columns need, under a label.
  static func wrapped(
    _ parts: [String], separator: String, label: String, width limit: Int
  ) -> String {
    wrapped(parts, separator: separator, indent: 11, label: label, width: limit)
  }

  /// The same with a margin of `indent` places, in which the label of the first line stands.
  private static func wrapped(
    _ parts: [String], separator: String, indent: Int, label: String = "", width limit: Int
  ) -> String {
    let margin = String(repeating: " ", count: indent)
    var lines = [label + String(repeating: " ", count: max(1, indent - width(label)))]
    for (index, part) in parts.enumerated() {
      let piece = index == 0 ? part : separator + part
      if width(lines[lines.count - 1]) + width(piece) > limit && index > 0 {
        lines.append(margin + part)
      } else {
        lines[lines.count - 1] += piece
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func pad(
    _ styled: String, _ text: String, _ width: Int, _ isFigure: Bool
  ) -> String {
    let space = String(repeating: " ", count: max(0, width - self.width(text)))
    return isFigure ? space + styled : styled + space
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }

  /// Columns `text` takes, counting wide East Asian characters twice.
  package static func width(_ text: String) -> Int {
    text.reduce(0) { sum, character in
      let value = character.unicodeScalars.first?.value ?? 0
      let isWide =
        (0x1100...0x115F).contains(value) || (0x2E80...0xA4CF).contains(value)
        || (0xAC00...0xD7A3).contains(value) || (0xF900...0xFAFF).contains(value)
        || (0xFE30...0xFE6F).contains(value) || (0xFF00...0xFF60).contains(value)
        || (0xFFE0...0xFFE6).contains(value) || (0x1F300...0x1FAFF).contains(value)
      return sum + (isWide ? 2 : 1)
    }
  }
}
