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
  private let constantMerchant: [UInt8]
  private var latest = Int64.min
  private var isUnordered = false
  private var faulty: FaultyRows

  init(
    workload: TraceWorkload, file: String, start: TraceReader.Start, duration: Duration?,
    currencies: [Currency]?
  ) {
    self.workload = workload
    self.file = file
    faulty = FaultyRows(workload)
    if case .constant(let name) = workload.merchant {
      constantMerchant = Array(name.utf8)
    } else {
      constantMerchant = []
    }
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
      faulty.note(error, row: row.number)
    }
  }

  /// The trace, once all rows have been taken.
  consuming func finish() throws(TraceError) -> Trace {
    if workload.lines == .sum { addUp() }
    try faulty.check(file: file)
    guard let origin, !trace.records.isEmpty else { throw .empty(file: file) }
    trace.notes = faulty.notes
    trace.start = origin
    for index in 0..<merchants.count { trace.merchants.append(merchants[index]) }
    if isUnordered { trace.records.sort { ($0.time, $0.row) < ($1.time, $1.row) } }
    return trace
  }

  /// Adds the record of a sound row whose id is new, or the line to the payment that has its id.
  /// One out of order is added too: it will be sorted in, or the trace be refused.
  private mutating func accept(
    _ sound: SoundRow, _ row: borrowing CSVRow, _ columns: TraceColumns
  ) throws(RowFault) {
    let bytes = row.bytes.span
    let id: Int
    switch trace.ids.insert(bytes.extracting(row.range(columns.id))) {
    case .new(let index): id = index
    case .known(let index):
      guard workload.lines == .sum else {
        throw RowFault.unexpected(
          "expected an id not seen before", workload.idColumn, row.text(columns.id),
          kind: .duplicate)
      }
      return try add(sound, merchant: merchant(of: row, columns), to: index)
    }
    let merchant = merchant(of: row, columns)
    origin = sound.start
    // Lines keep the sign until they have been added up.
    let isSum = workload.lines == .sum
    trace.records.append(
      TraceRecord(
        row: row.number, id: trace.ids.fingerprints[id], time: sound.time,
        amount: isSum ? sound.amount : abs(sound.amount), idIndex: UInt32(id),
        merchant: Int32(merchant), currency: sound.currency,
        isCancellation: sound.isMarked || !isSum && sound.amount < 0))
    guard sound.time >= latest else {
      isUnordered = true
      if workload.sort { return }
      throw RowFault.unexpected(
        "expected no time earlier than a row before it", workload.timeColumn,
        row.text(columns.time), kind: .unordered)
    }
    latest = sound.time
  }

  private mutating func merchant(of row: borrowing CSVRow, _ columns: TraceColumns) -> Int {
    let constant = constantMerchant
    let insertion =
      if let column = columns.merchant {
        merchants.insert(row.bytes.span.extracting(row.range(column)))
      } else {
        merchants.insert(constant.span)
      }
    switch insertion {
    case .new(let index), .known(let index): return index
    }
  }

  /// Adds a line to the payment with its id; every id has one record, in the order of the ids.
  private mutating func add(
    _ line: SoundRow, merchant: Int, to position: Int
  ) throws(RowFault) {
    let record = trace.records[position]
    guard record.merchant == merchant, record.currency == line.currency else {
      throw RowFault(
        "expected merchant and currency of row \(record.row), which has the same id",
        column: workload.idColumn)
    }
    let sum = record.amount + line.amount
    guard sum.magnitude < TraceAmount.limit else {
      throw RowFault(
        "expected lines that add up to less than \(TraceAmount.limit) minor units",
        column: workload.amountColumn)
    }
    trace.records[position].amount = sum
  }

  /// Makes payments and cancellations of the sums of their lines; one of zero is malformed.
  private mutating func addUp() {
    var kept: [TraceRecord] = []
    kept.reserveCapacity(trace.records.count)
    for var record in trace.records {
      guard record.amount != 0 else {
        faulty.note(
          RowFault(
            "expected lines that do not add up to zero", column: workload.amountColumn),
          row: record.row)
        continue
      }
      record.isCancellation = record.isCancellation || record.amount < 0
      record.amount = abs(record.amount)
      kept.append(record)
    }
    trace.records = kept
  }
}
