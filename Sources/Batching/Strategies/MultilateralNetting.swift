import Declared
import PaymentModel
import Scenario

/// Every bank pays or receives, at the end of each cycle, one amount in each currency: its net
/// position against all others.
public struct MultilateralNetting: ConsolidatingStrategy, WindowedStrategy {
  /// `multilateral_netting`.
  public static let name = "multilateral_netting"
  /// One line for people.
  public static let summary =
    "One wire for the net position of each bank and currency at the end of each window"
  /// A page for people.
  public static let explanation = """
    At the end of each window all that banks owe each other in one currency is set off at once. \
    Banks that owe more than they are owed pay the difference to \
    the clearing account, and the clearing account pays the others. Without a clearing account \
    debtors pay creditors directly; if one bank pays all others, as a platform pays merchants' \
    banks, each has one wire with that bank.

    It moves the least money of all: the sum of positive positions, never more than bilateral \
    netting. It takes at most one wire for each bank and currency, which is few where everyone \
    owes \
    everyone, and can be more than bilateral netting takes where few banks owe each other \
    anything. In return a default hits all participants of a cycle. Conversions are made before \
    the amounts are set off; with `fx_netting: on` those of a payer offset each other over the \
    window.

    \(WindowParameters.explanation)

    Parameters: \(WindowParameters.names), `fx_netting`.

    Deferred net settlement as in CPMI-IOSCO, "Principles for financial market infrastructures" \
    (2012), and as operated by CLS and by automated clearing houses.
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

  /// Multilateral.
  public var netting: Netting { .multilateral }

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
