import Money
import PaymentModel

/// What is given while obligations are planned or priced.
///
/// What a later strategy needs beside it becomes a property with a default here, so that existing
/// strategies and callers stay as they are.
public struct SettlementWorld: Sendable {
  /// Mid rates and spreads.
  public var rates: FXTable
  /// What wires cost.
  public var costs: CostTable
  /// Payments a batch may hold.
  public var maximumBatch: Int
  /// The bank that holds the clearing account, against which multilateral net positions are
  /// settled. Without one they are settled against the payer if all batches have the same, and
  /// otherwise between debtors and creditors directly.
  public var clearingBank: BankID?
  /// What banks could pay now; nil if that is unknown, which does not limit anything.
  public var funds: SettlementFunds?
  /// Calendar and rails; nil if they are unknown, as where obligations are priced after the event.
  public var outlook: SettlementOutlook?
  /// How often conversions that are netted are dealt, over all plans of the time, in nanoseconds;
  /// nil: with each plan.
  public var dealInterval: Int64?
  /// What is expected to come about later; nil: nothing is known of it.
  public var expected: ExpectedArrivals?
  /// How many obligations wait for a plan, at a moment at which one comes about.
  public var waiting = 0
  /// The moment of planning, in nanoseconds since the start of the run.
  public var now: Int64

  /// A world.
  /// - Precondition: `maximumBatch` is positive.
  public init(
    rates: FXTable, costs: CostTable, maximumBatch: Int, clearingBank: BankID? = nil,
    outlook: SettlementOutlook? = nil, now: Int64 = 0
  ) {
    precondition(maximumBatch > 0, "a batch must be able to hold a payment")
    self.rates = rates
    self.costs = costs
    self.maximumBatch = maximumBatch
    self.clearingBank = clearingBank
    self.outlook = outlook
    self.now = now
  }
}

extension Obligation {
  /// What it is worth at mid, in minor units of the reporting currency; below zero for a refund.
  func value(by rates: FXTable) -> Double {
    let owed = MoneyAmount(minorUnits: amount, currency: route.source)
    return Double(rates.inReportingCurrency(owed).minorUnits)
  }
}
