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
  /// Who is paid.
  public enum Merchant: Sendable, Equatable {
    /// Whom the column with this name says.
    case column(String)
    /// This one, in every row.
    case constant(String)
  }
  /// The order of the numbers of a date.
  public enum DateOrder: String, Sendable, CaseIterable {
    /// `2026-03-02`.
    case yearFirst = "year_first"
    /// `3/2/2026`.
    case monthFirst = "month_first"
    /// `2.3.2026`.
    case dayFirst = "day_first"
  }
  /// What stands before the decimals of a number.
  public enum DecimalMark: String, Sendable, CaseIterable { case point, comma }
  /// What stands between groups of three digits.
  public enum Thousands: String, Sendable, CaseIterable {
    case none, comma, point, space, apostrophe
  }
  /// What several rows with one id are.
  public enum Lines: String, Sendable, CaseIterable {
    /// The first is a payment, the others are duplicates.
    case separate
    /// The lines of one payment, which add up; the first has its time.
    case sum
  }
  /// Minor units are cents, major ones dollars.
  public enum AmountUnit: String, Sendable, CaseIterable { case minor, major }
  /// Path, relative to the scenario file.
  public var file: String
  /// Column that identifies a payment.
  public var idColumn = "id"
  /// Column of the time of the payment, or of its time of day beside `dateColumn`.
  public var timeColumn = "time"
  /// Column of the date, where the time column has none.
  public var dateColumn: String?
  /// Column of the time zone of the row.
  public var zoneColumn: String?
  /// IANA name of the time zone of rows that do not say theirs.
  public var timeZone = "UTC"
  /// The order of the numbers of a date.
  public var dateOrder = DateOrder.yearFirst
  /// Who is paid.
  public var merchant = Merchant.column("merchant")
  /// Column of the amount.
  public var amountColumn = "amount"
  /// Column of what is given back, in rows without an amount.
  public var refundColumn: String?
  /// Column of a whole number that the amount is for one of.
  public var quantityColumn: String?
  /// What stands before the decimals of an amount.
  public var decimalMark = DecimalMark.point
  /// What stands between groups of three digits of an amount.
  public var thousands = Thousands.none
  /// What several rows with one id are.
  public var lines = Lines.separate
  /// Whether rows may stand in any order.
  public var sort = false
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
