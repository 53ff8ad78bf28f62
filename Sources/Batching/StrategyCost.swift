import Money
import PaymentModel

/// What a strategy costs on a set of obligations, in the reporting currency.
public struct StrategyCost: Sendable, Equatable {
  /// Name of the strategy.
  public var strategy: String
  /// Obligations priced.
  public var payments: Int
  /// Wires sent.
  public var wires: Int
  /// Wires that got the consolidation discount.
  public var discountedWires: Int
  /// Price of the wires before the discount.
  public var grossWireCost: MoneyAmount
  /// What the discount takes off the wires.
  public var discount: MoneyAmount
  /// Spread on what was converted, before the discount.
  public var spreadCost: MoneyAmount
  /// What the discount takes off the spread; zero if its base is the wire alone.
  public var spreadDiscount: MoneyAmount

  /// Price of the wires, discount taken off.
  public var wireCost: MoneyAmount { grossWireCost - discount }

  /// Price of the conversions, discount taken off.
  public var exchangeCost: MoneyAmount { spreadCost - spreadDiscount }

  /// Wires and spread together, discounts taken off.
  public var total: MoneyAmount { wireCost + exchangeCost }

  /// What a plan of `pending` costs before any fee is charged to payees.
  ///
  /// Every gross batch counts as a wire, even one that pays out nothing because its refunds are as
  /// large as its payments: grouped obligations, whose price is to be the same, do not show that.
  /// - Precondition: the parts of a settlement stand one after the other; every currency pair has a
  ///   rate and a spread.
  public init(
    strategy: String, pricing plan: SettlementPlan, _ pending: [Obligation],
    in world: SettlementWorld
  ) {
    var tally = CostTally()
    tally.payments = plan.payments
    let payouts = Payouts.beforeFees(of: plan, pending, in: world)
    let wires = Wires.of(plan, payouts: payouts, clearingBank: world.clearingBank)
    for wire in wires { tally.addWires(1, payments: wire.payments, costs: world.costs) }
    for (batch, payout) in zip(plan.batches, payouts) where batch.netting == .gross && payout == 0 {
      tally.addWires(1, payments: batch.members.count, costs: world.costs)
    }
    for conversion in Conversions.of(plan, pending, in: world) { tally.add(conversion) }
    self = tally.cost(strategy: strategy, in: world)
  }

  /// A cost with all its parts, the amounts in the reporting currency.
  public init(
    strategy: String, payments: Int, wires: Int, discountedWires: Int, grossWireCost: MoneyAmount,
    discount: MoneyAmount, spreadCost: MoneyAmount, spreadDiscount: MoneyAmount
  ) {
    self.strategy = strategy
    self.payments = payments
    self.wires = wires
    self.discountedWires = discountedWires
    self.grossWireCost = grossWireCost
    self.discount = discount
    self.spreadCost = spreadCost
    self.spreadDiscount = spreadDiscount
  }
}
