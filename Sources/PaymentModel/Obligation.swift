import Money

/// From which bank to which bank money moves, and in which currencies.
public struct SettlementRoute: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Who pays.
  public var payer: BankID
  /// Who is paid.
  public var payee: BankID
  /// The currency that is owed.
  public var source: Currency
  /// The currency that is paid out.
  public var destination: Currency

  /// A route between two banks.
  @inlinable
  public init(payer: BankID, payee: BankID, source: Currency, destination: Currency) {
    self.payer = payer
    self.payee = payee
    self.source = source
    self.destination = destination
  }

  /// The four parts side by side, in the order of comparison.
  @inlinable
  public var packed: UInt64 {
    UInt64(payer.rawValue) << 32 | UInt64(payee.rawValue) << 16 | UInt64(source.index) << 8
      | UInt64(destination.index)
  }

  /// Order of payer, payee, source and destination.
  @inlinable
  public static func < (first: SettlementRoute, second: SettlementRoute) -> Bool {
    first.packed < second.packed
  }

  /// Both banks and both currencies: `bank-1 -> bank-4 EUR/USD`.
  public var description: String { "\(payer) -> \(payee) \(source)/\(destination)" }
}

/// What one bank owes another because of one payment, refund or void.
///
/// The unit that batching, netting and rails work on. In the card flow the payer is the acquirer's
/// settlement bank and the payee is the merchant's bank.
public struct Obligation: Hashable, Sendable {
  /// Row of the payment in the store of its cell; a strategy does not look into it.
  public var payment: PaymentID
  /// Whom the payment is for.
  public var merchant: MerchantID
  /// Between which banks and currencies.
  public var route: SettlementRoute
  /// The latest window in which it may settle, seen from the moment of planning: whoever keeps an
  /// obligation over a day makes it earlier.
  public var latest: SettlementWindow
  /// Minor units of the source currency; negative for a refund or a void.
  public var amount: Int64
  /// When it came about, in nanoseconds since the start of the run, which is 00:00 UTC.
  public var captured: Int64
  /// The merchant's business day that it belongs to, in days since 1970-01-01.
  public var businessDay: Int32
  /// The last business day on which it may be settled, in days since 1970-01-01.
  public var deadline: Int32

  /// An obligation with all its parts.
  @inlinable
  public init(
    payment: PaymentID, merchant: MerchantID, route: SettlementRoute, amount: Int64,
    captured: Int64, businessDay: Int32, deadline: Int32, latest: SettlementWindow = .nextDay
  ) {
    self.payment = payment
    self.merchant = merchant
    self.route = route
    self.latest = latest
    self.amount = amount
    self.captured = captured
    self.businessDay = businessDay
    self.deadline = deadline
  }
  /// Whether it must settle at once.
  @inlinable
  public var isUrgent: Bool { latest == .rtgs }
}
