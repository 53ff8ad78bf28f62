import Declared
import Scenario

/// Many payments against many between two participants.
public struct ManyToManyOffset: LiquiditySavingMechanism {
  /// `bilateral`.
  public static let name = "bilateral"
  /// One line for people.
  public static let summary =
    "Many payments against many between two participants, each pair by itself"
  /// A page for people.
  public static let explanation = """
    For each pair of participants the payments of both directions are chosen that come to the most
    value, such that whoever pays more than it receives covers the difference; they settle whole, at
    one moment, and may pass other payments of their payers. The pair that offsets most comes first,
    and what it brings in may serve the next; up to three times over all pairs.

    Of up to 64 payments of a pair the choice is the best one, if that is found within nodes steps
    of its search; else, and of more payments, a good one: all of them if the difference is covered,
    or what remains when the payments are left out that suffice at least loss, improved by
    exchanges.

    Used by: T2 (partial optimisation with bilateral sums), SimCash in its all-or-none form.

    Settlements count as bilateral.
    """
  /// See `explanation`.
  public static let parameters = [ModeParameters.nodes(default: 10_000)]

  private let nodes: Int

  /// The mechanism.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {
    nodes = try ModeParameters.nodes(default: 10_000).integer(in: parameters)
  }

  /// Yes.
  public var passesOrder: Bool { true }

  /// Offsets pair by pair.
  public func run(in state: inout SettlementState) { _ = state.offsetPairs(maximumNodes: nodes) }
}
