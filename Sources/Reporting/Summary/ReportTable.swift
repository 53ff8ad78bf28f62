import Declared
import Text

/// A table of texts, ready for any renderer: screen, Markdown, HTML.
struct ReportTable: Sendable {
  /// One column: its header and whether its cells are figures, set flush right.
  struct Column: Sendable {
    let header: String
    let isFigure: Bool
  }

  /// One cell: its text and whether it is good or bad news.
  struct Cell: Sendable, ExpressibleByStringInterpolation {
    typealias Mark = TableCell.Mark
    let text: String
    let mark: Mark

    init(_ text: String, _ mark: Mark = .plain) {
      self.text = text
      self.mark = mark
    }

    init(stringLiteral value: String) { self.init(value) }
  }

  /// Identifier for anchors, from fixed words only.
  let id: String
  let title: String
  /// A sentence on how to read the table; may be empty.
  let note: String
  /// A few words under the table on a screen; may be empty.
  let caption: String
  /// How many rows stand elsewhere, and where; empty where all stand here.
  let more: String
  let columns: [Column]
  let rows: [[Cell]]

  /// A table with columns made already.
  init(
    _ id: String, _ title: String, note: String = "", caption: String = "", more: String = "",
    columns: [Column], rows: [[Cell]]
  ) {
    self.id = id
    self.title = title
    self.note = note
    self.caption = caption
    self.more = more
    self.columns = columns
    self.rows = rows
    for row in rows { precondition(row.count == self.columns.count, "a row of \(id) is uneven") }
  }

  /// A table whose column headers are given in one text, separated by `|`; a header that starts
  /// with `#` is that of a figure column.
  init(_ id: String, _ title: String, note: String = "", columns: String, rows: [[Cell]]) {
    let columns = columns.split(separator: "|").map {
      $0.hasPrefix("#")
        ? Column(header: String($0.dropFirst()), isFigure: true)
        : Column(header: String($0), isFigure: false)
    }
    self.init(id, title, note: note, columns: columns, rows: rows)
  }

  var isEmpty: Bool { rows.isEmpty }
}

extension ReportTable.Cell {
  /// A name from the scenario, cleaned of invisible characters.
  static func name(_ text: String, _ mark: Mark = .plain) -> Self { Self(visible(text), mark) }

  static func count(_ value: Int) -> Self { Self(HumanFormat.count(value)) }
}
