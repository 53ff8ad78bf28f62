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

  /// What a plan of `pending` costs, of which `fees` are kept, one for each; no fees if there are
  /// none.
  /// - Precondition: the parts of a settlement stand one after the other; every currency pair has a
  ///   rate and a spread.
  public init(
    strategy: String, pricing plan: SettlementPlan, _ pending: [Obligation], fees: [Int64] = [],
    in world: SettlementWorld
  ) {
    var tally = CostTally()
    tally.add(plan, pending, fees: fees, in: world)
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
