import Interbank
import Money
import Pipeline
import Scenario
import Text

/// What recorded payments may be of: what the scenario has.
struct TransferLimits {
  /// The first day of the run, at 00:00 UTC of which it starts.
  var start: CivilDate
  /// Payments arrive before this, nanoseconds since the start.
  var duration: Int64
  /// Nothing is settled after this, likewise.
  var end: Int64
  /// Names of the banks, by position.
  var banks: [String]
  /// Currencies that a rail moves and that have a rate.
  var currencies: [Currency]
  /// Those of them whose payments may be tied together: their first rail settles gross.
  var groupCurrencies: [Currency]
  /// Whether banks fail, so that nothing can be tied together.
  var hasFailures: Bool
}

/// Checks the fields of a recorded payment, each by itself; the first fault found is the row's.
struct TransferRowParser {
  private let trace: TransferTrace
  private let limits: TransferLimits
  private var banks: ByteStringTable
  private var currencies: CurrencyMemo
  private var destinations: CurrencyMemo
  private var clock: TransferClock
  private let numbers: TraceAmount

  init(_ trace: TransferTrace, _ limits: TransferLimits) {
    self.trace = trace
    self.limits = limits
    banks = ByteStringTable()
    for name in limits.banks {
      let bytes = Array(name.utf8)
      _ = banks.insert(bytes.span)
    }
    currencies = CurrencyMemo(otherwise: .usd)
    destinations = CurrencyMemo(otherwise: .usd)
    clock = TransferClock(trace.rows, start: limits.start)
    numbers = TraceAmount(decimalMark: trace.rows.decimalMark, thousands: trace.rows.thousands)
  }

  /// Checks all fields of a row but its id's and its group's place among the others.
  mutating func parse(
    _ row: borrowing CSVRow, _ columns: TransferColumns
  ) throws(RowFault) -> RecordedTransfers.Payment {
    try columns.shared.check(row, idColumn: trace.rows.idColumn)
    let arrival = try arrival(row, columns.shared)
    let payer = try bank(row, columns.payer, trace.payerColumn)
    let payee = try bank(row, columns.payee, trace.payeeColumn)
    guard payer != payee else {
      throw RowFault.unexpected(
        "expected another bank than the payer", trace.payeeColumn, row.text(columns.payee))
    }
    let source = try Self.currency(
      row, columns.currency, trace.currencyColumn, limits.currencies, &currencies)
    let amount = try amount(row, columns, source)
    var payment = RecordedTransfers.Payment(
      arrival: arrival, amount: amount, payer: payer, payee: payee, source: source,
      destination: source)
    if let column = columns.toCurrency, !row.range(column).isEmpty {
      payment.destination = try Self.currency(
        row, column, trace.toCurrencyColumn ?? "to_currency", limits.currencies, &destinations)
    }
    if let column = columns.priority { payment.priority = try priority(row, column) }
    try setTimes(&payment, row, columns)
    return payment
  }

  private mutating func arrival(
    _ row: borrowing CSVRow, _ columns: TraceColumns
  ) throws(RowFault) -> Int64 {
    let name = trace.rows.timeColumn
    let time = try clock.time(of: row, columns.time, name, columns)
    if time < 0 { throw RowFault("expected a time not before the run's start", column: name) }
    if time >= limits.duration {
      throw RowFault("expected a time before the run's end", column: name)
    }
    return time
  }

  private func bank(
    _ row: borrowing CSVRow, _ column: Int, _ name: String
  ) throws(RowFault) -> Int {
    if let bank = banks.find(row.bytes.span.extracting(row.range(column))) { return bank }
    let text = row.text(column)
    throw RowFault(
      "expected the name of a bank of `banks.named`, `banks.file` or `banks.correspondents`, found "
        + "\"\(printable(text))\"" + EditDistance.hint(text, among: limits.banks), column: name)
  }

  private static func currency(
    _ row: borrowing CSVRow, _ column: Int, _ name: String, _ allowed: [Currency],
    _ memo: inout CurrencyMemo
  ) throws(RowFault) -> Currency {
    guard let currency = memo.currency(row.bytes.span.extracting(row.range(column))) else {
      throw RowFault.unexpected("expected a currency of ISO 4217", name, row.text(column))
    }
    guard allowed.contains(currency) else {
      let all = allowed.map(\.code).joined(separator: ", ")
      throw RowFault.unexpected(
        "expected a currency that a rail of `rails` moves and that has a rate (\(all))", name,
        currency.code)
    }
    return currency
  }

  private func amount(
    _ row: borrowing CSVRow, _ columns: TransferColumns, _ currency: Currency
  ) throws(RowFault) -> Int64 {
    let decimals = trace.rows.amountUnit == .major ? currency.minorUnitDigits : 0
    let column = columns.shared.amount
    let text = row.bytes.span.extracting(row.range(column))
    guard let amount = numbers.parse(text, decimals: decimals), amount > 0 else {
      throw RowFault.unexpected(
        TraceAmount.expected(decimals: decimals, isPositive: true), trace.rows.amountColumn,
        row.text(column))
    }
    return amount
  }

  private func priority(
    _ row: borrowing CSVRow, _ column: Int
  ) throws(RowFault) -> PaymentPriority {
    switch row.text(column) {
    case "", "0", "normal": return .normal
    case "1", "high": return .high
    case "2", "urgent": return .urgent
    case let found:
      throw RowFault.unexpected(
        "expected normal, high or urgent, or 0, 1 or 2", trace.priorityColumn ?? "priority", found)
    }
  }

  private mutating func setTimes(
    _ payment: inout RecordedTransfers.Payment, _ row: borrowing CSVRow, _ columns: TransferColumns
  ) throws(RowFault) {
    if let column = columns.notBefore, !row.range(column).isEmpty {
      let name = trace.notBeforeColumn ?? "not_before"
      let time = try clock.time(of: row, column, name, columns.shared)
      guard time <= limits.end else {
        throw RowFault.unexpected(
          "expected a time within `time.duration` and `time.drain_limit`", name, row.text(column))
      }
      // It arrives later than that anyway.
      if time > payment.arrival { payment.earliest = time }
    }
    guard let column = columns.deadline, !row.range(column).isEmpty else { return }
    let name = trace.deadlineColumn ?? "deadline"
    let time = try clock.time(of: row, column, name, columns.shared)
    guard time >= payment.arrival else {
      throw RowFault.unexpected(
        "expected a deadline not before the payment arrives, at "
          + row.text(columns.shared.time), name, row.text(column))
    }
    if let earliest = payment.earliest, earliest > time, let column = columns.notBefore {
      throw RowFault.unexpected(
        "expected a time not after the deadline", trace.notBeforeColumn ?? "not_before",
        row.text(column))
    }
    payment.deadline = time
  }

  /// What keeps a payment from being tied to others, if anything.
  func checkGroup(_ payment: RecordedTransfers.Payment) throws(RowFault) {
    let name = trace.groupColumn ?? "group"
    if limits.hasFailures {
      throw RowFault("expected no groups where banks fail (`banks.failures`)", column: name)
    }
    if payment.source != payment.destination {
      throw RowFault(
        "expected payments of a group to be paid out in their own currency", column: name)
    }
    if !limits.groupCurrencies.contains(payment.source) {
      throw RowFault(
        "expected groups only in currencies whose first rail is of kind rtgs, found "
          + payment.source.code, column: name)
    }
  }
}
