import PaymentModel

/// What the plans that were executed have cost: known exactly for every strategy, without a shadow
/// price.
///
/// A settlement desk adds each plan as it executes it; those of several desks are merged. The
/// result depends neither on the order nor on the portions in which plans are added.
public struct RealisedCost: Sendable, Equatable {
  private var tally = CostTally()
  /// Wires sent, by window.
  public private(set) var wiresByWindow = [Int](
    repeating: 0, count: SettlementWindow.allCases.count)
  /// Plans added.
  public private(set) var plans = 0

  /// Nothing yet.
  public init() {}

  /// Adds a plan that was executed by these wires and conversions.
  public mutating func add(
    _ plan: SettlementPlan, wires: [PlannedWire], conversions: [PlannedConversion],
    costs: CostTable
  ) {
    plans += 1
    tally.payments += plan.payments
    for wire in wires {
      tally.addWires(1, payments: wire.payments, costs: costs)
      wiresByWindow[Int(wire.window.rawValue)] += 1
    }
    for conversion in conversions { tally.add(conversion) }
  }

  /// Adds what another desk has added up.
  public mutating func merge(_ other: RealisedCost) {
    plans += other.plans
    tally.merge(other.tally)
    for window in wiresByWindow.indices { wiresByWindow[window] += other.wiresByWindow[window] }
  }

  /// Obligations settled.
  public var payments: Int { tally.payments }
  /// Wires sent.
  public var wires: Int { tally.wires }
  /// Wires that got the consolidation discount.
  public var discountedWires: Int { tally.discountedWires }

  /// The cost in the reporting currency, rounded once for each component and currency pair.
  /// - Precondition: every currency pair has a rate and a spread.
  public func cost(strategy: String, in world: SettlementWorld) -> StrategyCost {
    tally.cost(strategy: strategy, in: world)
  }
}
