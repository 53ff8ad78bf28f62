import Declared
import PaymentModel
import Scenario

/// Whatever a bank owes another in one currency is settled at the end of each window, whoever the
/// merchants are and whatever currency is owed.
public struct CounterpartyConsolidation: ConsolidatingStrategy, WindowedStrategy {
  /// `counterparty_consolidation`.
  public static let name = "counterparty_consolidation"
  /// One line for people.
  public static let summary =
    "A settlement per pair of banks and currency paid out at the end of each window"
  /// A page for people.
  public static let explanation = """
    All that one bank owes another and that is paid out in one currency is settled together, \
    whatever currency is owed and whoever the merchants are. It is released at the end of each \
    window.

    Against `fixed_window` it needs one wire where that needs one for each currency owed; a \
    settlement is one wire for every `settlement.maximum_batch` payments, with the consolidation \
    discount from `costs.discount_minimum` payments on. Conversions stay apart for each pair of \
    currencies. With `fx_netting: on` those of a payer offset each other over the window: it sells \
    only what it has too much of and buys only what it has too little of, over the cheapest quoted \
    pairs.

    \(WindowParameters.explanation)

    Parameters: \(WindowParameters.names), `fx_netting`.

    The counterparty batch of corporate treasuries and payment factories.
    """
  /// Those of windows, and `fx_netting`.
  public static let parameters =
    WindowParameters.all(default: defaultWindow) + [ConversionNetting.parameter]

  private static let defaultWindow = Duration.seconds(3_600)

  var cycle: SettlementCycle
  /// Whether `fx_netting` is on.
  public let netsConversions: Bool

  /// The strategy; an error names a parameter that does not fit.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {
    cycle = try WindowParameters.cycle(default: Self.defaultWindow, in: parameters)
    netsConversions = try ConversionNetting.isOn(in: parameters)
  }

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
