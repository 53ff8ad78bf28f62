import Declared
import Scenario

/// The circulation of most value, payments in part.
public struct CirculationInParts: LiquiditySavingMechanism {
  /// `maximum_circulation`.
  public static let name = "maximum_circulation"
  /// One line for people.
  public static let summary = "The most value that circulates, payments in part where need be"
  /// A page for people.
  public static let explanation = """
    What participants owe each other is cleared as far as it goes round with the money there is, the
    largest total first and of those one of least liquidity; payments settle in part where need be,
    the earlier ones of a pair first, and out of order between different payees (Fleischman, Dini
    and Littera, Journal of Risk and Financial Management 13(12), 2020).

    No other mechanism settles more at one moment. It presupposes that payments may be split.

    Settlements count as circulation.
    """
  /// None.
  public static let parameters: [ParameterDeclaration] = []

  /// The mechanism.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {}

  /// Yes.
  public var passesOrder: Bool { true }
  /// Yes.
  public var netsInParts: Bool { true }

  /// Clears what circulates.
  public func run(in state: inout SettlementState) { _ = state.circulate() }
}
