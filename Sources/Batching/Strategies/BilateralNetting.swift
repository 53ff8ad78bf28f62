import Declared
import PaymentModel
import Scenario

/// What two banks owe each other in one currency is set off at the end of each cycle; one wire
/// moves the difference.
public struct BilateralNetting: ConsolidatingStrategy, WindowedStrategy {
  /// `bilateral_netting`.
  public static let name = "bilateral_netting"
  /// One line for people.
  public static let summary =
    "One wire for the net of each pair of banks and currency at the end of each window"
  /// A page for people.
  public static let explanation = """
    What two banks owe each other, in both directions, and pay out in one currency is set off at \
    the end of each window. One wire moves the difference, and \
    none if they are even.

    It never takes more wires, and never moves more money, than a wire for each batch. What it \
    saves depends on how much flows both ways: nothing in a one-way flow such as payouts to \
    merchants, where it equals `counterparty_consolidation` but for the limit of \
    `settlement.maximum_batch`, which does not hold for a net amount. In return a day's payments \
    wait for the end of their window, and each bank carries the other's credit risk until then. \
    Conversions are made before the amounts are set off; with `fx_netting: on` those of a payer \
    offset each other over the window.

    \(WindowParameters.explanation)

    Parameters: \(WindowParameters.names), `fx_netting`.

    Bilateral netting as in BIS, "Delivery versus payment in securities settlement systems" \
    (1992), and CPMI-IOSCO, "Principles for financial market infrastructures" (2012), glossary.
    """
  /// Those of windows, and `fx_netting`.
  public static let parameters =
    WindowParameters.all(default: defaultWindow) + [ConversionNetting.parameter]

  private static let defaultWindow = Duration.seconds(4 * 3_600)

  var cycle: SettlementCycle
  /// Whether `fx_netting` is on.
  public let netsConversions: Bool

  /// The strategy; an error names a parameter that does not fit.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {
    cycle = try WindowParameters.cycle(default: Self.defaultWindow, in: parameters)
    netsConversions = try ConversionNetting.isOn(in: parameters)
  }

  /// Bilateral.
  public var netting: Netting { .bilateral }

  /// At the end of each window.
  public var release: Release { .every(cycle) }

  /// The window of the capture, the banks, and the currency paid out.
  public func key(of obligation: Obligation) -> ConsolidationKey {
    ConsolidationKey(period: cycle.number(of: obligation), counterparty: obligation.route)
  }

  /// The window that the group's slot lies in, the banks, and the currency paid out.
  public func key(of group: ObligationGroup, in slots: SlotScale) -> ConsolidationKey {
    ConsolidationKey(
      period: cycle.number(of: group, in: slots), counterparty: group.route)
  }
}
