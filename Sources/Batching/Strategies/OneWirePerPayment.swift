import PaymentModel
import Scenario

/// The naive way that the others are compared with: every payment and every refund has its own wire
/// and its own conversion.
public struct OneWirePerPayment: BatchingStrategy {
  /// `one_wire_per_payment`.
  public static let name = "one_wire_per_payment"
  /// One line for people.
  public static let summary = "A wire for every payment as soon as it is captured"
  /// None.
  public static let parameters: [ParameterDeclaration] = []

  /// The strategy; it has no parameters.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {}

  /// Each obligation by itself.
  public var release: Release { .onCapture }

  /// A batch for each obligation, in the order of `pending`.
  public func plan(_ pending: [Obligation], in world: SettlementWorld) -> [PlannedBatch] {
    pending.indices.map { position in
      PlannedBatch(
        merchant: pending[position].merchant, route: pending[position].route, members: [position],
        amount: pending[position].amount)
    }
  }

  /// As many wires as payments; nothing is netted, so all turnover is converted.
  public func price(
    _ obligations: GroupedObligations, in world: SettlementWorld
  ) -> StrategyCost {
    var tally = CostTally()
    for group in obligations.groups {
      tally.addWires(group.count, payments: 1, costs: world.costs)
      tally.addConversion(of: UInt64(group.turnover), on: group.route)
    }
    return tally.cost(strategy: Self.name, in: world)
  }
}
