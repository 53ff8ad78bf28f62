import Declared
import PaymentModel
import Scenario

/// Whatever a bank owes another in a pair of currencies is settled at the end of each window,
/// whoever the merchants are.
public struct FixedWindow: ConsolidatingStrategy {
  /// `fixed_window`.
  public static let name = "fixed_window"
  /// One line for people.
  public static let summary =
    "A settlement per pair of banks and currencies at the end of each window"
  /// A page for people.
  public static let explanation = """
    Whatever one bank owes another in one pair of currencies is settled together, whoever the \
    merchants are. It is released at the end of each window; windows are aligned to 00:00 UTC.

    A settlement is one wire for every `settlement.maximum_batch` payments, with the consolidation \
    discount from `costs.discount_minimum` payments on. Refunds are taken off before the rest is \
    converted. A longer window saves wires, down to one for each pair of banks and currencies a \
    day, and pays merchants later: half a window on average.

    Parameters: `window`.

    The time-triggered batch of clearing houses; a window of 24 h is the classical daily file.
    """
  /// `window`.
  public static let parameters = [windowParameter]

  private static let windowParameter = SettlementCycle.parameter(default: .seconds(3_600))

  private let cycle: SettlementCycle

  /// The strategy with the given `window`; an error if it does not divide 24 hours.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {
    cycle = try SettlementCycle(Self.windowParameter, in: parameters)
  }

  /// Length of a window.
  public var window: Duration { cycle.window }

  /// At the end of each window.
  public var release: Release { .every(window) }

  /// The window of the capture, and the route.
  public func key(of obligation: Obligation) -> ConsolidationKey {
    ConsolidationKey(
      period: cycle.number(of: obligation), merchant: nil, route: obligation.route)
  }

  /// The window that the group's slot lies in, and the route.
  public func key(of group: ObligationGroup, slotLength: Int64) -> ConsolidationKey {
    ConsolidationKey(
      period: cycle.number(of: group, slotLength: slotLength), merchant: nil, route: group.route)
  }
}
