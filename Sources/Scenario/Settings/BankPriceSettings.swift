import Money

/// `costs.interbank`: what settling costs the banks themselves. Rates are for a period and may be
/// above 1; the defaults cost nothing.
public struct BankPriceSettings: Sendable, Equatable {
  /// What the price of liquidity is put on.
  public enum LiquidityBase: String, Sendable, CaseIterable {
    /// The most that a bank had sent, net, on a day.
    case used
    /// What it had put in: own money on its account and credit on collateral.
    case allocated
  }
  /// How many times the rate of delay counts for payments of a priority.
  public struct Multipliers: Sendable, Equatable {
    /// Of urgent payments.
    public var urgent = 1.0
    /// Of those of high priority.
    public var high = 1.0
    /// Of the others.
    public var normal = 1.0
    /// The defaults.
    public init() {}
  }
  /// Price of a unit of liquidity for each period.
  public var liquidityRate = 0.0
  /// The period; nil: a settlement day, however long it is.
  public var liquidityPeriod: Duration?
  /// What it is put on.
  public var liquidityBase = LiquidityBase.used
  /// Price of a unit of value that waits, for each period.
  public var delayRate = 0.0
  /// The period.
  public var delayPeriod: Duration = .seconds(3_600)
  /// How many times it counts, by priority.
  public var priorities = Multipliers()
  /// How many times it counts after the deadline, on top of that.
  public var afterDeadline = 1.0
  /// Price of each payment that waits at a close.
  public var unsettledAtClose = MoneyAmount(minorUnits: 0, currency: .usd)
  /// Price of each part of a payment beside its last.
  public var split = MoneyAmount(minorUnits: 0, currency: .usd)
  /// The defaults.
  public init() {}
}
