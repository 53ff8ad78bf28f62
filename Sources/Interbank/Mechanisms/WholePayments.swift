import Declared
import Scenario

/// The set of most value, whole payments in any order.
public struct WholePayments: LiquiditySavingMechanism {
  /// `whole_payment`.
  public static let name = "whole_payment"
  /// One line for people.
  public static let summary = "The most value of whole payments in any order, at one moment"
  /// A page for people.
  public static let explanation = """
    Among all waiting payments the set of most value is searched for that settles at one moment with
    the money there is, payments whole and before others of their payers if need be. To find the
    best is NP-hard (Guentzer, Jungnickel and Leclerc, European Journal of Operational Research 106,
    1998). A queue of up to 64 payments is searched by branch and bound, and the set is the best
    one if that ends within nodes steps. A longer queue is searched by exchanges, of which each
    looks at all payments, so many that nodes payments are looked at; of more than 1,024 payments
    only the largest are exchanged.

    At each run it settles at least what gridlock_resolution would, and what the offsets of all
    payments between two participants and in circles of three and four would one after another.

    Settlements count as whole_payment.
    """
  /// See `explanation`.
  public static let parameters = [ModeParameters.nodes(default: 100_000)]

  private let nodes: Int

  /// The mechanism.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {
    nodes = try ModeParameters.nodes(default: 100_000).integer(in: parameters)
  }

  /// Yes.
  public var passesOrder: Bool { true }

  /// Settles the set.
  public func run(in state: inout SettlementState) {
    _ = state.settleWholePayments(maximumNodes: nodes)
  }
}
