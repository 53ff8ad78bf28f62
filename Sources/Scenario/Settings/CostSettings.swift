import Money

/// `costs`: what is charged for.
///
/// Rates of interest are annual, on a year of 365 days. Their defaults are round figures of the
/// order of what is charged: the Federal Reserve's fee on uncollateralised daylight overdrafts is
/// 50 basis points a year, and a bank's own money costs it about its policy rate.
public struct CostSettings: Sendable {
  /// What the consolidation discount is taken off.
  public enum DiscountBase: String, Sendable, CaseIterable {
    /// The price of the wire.
    case wire
    /// The price of the wire and the spread on what is converted for its payments.
    case wireAndSpread = "wire_and_spread"
  }
  /// Currency in which costs are reported.
  public var currency = Currency.usd
  /// Price of one wire on an RTGS system, charged by the bank to its client.
  public var wire = MoneyAmount(minorUnits: 5_00, currency: .usd)
  /// Price of one instruction on a batch rail, unless the rail states one.
  public var batchWire = MoneyAmount(minorUnits: 35, currency: .usd)
  /// Price of one instruction on an instant rail, unless the rail states one.
  public var instantWire = MoneyAmount(minorUnits: 50, currency: .usd)
  /// Price of one instruction over a correspondent, unless the rail states one.
  public var correspondentWire = MoneyAmount(minorUnits: 25_00, currency: .usd)
  /// Taken off what a batch with at least `discountMinimum` payments costs.
  public var consolidationDiscount = 0.15
  /// What of a batch the discount is taken off.
  public var discountBase = DiscountBase.wire
  /// Payments from which a batch counts as consolidated.
  public var discountMinimum = 2
  /// Infrastructure per month of 30 days in one figure; of no account where `infrastructure` states
  /// the parts.
  public var infrastructurePerMonth = MoneyAmount(minorUnits: 170_000_00, currency: .usd)
  /// Infrastructure by part; nil: the one figure.
  public var infrastructure: InfrastructureSettings?
  /// What is taken off a bill in months of many payments; nil: nothing.
  public var volumeDiscount: VolumeDiscount?
  /// Opportunity cost of the largest liquidity used in a day, per year.
  public var liquidityRate = 0.02
  /// Cost of value that is settled late, per year of delay.
  public var delayRate = 0.02
  /// Cost of each transfer from account to account that is settled after its latest window.
  public var missedDeadline = MoneyAmount(minorUnits: 25_00, currency: .usd)
  /// Charged per day on the value of payments that are never settled, from when they were owed
  /// until the horizon or until they failed, on top of `delayRate`.
  ///
  /// The default is above the dearest default spread (5 basis points), so that what does not settle
  /// within a day costs more than to convert and pay it.
  public var unsettledRate = 0.001
  /// Charged for each payment that is never settled. The default is the least that the Federal
  /// Reserve charges for an overnight overdraft, the price of paying without money.
  public var unsettledPenalty = MoneyAmount(minorUnits: 100_00, currency: .usd)
  /// Interest on unsecured intraday credit, per year of use.
  public var overdraftRate = 0.005
  /// Opportunity cost of pledged collateral, per year.
  public var collateralRate = 0.0025
  /// What settling costs the banks themselves; nil: nothing is priced.
  public var interbank: BankPriceSettings?
  /// Part of the captured card payments that are charged back.
  public var chargebackRate = 1.0 / 200
  /// Fee for each chargeback.
  public var chargebackFee = MoneyAmount(minorUnits: 15_00, currency: .usd)
  /// The defaults.
  public init() {}

  /// What the bank charges its client for one instruction on `rail`: the rail's own price, else the
  /// price of its kind.
  public func wire(on rail: RailSettings) -> MoneyAmount {
    if let own = rail.wire { return own }
    return switch rail.kind {
    case .rtgs: wire
    case .batch: batchWire
    case .instant: instantWire
    case .correspondent: correspondentWire
    }
  }
}
