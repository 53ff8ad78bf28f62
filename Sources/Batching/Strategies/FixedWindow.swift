import Declared
import PaymentModel
import Scenario

/// Whatever a bank owes another in a pair of currencies is settled at the end of each window,
/// whoever the merchants are.
public struct FixedWindow: ConsolidatingStrategy, WindowedStrategy {
  /// `fixed_window`.
  public static let name = "fixed_window"
  /// One line for people.
  public static let summary =
    "A settlement per pair of banks and currencies at the end of each window"
  /// A page for people.
  public static let explanation = """
    Whatever one bank owes another in one pair of currencies is settled together, whoever the \
    merchants are. It is released at the end of each window.

    A settlement is one wire for every `settlement.maximum_batch` payments, with the consolidation \
    discount from `costs.discount_minimum` payments on. Refunds are taken off before the rest is \
    converted. A longer window saves wires, down to one for each pair of banks and currencies a \
    day, and pays merchants later: half a window on average.

    \(WindowParameters.explanation)

    Parameters: \(WindowParameters.names).

    The time-triggered batch of clearing houses; a window of 24 h is the classical daily file.
    """
  /// Those of windows.
  public static let parameters = WindowParameters.all(default: defaultWindow)

  private static let defaultWindow = Duration.seconds(3_600)

  var cycle: SettlementCycle

  /// The strategy; an error names a parameter that does not fit.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {
    cycle = try WindowParameters.cycle(default: Self.defaultWindow, in: parameters)
  }

  /// Length of windows that begin at 00:00 UTC; nil for others.
  public var window: Duration? { cycle.period }

  /// At the end of each window.
  public var release: Release { .every(cycle) }

  /// The window of the capture, and the route.
  public func key(of obligation: Obligation) -> ConsolidationKey {
    ConsolidationKey(
      period: cycle.number(of: obligation), merchant: nil, route: obligation.route)
  }

  /// The window that the group's slot lies in, and the route.
  public func key(of group: ObligationGroup, in slots: SlotScale) -> ConsolidationKey {
    ConsolidationKey(
      period: cycle.number(of: group, in: slots), merchant: nil, route: group.route)
  }
}
