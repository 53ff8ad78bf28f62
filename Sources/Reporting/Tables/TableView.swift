import Declared
import Text

/// A table made ready for people: texts, what is hidden hidden, what is long cut short.
struct TableView {
  /// How much of a table there is.
  enum Extent {
    /// What a screen has without asking: no details, no zeros.
    case brief
    /// Every column; zeros hidden as the table says. Markdown and pages.
    case complete
    /// Every column and every row within the table's limit.
    case full
  }

  let extent: Extent

  /// `table` of `source`; nil where nothing of it is to be shown.
  func report<Source>(_ table: Table<Source>, _ source: Source) -> ReportTable? {
    if extent == .brief && table.prominence == .detail { return nil }
    var rows: [[TableCell]] = []
    var more = 0
    var limiter = Table<Source>.Limiter(table)
    for row in table.rows(of: source) where !hides(row, table) {
      if limiter.takes(row) { rows.append(row) } else { more += 1 }
    }
    let isSilent = table.zeros != .show && !rows.contains { $0.contains(where: \.isNews) }
    if rows.isEmpty || (isSilent && extent != .full) { return nil }
    let currencies = Currencies(table.columns, rows)
    let shown = table.columns.indices.filter { place in
      isShown(table.columns[place], at: place, in: rows, table.zeros)
    }
    let texts = rows.map { row in
      shown.map { currencies.text(row, $0, table.columns[$0]) }
    }
    let isRecord = table.layout == .record
    return ReportTable(
      table.id.replacing("_", with: "-"), table.title + currencies.titleSuffix,
      note: table.note, caption: table.caption,
      more: more == 0
        ? "" : "and \(grouped(more)) more row\(more == 1 ? "" : "s") in \(table.file)",
      columns: isRecord
        ? Self.recordColumns
        : shown.map { place in
          ReportTable.Column(
            header: table.columns[place].header + currencies.headerSuffix(table.columns[place]),
            isFigure: table.columns[place].kind.isFigure)
        },
      rows: isRecord ? record(table, shown, rows[0], texts[0]) : texts)
  }

  private static let recordColumns = [
    ReportTable.Column(header: "figure", isFigure: false),
    ReportTable.Column(header: "value", isFigure: true),
  ]

  private func hides<Source>(_ row: [TableCell], _ table: Table<Source>) -> Bool {
    if extent == .brief && table.prominence == .faults {
      return !row.contains { $0.value == .verdict(false) }
    }
    return extent != .full && table.zeros == .hideRows && !row.contains(where: \.isNews)
  }

  /// Currencies stand in the title, in headers or with the amounts. That there are no faults is
  /// worth a column.
  private func isShown<Source>(
    _ column: ColumnInfo, at place: Int, in rows: [[TableCell]], _ zeros: Table<Source>.Zeros
  ) -> Bool {
    if column.shownIn != nil || column.kind == .currency { return false }
    let isZero = column.kind.isFigure && !rows.contains { $0[place].isNews }
    if column.isRare, extent != .full, isZero { return false }
    if isZero, extent == .brief, zeros != .show, column.kind != .fault { return false }
    return !(column.isDetail && extent == .brief)
  }

  /// A line for each column.
  private func record<Source>(
    _ table: Table<Source>, _ shown: [Int], _ row: [TableCell], _ texts: [ReportTable.Cell]
  ) -> [[ReportTable.Cell]] {
    zip(shown, texts).compactMap { place, text in
      let isZero = table.columns[place].kind.isFigure && !row[place].isNews
      if extent != .full && table.zeros == .hideRows && isZero { return nil }
      return [ReportTable.Cell(table.columns[place].header), text]
    }
  }
}

/// Where people read the currency of amounts: in the title where all have the same, in the header
/// of a column where that column has one, and with each amount where they differ.
private struct Currencies {
  /// Of each column of currencies the one code that it has; nil where codes differ.
  private var single: [String: String?] = [:]
  private let common: String?
  private let columns: [ColumnInfo]

  init(_ columns: [ColumnInfo], _ rows: [[TableCell]]) {
    self.columns = columns
    var codes: Set<String> = []
    for place in columns.indices where columns[place].kind == .currency {
      let own = Set(rows.filter { $0[place].value != .absent }.map { $0[place].field })
      codes.formUnion(own)
      single[columns[place].key] = .some(own.count == 1 ? own.first : nil)
    }
    common = codes.count == 1 ? codes.first : nil
  }

  var titleSuffix: String { common.map { ", " + visible($0) } ?? "" }

  func headerSuffix(_ column: ColumnInfo) -> String {
    guard common == nil, let key = currency(of: column), case .some(let code?) = single[key] else {
      return ""
    }
    return " " + visible(code)
  }

  func text(_ row: [TableCell], _ place: Int, _ column: ColumnInfo) -> ReportTable.Cell {
    let cell = row[place].shown(column.kind)
    guard row[place].value != .absent, let key = currency(of: column), let code = single[key],
      code == nil, let position = columns.firstIndex(where: { $0.key == key })
    else { return cell }
    return ReportTable.Cell(visible(row[position].field) + " " + cell.text, cell.mark)
  }

  /// The column of currencies of a column of amounts; nil where it is of another kind or its
  /// currency is what the row is about.
  private func currency(of column: ColumnInfo) -> String? {
    switch column.kind {
    case .money(let key), .fineMoney(let key): single[key] == nil ? nil : key
    default: nil
    }
  }
}
