import Declared
import Scenario

/// The largest set that keeps the order.
public struct GridlockResolution: LiquiditySavingMechanism {
  /// `gridlock_resolution`.
  public static let name = "gridlock_resolution"
  /// One line for people.
  public static let summary = "The largest set that keeps every payer's order, at one moment"
  /// A page for people.
  public static let explanation = """
    All waiting payments are taken together, and from each payer that its receipts and its own money
    do not cover the last ones are left out until what remains is covered (Bech and Soramaki, Bank
    of Finland Discussion Paper 9/2001). What settles is the largest set, by count and by value, in
    which no payer's payment goes before an earlier one; it is found in linear time.

    A payer whose first payment is large can keep a whole circle from settling: whole_payment and
    maximum_circulation pass it.

    Settlements count as gridlock_resolution.
    """
  /// None.
  public static let parameters: [ParameterDeclaration] = []

  /// The mechanism.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {}

  /// Settles the largest set.
  public func run(in state: inout SettlementState) { _ = state.resolveGridlock() }
}
