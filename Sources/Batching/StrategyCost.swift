import Money
import PaymentModel

/// What a strategy costs on a set of obligations, in the reporting currency.
public struct StrategyCost: Sendable, Equatable {
  /// Name of the strategy.
  public var strategy: String
  /// Obligations priced.
  public var payments: Int
  /// Instructions sent.
  public var wires: Int
  /// Instructions that got the consolidation discount.
  public var discountedWires: Int
  /// Price of the instructions, discount taken off.
  public var wireCost: MoneyAmount
  /// Spread on what was converted.
  public var spreadCost: MoneyAmount

  /// Wires and spread together.
  public var total: MoneyAmount { wireCost + spreadCost }

  /// What a plan costs.
  /// - Precondition: the batches stand as planned, the parts of a settlement one after the other;
  ///   every currency pair has a rate and a spread.
  public init(strategy: String, pricing plan: [PlannedBatch], in world: SettlementWorld) {
    var tally = CostTally()
    var start = plan.startIndex
    while start < plan.endIndex {
      let next = plan[(start + 1)...].firstIndex { $0.part == 0 } ?? plan.endIndex
      for batch in plan[start..<next] {
        tally.addWire(payments: batch.members.count, costs: world.costs)
      }
      let net = plan[start..<next].reduce(0) { $0 + $1.amount }
      tally.addConversion(of: net.magnitude, on: plan[start].route)
      start = next
    }
    self = tally.cost(strategy: strategy, in: world)
  }

  init(
    strategy: String, payments: Int, wires: Int, discountedWires: Int, wireCost: MoneyAmount,
    spreadCost: MoneyAmount
  ) {
    self.strategy = strategy
    self.payments = payments
    self.wires = wires
    self.discountedWires = discountedWires
    self.wireCost = wireCost
    self.spreadCost = spreadCost
  }
}
