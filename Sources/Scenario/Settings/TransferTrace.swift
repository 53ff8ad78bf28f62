import Money

/// `workload.transfers.trace`: payments between banks as a CSV file records them, plain or gzip'ed.
public struct TransferTrace: Sendable {
  /// The file, how its times and amounts are written, what faulty rows do, and the columns that a
  /// trace of cards has too. Nobody is paid but the bank of `payeeColumn`.
  public var rows: TraceWorkload
  /// Column of the name of the bank that pays.
  public var payerColumn = "payer"
  /// Column of the name of the bank that is paid.
  public var payeeColumn = "payee"
  /// Column of the currency that is paid out; nil: `to_currency`, if there is one.
  public var toCurrencyColumn: String?
  /// Column of how urgent a payment is; nil: `priority`, if there is one.
  public var priorityColumn: String?
  /// Column of when a payment should be settled at the latest; nil: `deadline`, if there is one.
  public var deadlineColumn: String?
  /// Column of when a payment may be settled at the earliest; nil: `not_before`, if there is one.
  public var notBeforeColumn: String?
  /// Column of what ties payments together; nil: `group`, if there is one.
  public var groupColumn: String?

  /// The defaults, with the file.
  public init(file: String) {
    rows = TraceWorkload(file: file)
    rows.merchant = .constant("")
    rows.currencyColumn = "currency"
  }

  /// Column of the currency that is owed.
  public var currencyColumn: String {
    get { rows.currencyColumn ?? "currency" }
    set { rows.currencyColumn = newValue }
  }
}
