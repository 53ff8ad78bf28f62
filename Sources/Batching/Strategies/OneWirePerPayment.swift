import Declared
import PaymentModel
import Scenario

/// The naive way that the others are compared with: every payment and every refund has its own wire
/// and its own conversion.
public struct OneWirePerPayment: ShadowPriced {
  /// `one_wire_per_payment`.
  public static let name = "one_wire_per_payment"
  /// One line for people.
  public static let summary = "A wire for every payment as soon as it is captured"
  /// A page for people.
  public static let explanation = """
    Every payment, and every refund, is settled by itself: one wire, one conversion. It is \
    released as soon as it is captured.

    Nothing waits and nothing is saved: as many wires as payments, none of them with the \
    consolidation discount, and a spread on all turnover in foreign currency.

    It is the yardstick that savings of other strategies refer to, and what real-time gross \
    settlement of retail payments would cost.
    """
  /// None.
  public static let parameters: [ParameterDeclaration] = []

  /// The strategy; it has no parameters.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {}

  /// Each obligation by itself.
  public var release: Release { .onCapture }

  /// A batch for each obligation, in the order of `pending`.
  public func plan(_ pending: [Obligation], in world: SettlementWorld) -> SettlementPlan {
    SettlementPlan(
      batches: pending.indices.map { PlannedBatch(single: pending[$0], at: $0) })
  }

  /// As many wires as payments; nothing is netted, so all turnover is converted.
  public func tally(_ obligations: GroupedObligations, in world: SettlementWorld) -> CostTally {
    var costs = GroupPricing(in: world)
    for group in obligations.groups { costs.addSingles(group) }
    return costs.total()
  }
}
