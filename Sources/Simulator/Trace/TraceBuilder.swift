import Text
import Money
import Scenario

/// What becomes of the rows of a trace, one at a time: a record, or a problem.
struct TraceBuilder {
  private let workload: TraceWorkload
  private let file: String
  private var parser: TraceRowParser
  private var columns: TraceColumns?
  /// Time zero in nanoseconds since 1970, as soon as it is known.
  private var origin: Int64?
  private var trace = Trace()
  private var merchants = ByteStringTable()
  private var latest = Int64.min
  private var refused: [TraceProblem] = []
  private var refusedCount = 0

  init(
    workload: TraceWorkload, file: String, start: TraceReader.Start, duration: Duration?,
    currencies: [Currency]?
  ) {
    self.workload = workload
    self.file = file
    parser = TraceRowParser(workload: workload, duration: duration, currencies: currencies)
    if case .date(let date) = start {
      origin = Int64(date.dayNumber) * TraceTimestamp.nanosecondsPerDay
    }
  }

  /// Takes the next row, the header first.
  mutating func take(_ row: borrowing CSVRow) throws(TraceError) {
    guard let columns else {
      columns = try TraceColumns(header: row, file: file, workload: workload)
      return
    }
    trace.rows += 1
    do throws(RowFault) {
      let sound = try parser.parse(row, columns, origin: origin)
      try accept(sound, row, columns)
    } catch {
      note(error, row: row.number)
    }
  }

  /// The trace, once all rows have been taken.
  consuming func finish() throws(TraceError) -> Trace {
    if refusedCount > 0 {
      throw .refused(file: file, problems: refused, total: refusedCount)
    }
    guard let origin, !trace.records.isEmpty else { throw .empty(file: file) }
    trace.start = origin
    for index in 0..<merchants.count { trace.merchants.append(merchants[index]) }
    if trace.notes.unordered.count > 0 {
      trace.records.sort { ($0.time, $0.row) < ($1.time, $1.row) }
    }
    return trace
  }

  /// Adds the record of a sound row whose id is new. One out of order is added too, and named: it
  /// will be sorted in, or the trace be refused.
  private mutating func accept(
    _ sound: SoundRow, _ row: borrowing CSVRow, _ columns: TraceColumns
  ) throws(RowFault) {
    let bytes = row.bytes.span
    guard case .new(let id) = trace.ids.insert(bytes.extracting(row.range(columns.id))) else {
      throw RowFault.unexpected(
        "expected an id not seen before", workload.idColumn, row.text(columns.id),
        kind: .duplicate)
    }
    let merchant =
      switch merchants.insert(bytes.extracting(row.range(columns.merchant))) {
      case .new(let index), .known(let index): index
      }
    origin = sound.start
    trace.records.append(
      TraceRecord(
        row: row.number, id: trace.ids.fingerprints[id], time: sound.time, amount: sound.amount,
        idIndex: UInt32(id), merchant: Int32(merchant), currency: sound.currency,
        isCancellation: sound.isCancellation))
    if sound.time < latest {
      throw RowFault.unexpected(
        "expected no time earlier than a row before it", workload.timeColumn,
        row.text(columns.time), kind: .unordered)
    }
    latest = sound.time
  }

  private mutating func note(_ fault: RowFault, row: Int) {
    let problem = TraceProblem(
      kind: fault.kind, row: row, column: fault.column.map { printable($0) }, message: fault.message
    )
    let policy =
      switch fault.kind {
      case .malformed: workload.malformedRows
      case .duplicate: workload.duplicateRows
      case .unordered: workload.unorderedRows
      }
    switch policy {
    case .report: trace.notes.append(problem)
    case .refuse:
      refusedCount += 1
      if refused.count < TraceProblemList.limit { refused.append(problem) }
    }
  }
}
