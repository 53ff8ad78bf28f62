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
  private var clock: TraceClock
  private let numbers: TraceAmount

  init(workload: TraceWorkload, duration: Duration?, currencies settled: [Currency]?) {
    self.workload = workload
    self.duration = duration.map(Self.nanoseconds) ?? .max
    cancelValue = Array(workload.cancelValue.utf8)
    cancelPrefix = workload.cancelPrefix.map { Array($0.utf8) }
    currencies = CurrencyMemo(otherwise: workload.currency)
    self.settled = settled
    clock = TraceClock(workload)
    numbers = TraceAmount(decimalMark: workload.decimalMark, thousands: workload.thousands)
  }

  private var merchantColumn: String? {
    if case .column(let name) = workload.merchant { name } else { nil }
  }

  /// Checks all fields of a row but its place among the others.
  mutating func parse(
    _ row: borrowing CSVRow, _ columns: TraceColumns, origin: Int64?
  ) throws(RowFault) -> SoundRow {
    try columns.check(row, idColumn: workload.idColumn)
    let bytes = row.bytes.span
    let id = bytes.extracting(row.range(columns.id))
    let time = try clock.instant(of: row, columns)
    if let merchant = columns.merchant, row.range(merchant).isEmpty {
      throw RowFault("expected a merchant", column: merchantColumn)
    }
    let currency = try currency(row, columns)
    let amount = try amount(of: row, columns, currency)
    var isMarked = cancelPrefix.map { starts(id, with: $0) } ?? false
    if let column = columns.cancel {
      let value = bytes.extracting(row.range(column))
      isMarked = isMarked || value.count == cancelValue.count && starts(value, with: cancelValue)
    }
    let start = origin ?? time - time % TraceTimestamp.nanosecondsPerDay
    return SoundRow(
      start: start, time: try relative(time, to: start), amount: amount, currency: currency,
      isMarked: isMarked)
  }

  /// What a row pays, negative what it gives back. Not zero, unless several rows add up.
  private func amount(
    of row: borrowing CSVRow, _ columns: TraceColumns, _ currency: Currency
  ) throws(RowFault) -> Int64 {
    let decimals = workload.amountUnit == .major ? currency.minorUnitDigits : 0
    let amount: Int64
    if let column = columns.refund {
      let paid = try number(of: row, columns.amount, workload.amountColumn, decimals)
      let refunded = try number(of: row, column, workload.refundColumn, decimals)
      guard paid == 0 || refunded == 0 else {
        throw RowFault(
          "expected an amount or one that is given back, found both",
          column: workload.amountColumn)
      }
      amount = paid != 0 ? paid : -abs(refunded)
    } else if let column = columns.quantity {
      amount = try product(of: row, columns.amount, column, decimals)
    } else {
      amount = try number(of: row, columns.amount, workload.amountColumn, decimals)
    }
    guard amount != 0 || workload.lines == .sum else {
      throw RowFault.unexpected(
        TraceAmount.expected(decimals: decimals), workload.amountColumn, row.text(columns.amount))
    }
    return amount
  }

  /// The price of one times how many, half a minor unit rounded to even.
  private func product(
    of row: borrowing CSVRow, _ amountColumn: Int, _ quantityColumn: Int, _ decimals: Int
  ) throws(RowFault) -> Int64 {
    let finer = workload.amountUnit == .major ? Self.priceDecimals : 0
    let price = try number(of: row, amountColumn, workload.amountColumn, decimals + finer)
    let quantity = try number(of: row, quantityColumn, workload.quantityColumn, 0)
    let scale = (0..<finer).reduce(Int128(1)) { power, _ in power * 10 }
    let exact = Int128(price) * Int128(quantity)
    let amount = Rounding.halfEven(exact, dividedBy: scale).quotient
    guard amount.magnitude < TraceAmount.limit else {
      throw RowFault(
        "expected a product below \(TraceAmount.limit) minor units", column: workload.amountColumn)
    }
    return Int64(amount)
  }

  /// Decimals beyond the minor unit that the price of one may have.
  private static let priceDecimals = 4

  /// The number in a column; 0 where a row leaves it out and another column may stand for it.
  private func number(
    of row: borrowing CSVRow, _ column: Int, _ name: String?, _ decimals: Int
  ) throws(RowFault) -> Int64 {
    let text = row.bytes.span.extracting(row.range(column))
    if text.isEmpty, workload.refundColumn != nil { return 0 }
    guard let number = numbers.parse(text, decimals: decimals) else {
      throw RowFault.unexpected(
        TraceAmount.expected(decimals: decimals), name, row.text(column))
    }
    return number
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
        "expected a currency of ISO 4217", workload.currencyColumn,
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

  static func nanoseconds(_ duration: Duration) -> Int64 {
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
  /// Minor units, negative of what is given back.
  var amount: Int64
  var currency: Currency
  /// Whether it is marked as a cancellation, whatever the amount.
  var isMarked: Bool
}

extension TraceWorkload {
  /// What the scenario says of a kind of fault.
  func policy(for kind: TraceProblem.Kind) -> RowPolicy {
    switch kind {
    case .malformed: malformedRows
    case .duplicate: duplicateRows
    case .unordered: unorderedRows
    }
  }
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

  /// As a report names it.
  func problem(row: Int) -> TraceProblem {
    TraceProblem(kind: kind, row: row, column: column.map { printable($0) }, message: message)
  }

  static func unexpected(
    _ expected: String, _ column: String?, _ found: String,
    kind: TraceProblem.Kind = .malformed
  ) -> RowFault {
    RowFault("\(expected), found \"\(printable(found))\"", column: column, kind: kind)
  }
}

/// The currency of the row before, which mostly is that of the next.
struct CurrencyMemo {
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
    guard text.count == 3 else { return nil }
    var (bytes, capitals): ([UInt8], [UInt8]) = ([], [])
    for index in text.indices {
      let isSmall = (0x61...0x7A).contains(text[index])
      bytes.append(text[index])
      capitals.append(isSmall ? text[index] & 0xDF : text[index])
    }
    guard let currency = Currency(code: String(decoding: capitals, as: UTF8.self)) else {
      return nil
    }
    code = bytes
    value = currency
    return currency
  }
}
