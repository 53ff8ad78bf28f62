import Money

/// Payments replayed from a CSV file, plain or gzip'ed.
public struct TraceWorkload: Sendable {
  /// What to do with a row that is malformed, duplicate or out of order.
  public enum RowPolicy: String, Sendable, CaseIterable {
    /// Refuse the run, naming the row.
    case refuse
    /// Leave the row out (or, out of order, sort it in), name it in the result, and go on.
    case report
  }
  /// Minor units are cents, major ones dollars.
  public enum AmountUnit: String, Sendable, CaseIterable { case minor, major }
  /// Path, relative to the scenario file.
  public var file: String
  /// Column that identifies a payment.
  public var idColumn = "id"
  /// Column of the time of the payment.
  public var timeColumn = "time"
  /// Column of who is paid.
  public var merchantColumn = "merchant"
  /// Column of the amount.
  public var amountColumn = "amount"
  /// Absent: every row is in `currency`.
  public var currencyColumn: String?
  /// Currency of every row, without a currency column.
  public var currency = Currency.usd
  /// Whether amounts are in minor units (cents) or major ones.
  public var amountUnit = AmountUnit.major
  /// A row whose value here is `cancelValue`, or whose amount is negative, cancels earlier payments
  /// of the same merchant: a void before capture and, of a whole payment, before the cut-off of its
  /// day; else a refund.
  public var cancelColumn: String?
  /// Value of the cancel column that marks a cancellation.
  public var cancelValue = "1"
  /// Prefix of an id that marks a cancellation, such as UCI's `C`.
  public var cancelPrefix: String?
  /// What a malformed row does.
  public var malformedRows = RowPolicy.refuse
  /// What a repeated id does.
  public var duplicateRows = RowPolicy.refuse
  /// What a row out of order does.
  public var unorderedRows = RowPolicy.refuse
  /// The defaults, with the file.
  public init(file: String) { self.file = file }
}
