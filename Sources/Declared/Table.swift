/// A table over a source, declared once: what it is called, its columns with their meanings, and
/// where its rows come from. Screen, Markdown, page, JSON and CSV render it; what they hide or
/// shorten is decided by them, by what is said here.
public struct Table<Source>: Sendable {
  /// How it is laid out.
  public enum Layout: Sendable, Equatable {
    /// A line for each row.
    case rows
    /// One row at most, a line for each of its columns; an object in JSON.
    case record
    /// Names and counts, which the short form on a screen writes on a line after that label.
    case line(label: String)
    /// Names and values: in JSON one object, its keys the names.
    case dictionary
  }

  /// What becomes of figures that are all zero where people read; files have them.
  public enum Zeros: Sendable {
    /// A row of zeros is left out.
    case hideRows
    /// Rows stay, a table of zeros is left out.
    case hideTable
    /// Zeros are news like other values.
    case show
  }

  /// When the short form on a screen has it; all other forms always have.
  public enum Prominence: Sendable {
    /// Whenever it has rows.
    case always
    /// Only its rows that say that something is wrong.
    case faults
    /// Never.
    case detail
  }

  /// How many rows people and `summary.json` get; the table's own file has all.
  public struct Limit: Sendable, Equatable {
    /// The first so many rows.
    public let rows: Int
    /// Of each value of the column with that key; nil for the whole table.
    public let per: String?

    /// The first `rows`, of each value of the column `per`.
    public init(_ rows: Int, per: String? = nil) {
      self.rows = rows
      self.per = per
    }
  }

  /// The name in files: the key in `summary.json`, and with `.csv` its own file.
  public let id: String
  /// The file of its own.
  public let file: String
  /// The title for people.
  public let title: String
  /// A sentence on how to read it; may be empty.
  public let note: String
  /// A few words for under the table on a screen; may be empty.
  public let caption: String
  /// How it is laid out.
  public let layout: Layout
  /// What becomes of zeros.
  public let zeros: Zeros
  /// When a screen has it in the short form.
  public let prominence: Prominence
  /// How many rows people get; nil for all.
  public let limit: Limit?
  /// The columns, in order.
  public let columns: [ColumnInfo]

  private let makeRows: @Sendable (Source) -> AnySequence<[TableCell]>

  /// A table; `rows` gives what its rows are made from, in the order in which they stand.
  public init<Row>(
    _ id: String, _ title: String, note: String = "", caption: String = "",
    file: String? = nil, layout: Layout = .rows, zeros: Zeros = .hideTable,
    prominence: Prominence = .always, limit: Limit? = nil,
    rows: @escaping @Sendable (Source) -> [Row], columns: [TableColumn<Row>]
  ) {
    let cells = columns.map(\.cell)
    self.init(
      id, title, note: note, caption: caption, file: file, layout: layout, zeros: zeros,
      prominence: prominence, limit: limit, infos: columns.map(\.info)
    ) { source in AnySequence(rows(source).lazy.map { row in cells.map { $0(row) } }) }
  }

  /// A table of rows that are made only when they are asked for, as there may be millions.
  public init<Row>(
    _ id: String, _ title: String, note: String = "", prominence: Prominence,
    each rows: @escaping @Sendable (Source) -> AnySequence<Row>, columns: [TableColumn<Row>]
  ) {
    let cells = columns.map(\.cell)
    self.init(
      id, title, note: note, caption: "", file: nil, layout: .rows, zeros: .show,
      prominence: prominence, limit: nil, infos: columns.map(\.info)
    ) { source in AnySequence(rows(source).lazy.map { row in cells.map { $0(row) } }) }
  }

  private init(
    _ id: String, _ title: String, note: String, caption: String, file: String?, layout: Layout,
    zeros: Zeros, prominence: Prominence, limit: Limit?, infos: [ColumnInfo],
    makeRows: @escaping @Sendable (Source) -> AnySequence<[TableCell]>
  ) {
    self.id = id
    self.file = file ?? id + ".csv"
    self.title = title
    self.note = note
    self.caption = caption
    self.layout = layout
    self.zeros = zeros
    self.prominence = prominence
    self.limit = limit
    columns = infos
    self.makeRows = makeRows
    check()
  }

  /// The rows of `source`, made one by one as they are asked for: a cell for each column.
  public func rows(of source: Source) -> AnySequence<[TableCell]> { makeRows(source) }

  /// The position of the column with that key.
  public func position(of key: String) -> Int? { columns.firstIndex { $0.key == key } }

  /// A declaration that contradicts itself is a mistake of the programmer.
  private func check() {
    precondition(Set(columns.map(\.key)).count == columns.count, "\(id): a key stands twice")
    for column in columns {
      let place = "\(id).\(column.key)"
      precondition(!column.meaning.isEmpty, "\(place): a column says what it means")
      let isDuration = column.kind == .nanoseconds
      precondition(isDuration == column.key.hasSuffix("_ns"), "\(place): durations end in _ns")
      switch column.kind {
      case .money(let key), .fineMoney(let key), .measure(let key):
        precondition(position(of: key) != nil, "\(place): no column \(key)")
      default: break
      }
      if let key = column.shownIn {
        precondition(position(of: key) != nil, "\(place): no column \(key)")
      }
    }
    if let key = limit?.per { precondition(position(of: key) != nil, "\(id): no column \(key)") }
  }
}
