/// A payment between banks' customers, and what became of it. Instants are nanoseconds since the
/// start of the run.
public struct PaymentRow: Sendable, Equatable {
  /// How a payment came to its end.
  public enum End: String, Sendable, CaseIterable {
    /// Its money has arrived, finally.
    case settled
    /// It found no funds by a close and went back to its payer.
    case returned
    /// It was taken back before it was final, as a bank had failed.
    case cancelled
    /// It has not ended.
    case unsettled
  }
  /// Id in the file that records it; `transfer-7` for one that was drawn.
  public var id: String
  /// `recorded`, `drawn` or `return`, which gives money back.
  public var kind: String
  /// Name of the bank that pays.
  public var payer: String
  /// Name of the bank that is paid.
  public var payee: String
  /// What is owed.
  public var amount: ReportedAmount
  /// What of it has moved, finally: all, or what has settled in parts of one that stands open.
  public var moved: ReportedAmount
  /// ISO 4217 code of the currency that is paid out.
  public var toCurrency: String
  /// How urgent it is.
  public var priority: String
  /// When it arrived.
  public var arrived: Int64
  /// When it may be settled at the earliest; nil: at once.
  public var notBefore: Int64?
  /// When it should be settled at the latest.
  public var deadline: Int64
  /// Whether it settled in parts, of which `ended` is the time of the last.
  public var isInParts = false
  /// How it ended.
  public var end: End
  /// When it ended; nil: it has not.
  public var ended: Int64?
  /// How the wire settled with which it was complete: `gross`, `queue`, `bilateral_offset` and so
  /// on, `netted` where nothing had to move; nil: it has not settled.
  public var mechanism: String?
  /// Number, within its currency, of what moved at the same moment, all or none; nil: nothing.
  public var group: Int?

  /// A payment that has not ended.
  public init(
    id: String, kind: String, payer: String, payee: String, amount: ReportedAmount,
    toCurrency: String, priority: String, arrived: Int64, notBefore: Int64?, deadline: Int64
  ) {
    self.id = id
    self.kind = kind
    self.payer = payer
    self.payee = payee
    self.amount = amount
    moved = ReportedAmount(0, amount.currency, decimals: amount.decimals)
    self.toCurrency = toCurrency
    self.priority = priority
    self.arrived = arrived
    self.notBefore = notBefore
    self.deadline = deadline
    end = .unsettled
  }
}

/// Payments of a run, each made up only when it is asked for: there may be millions.
public struct PaymentList: Sendable {
  /// How many there are.
  public let count: Int
  private let row: @Sendable (Int) -> PaymentRow

  /// `count` payments; `row` makes the one at a position, always the same.
  public init(count: Int, row: @escaping @Sendable (Int) -> PaymentRow) {
    self.count = count
    self.row = row
  }

  /// The payment at a position.
  public subscript(_ index: Int) -> PaymentRow { row(index) }

  /// All of them, in order.
  public var rows: AnySequence<PaymentRow> { AnySequence((0..<count).lazy.map(row)) }
}
