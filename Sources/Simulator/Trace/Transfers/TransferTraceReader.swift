import Money
import Pipeline
import Scenario
import Text

/// Recorded payments, read to the end of their file.
struct TransferTraceContents {
  /// In order of arrival; payments of the same time in the order of the file.
  var payments = RecordedTransfers()
  /// Texts of their ids, by position in the file.
  var ids = ByteStringTable()
  /// Position in the file by position in `payments`; empty where they are the same.
  var order: [UInt32] = []
  /// What was left out or sorted in.
  var notes = TraceNotes()

  /// The id of a payment, as the file has it.
  func id(_ index: Int) -> String { ids[order.isEmpty ? index : Int(order[index])] }
}

/// Reads recorded payments between banks from a CSV file, plain or gzip'ed, as `TraceReader` reads
/// those of cards: see there. Beside that, a payment that is to settle together with others is
/// refused where there are none.
struct TransferTraceReader {
  private let trace: TransferTrace
  private let file: String
  private var parser: TransferRowParser
  private var columns: TransferColumns?
  private var contents = TransferTraceContents()
  private var groups = ByteStringTable()
  /// The row of each payment, in the order of the file, where a message may need it.
  private var rows: [UInt32] = []
  private var latest = Int64.min
  private var isUnordered = false
  private var faulty: FaultyRows

  private init(_ trace: TransferTrace, file: String, _ limits: TransferLimits) {
    self.trace = trace
    self.file = file
    parser = TransferRowParser(trace, limits)
    faulty = FaultyRows(trace.rows)
  }

  /// Reads the whole file. Time: linear in its size, and sorting if rows are unordered.
  /// - Throws: what is wrong with the file as a whole, or the rows that the scenario refuses.
  static func read(
    _ trace: TransferTrace, file: String, within limits: TransferLimits
  ) throws(TraceError) -> TransferTraceContents {
    var reader = TransferTraceReader(trace, file: file, limits)
    try TraceRows.read(file) { row throws(TraceError) in try reader.take(row) }
    return try reader.finish()
  }

  /// Takes the next row, the header first.
  private mutating func take(_ row: borrowing CSVRow) throws(TraceError) {
    guard let columns else {
      columns = try TransferColumns(TraceHeader(row, file: file), trace)
      return
    }
    do throws(RowFault) {
      try accept(try parser.parse(row, columns), row, columns)
    } catch {
      faulty.note(error, row: row.number)
    }
  }

  private mutating func accept(
    _ payment: RecordedTransfers.Payment, _ row: borrowing CSVRow, _ columns: TransferColumns
  ) throws(RowFault) {
    let bytes = row.bytes.span
    let isInGroup = columns.group.map { !row.range($0).isEmpty } ?? false
    if isInGroup { try parser.checkGroup(payment) }
    guard case .new = contents.ids.insert(bytes.extracting(row.range(columns.shared.id))) else {
      throw RowFault.unexpected(
        "expected an id not seen before", trace.rows.idColumn, row.text(columns.shared.id),
        kind: .duplicate)
    }
    var payment = payment
    if isInGroup, let column = columns.group {
      switch groups.insert(bytes.extracting(row.range(column))) {
      case .new(let index), .known(let index): payment.group = UInt32(index + 1)
      }
    }
    contents.payments.append(payment)
    if columns.group != nil { rows.append(UInt32(row.number)) }
    guard payment.arrival < latest else {
      latest = payment.arrival
      return
    }
    isUnordered = true
    if trace.rows.sort { return }
    throw RowFault.unexpected(
      "expected no time earlier than a row before it", trace.rows.timeColumn,
      row.text(columns.shared.time), kind: .unordered)
  }

  private consuming func finish() throws(TraceError) -> TransferTraceContents {
    refuseLonely()
    try faulty.check(file: file)
    guard contents.payments.count > 0 else { throw .empty(file: file) }
    contents.notes = faulty.notes
    contents.ids.settle()
    contents.payments.fit()
    guard isUnordered else { return contents }
    let arrivals = contents.payments.arrivals
    let order = arrivals.indices.sorted { (arrivals[$0], $0) < (arrivals[$1], $1) }
    contents.payments = contents.payments.reordered(order)
    contents.order =
      contents.order.isEmpty ? order.map { UInt32($0) } : order.map { contents.order[$0] }
    return contents
  }

  /// Payments that are to settle with others that there are not.
  private mutating func refuseLonely() {
    let payments = contents.payments
    guard payments.groupSizes.contains(1) else { return }
    var kept: [Int] = []
    for index in 0..<payments.count {
      let group = payments.groups[index]
      guard group > 0, payments.groupSizes[Int(group) - 1] == 1 else {
        kept.append(index)
        continue
      }
      faulty.note(
        RowFault(
          "expected another payment of the group \"\(printable(groups[Int(group) - 1]))\", found "
            + "this one alone", column: trace.groupColumn ?? "group"), row: Int(rows[index]))
    }
    contents.payments = payments.reordered(kept)
    contents.order = kept.map { UInt32($0) }
  }
}
