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
    enum Mark: Sendable { case plain, good, bad, strong, muted }
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
  let columns: [Column]
  let rows: [[Cell]]

  /// A table whose column headers are given in one text, separated by `|`; a header that starts
  /// with `#` is that of a figure column.
  init(_ id: String, _ title: String, note: String = "", columns: String, rows: [[Cell]]) {
    self.id = id
    self.title = title
    self.note = note
    self.columns = columns.split(separator: "|").map {
      $0.hasPrefix("#")
        ? Column(header: String($0.dropFirst()), isFigure: true)
        : Column(header: String($0), isFigure: false)
    }
    self.rows = rows
    for row in rows { precondition(row.count == self.columns.count, "a row of \(id) is uneven") }
  }

  var isEmpty: Bool { rows.isEmpty }
}

extension ReportTable.Cell {
  /// A name from the scenario, cleaned of invisible characters.
  static func name(_ text: String, _ mark: Mark = .plain) -> Self { Self(visible(text), mark) }

  static func count(_ value: Int) -> Self { Self(HumanFormat.count(value)) }

  /// A count that ought to be zero.
  static func fault(_ value: Int) -> Self {
    Self(HumanFormat.count(value), value == 0 ? .plain : .bad)
  }

  static func duration(_ value: Int64) -> Self { Self(HumanFormat.duration(value)) }

  static func digits(_ amount: ReportedAmount) -> Self { Self(HumanFormat.digits(of: amount)) }

  static func money(_ amount: ReportedAmount) -> Self { Self(HumanFormat.money(amount)) }

  /// `✓ ok` or `✗ MISSED`, or a dash when there was nothing to judge.
  static func verdict(_ isGood: Bool?, good: String = "ok", bad: String = "MISSED") -> Self {
    switch isGood {
    case true?: Self("✓ " + good, .good)
    case false?: Self("✗ " + bad, .bad)
    case nil: Self("– no samples", .muted)
    }
  }
}
