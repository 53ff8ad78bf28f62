/// What settlement took of one bank in one currency: the monitoring tools for intraday liquidity of
/// the Basel Committee (BCBS 248, 2013). Amounts are minor units.
public struct BankRow: Sendable, Equatable {
  /// The bank's name.
  public var bank: String
  /// ISO 4217 code.
  public var currency: String
  /// Decimals of the currency.
  public var decimals: Int
  /// Balance at the start of the run.
  public var opening: Int64 = 0
  /// Balance at its end.
  public var closing: Int64 = 0
  /// How far the balance may go below zero: unsecured credit, and what collateral covers.
  public var credit: Int64 = 0
  /// Days on which the system was open.
  public var days = 0
  /// A(i) Daily maximum usage, the most sent, net, at any time of a day: the three largest, the
  /// largest first; fewer if there were fewer days.
  public var usages: [Int64] = []
  /// A(i) Average of the daily maximum usage over the scenario's settlement days.
  public var averageUsage: Int64?
  /// A(ii) Balance and credit at the start of a day: the three smallest, the smallest first.
  public var available: [Int64] = []
  /// A(ii) Their average over the scenario's settlement days.
  public var averageAvailable: Int64?
  /// A(iii) Value sent on the day that sent most, and on average over the scenario's settlement
  /// days.
  public var largestSent: Int64?
  /// See `largestSent`.
  public var averageSent: Int64?
  /// A(iii) Value received on the day that received most, and on average.
  public var largestReceived: Int64?
  /// See `largestReceived`.
  public var averageReceived: Int64?
  /// A(iv) Payments with a deadline that it sent.
  public var timed = 0
  /// A(iv) Those that settled in time.
  public var timedMet = 0
  /// A(iv) Value of those with a deadline.
  public var timedValue: Int64 = 0
  /// A(iv) Value of those that settled in time.
  public var timedMetValue: Int64 = 0
  /// B(i) Value of payments for correspondent banks.
  public var correspondentValue: Int64 = 0
  /// B(ii) The most of its credit that was drawn at once.
  public var peakCredit: Int64 = 0
  /// The part of `peakCredit` that no collateral covers.
  public var peakUnsecuredCredit: Int64 = 0

  /// Money that came into its account from outside the system.
  public var broughtIn: Int64 = 0
  /// Money that left its account for outside the system.
  public var takenOut: Int64 = 0

  /// What settling has cost it, by `costs.interbank`; nil where nothing of it is priced.
  public var cost: BankCostRow?

  /// A bank that did nothing.
  public init(_ bank: String, currency: String, decimals: Int) {
    self.bank = bank
    self.currency = currency
    self.decimals = decimals
  }
}

/// What settling has cost a bank in one currency; minor units.
public struct BankCostRow: Sendable, Equatable {
  /// For liquidity.
  public var liquidity: Int64
  /// For value that waited.
  public var delay: Int64
  /// For payments that waited at a close.
  public var unsettled: Int64
  /// For payments that settled in parts.
  public var splits: Int64
  /// All of it.
  public var total: Int64 { liquidity + delay + unsettled + splits }

  /// Costs.
  public init(liquidity: Int64, delay: Int64, unsettled: Int64, splits: Int64) {
    self.liquidity = liquidity
    self.delay = delay
    self.unsettled = unsettled
    self.splits = splits
  }
}
