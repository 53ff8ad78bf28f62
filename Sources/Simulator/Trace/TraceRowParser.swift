import Text
import Money
import Scenario

/// Checks the fields of a row, each by itself; the first fault found is the row's fault.
struct TraceRowParser {
  private let workload: TraceWorkload
  private let cancelValue: [UInt8]
  private let cancelPrefix: [UInt8]?
  /// Nanoseconds.
  private let duration: Int64
  private var currencies: CurrencyMemo
  private let settled: [Currency]?

  init(workload: TraceWorkload, duration: Duration?, currencies settled: [Currency]?) {
    self.workload = workload
    self.duration = duration.map(Self.nanoseconds) ?? .max
    cancelValue = Array(workload.cancelValue.utf8)
    cancelPrefix = workload.cancelPrefix.map { Array($0.utf8) }
    currencies = CurrencyMemo(otherwise: workload.currency)
    self.settled = settled
  }

  /// Checks all fields of a row but its place among the others.
  mutating func parse(
    _ row: borrowing CSVRow, _ columns: TraceColumns, origin: Int64?
  ) throws(RowFault) -> SoundRow {
    if let fault = row.fault { throw RowFault(fault) }
    guard row.count == columns.count else {
      throw RowFault("expected \(columns.count) fields, found \(row.count)")
    }
    guard CSVText.isValid(row.bytes) else { throw RowFault(CSVText.expected) }
    let bytes = row.bytes.span
    let id = bytes.extracting(row.range(columns.id))
    if id.isEmpty { throw RowFault("expected an id", column: workload.idColumn) }
    guard let time = TraceTimestamp.parse(bytes.extracting(row.range(columns.time))) else {
      throw RowFault.unexpected(
        TraceTimestamp.expected, workload.timeColumn, row.text(columns.time))
    }
    if row.range(columns.merchant).isEmpty {
      throw RowFault("expected a merchant", column: workload.merchantColumn)
    }
    let currency = try currency(row, columns)
    let decimals = workload.amountUnit == .major ? currency.minorUnitDigits : 0
    let text = bytes.extracting(row.range(columns.amount))
    guard let amount = TraceAmount.parse(text, decimals: decimals) else {
      let expected = TraceAmount.expected(decimals: decimals)
      throw RowFault.unexpected(expected, workload.amountColumn, row.text(columns.amount))
    }
    var cancels = amount < 0 || cancelPrefix.map { starts(id, with: $0) } ?? false
    if let column = columns.cancel {
      let value = bytes.extracting(row.range(column))
      cancels = cancels || value.count == cancelValue.count && starts(value, with: cancelValue)
    }
    let start = origin ?? time - time % TraceTimestamp.nanosecondsPerDay
    return SoundRow(
      start: start, time: try relative(time, to: start), amount: abs(amount), currency: currency,
      isCancellation: cancels)
  }

  /// Time since the start of the run, if it is within the run.
  private func relative(_ time: Int64, to start: Int64) throws(RowFault) -> Int64 {
    // Neither end of the subtraction is beyond the year 9999 before, nor 2200 after 1970.
    let relative = time - start
    if relative < 0 {
      throw RowFault("expected a time not before the run's start", column: workload.timeColumn)
    }
    if relative >= duration {
      throw RowFault("expected a time before the run's end", column: workload.timeColumn)
    }
    return relative
  }

  private mutating func currency(
    _ row: borrowing CSVRow, _ columns: TraceColumns
  ) throws(RowFault) -> Currency {
    guard let column = columns.currency else { return workload.currency }
    guard let currency = currencies.currency(row.bytes.span.extracting(row.range(column))) else {
      throw RowFault.unexpected(
        "expected a currency of ISO 4217 in capitals", workload.currencyColumn,
        row.text(column))
    }
    if let settled, !settled.contains(currency) {
      throw RowFault.unexpected(
        "expected a currency of a market of `merchants.markets` "
          + "(\(settled.map(\.code).joined(separator: ", ")))",
        workload.currencyColumn, currency.code)
    }
    return currency
  }

  private func starts(_ text: Span<UInt8>, with prefix: [UInt8]) -> Bool {
    guard text.count >= prefix.count else { return false }
    for index in prefix.indices where text[index] != prefix[index] { return false }
    return true
  }

  private static func nanoseconds(_ duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, carry) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
    return overflow || carry ? .max : sum
  }
}

/// The checked fields of a row.
struct SoundRow {
  var start: Int64
  var time: Int64
  var amount: Int64
  var currency: Currency
  var isCancellation: Bool
}

/// Why a row is not a record.
struct RowFault: Error {
  var kind: TraceProblem.Kind
  var column: String?
  var message: String

  init(_ message: String, column: String? = nil, kind: TraceProblem.Kind = .malformed) {
    self.kind = kind
    self.column = column
    self.message = message
  }

  static func unexpected(
    _ expected: String, _ column: String?, _ found: String,
    kind: TraceProblem.Kind = .malformed
  ) -> RowFault {
    RowFault("\(expected), found \"\(printable(found))\"", column: column, kind: kind)
  }
}

/// The currency of the row before, which mostly is that of the next.
private struct CurrencyMemo {
  private var code: [UInt8]
  private var value: Currency

  init(otherwise currency: Currency) {
    value = currency
    code = Array(currency.code.utf8)
  }

  mutating func currency(_ text: Span<UInt8>) -> Currency? {
    if text.count == 3, text[0] == code[0], text[1] == code[1], text[2] == code[2] {
      return value
    }
    var bytes: [UInt8] = []
    for index in text.indices { bytes.append(text[index]) }
    guard text.count == 3, let currency = Currency(code: String(decoding: bytes, as: UTF8.self))
    else { return nil }
    code = bytes
    value = currency
    return currency
  }
}
