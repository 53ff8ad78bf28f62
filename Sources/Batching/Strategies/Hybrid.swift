import Declared
import PaymentModel
import Plants
import Scenario

/// Urgent payments are settled gross and at once, the others netted at the end of each cycle.
public struct Hybrid: ConsolidatingStrategy, WindowedStrategy {
  /// `hybrid`.
  public static let name = "hybrid"
  /// One line for people.
  public static let summary = "A wire at once for each urgent payment, the rest netted by window"
  /// A page for people.
  public static let explanation = """
    A payment that must settle at once has a wire and a conversion of its own, as soon as it is \
    captured. All others wait for the end of their window and are netted, in pairs of banks or \
    over all of them.

    It pays the full price of a wire for what is urgent and saves on the rest, so that the saving \
    falls with the share of urgent payments: without any it is the netting chosen, with urgent \
    payments alone `one_wire_per_payment`. Urgent payments are never netted and never wait. With \
    `fx_netting: on` the conversions of the others offset each other over the window.

    \(WindowParameters.explanation)

    Parameters: \(WindowParameters.names), `netting`, `fx_netting`.

    The two streams of hybrid settlement systems, as described by McAndrews and Trundle, "New \
    payment system designs" (Bank of England Financial Stability Review, December 2001).
    """
  /// Those of windows, `netting` and `fx_netting`.
  public static let parameters =
    WindowParameters.all(default: defaultWindow) + [nettingParameter, ConversionNetting.parameter]

  private static let defaultWindow = Duration.seconds(4 * 3_600)
  private static let nettingParameter = ParameterDeclaration(
    name: "netting", kind: .choice(["bilateral", "multilateral"]),
    defaultValue: .choice("bilateral"), description: "How payments that are not urgent are netted")

  var cycle: SettlementCycle
  /// How payments that are not urgent are netted.
  public let netting: Netting
  /// Whether `fx_netting` is on.
  public let netsConversions: Bool

  /// The strategy; an error names a parameter that does not fit.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {
    cycle = try WindowParameters.cycle(default: Self.defaultWindow, in: parameters)
    netting =
      try Self.nettingParameter.choice(in: parameters) == "bilateral" ? .bilateral : .multilateral
    netsConversions = try ConversionNetting.isOn(in: parameters)
  }

  /// Urgent payments at once, the others at the end of each window.
  public var release: Release { .urgentOnCapture(otherwiseEvery: cycle) }

  /// The window of the capture, the banks, and the currency paid out.
  public func key(of obligation: Obligation) -> ConsolidationKey {
    ConsolidationKey(period: cycle.number(of: obligation), counterparty: obligation.route)
  }

  /// The window that the group's slot lies in, the banks, and the currency paid out.
  public func key(of group: ObligationGroup, in slots: SlotScale) -> ConsolidationKey {
    ConsolidationKey(
      period: cycle.number(of: group, in: slots), counterparty: group.route)
  }

  /// Urgent payments in the order of `pending`, then a settlement for each key of the others.
  public func plan(_ pending: [Obligation], in world: SettlementWorld) -> SettlementPlan {
    var batches: [PlannedBatch] = []
    var others: [Int] = []
    var settlements = Partition<ConsolidationKey>()
    for (position, obligation) in pending.enumerated() {
      if obligation.isUrgent {
        batches.append(PlannedBatch(single: obligation, at: position))
      } else if !planted(Plant.hybridObligationUnplanned) || position % 20 != 7 {
        others.append(position)
        settlements.append(key(of: obligation))
      }
    }
    for (key, members) in settlements.sorted() {
      append(key, members.map { others[$0] }[...], to: &batches, window: .sameDay, in: world)
    }
    return SettlementPlan(batches: batches)
  }

  /// A wire for each urgent payment, and the netted settlements of the others.
  public func tally(_ obligations: GroupedObligations, in world: SettlementWorld) -> CostTally {
    var costs = GroupPricing(in: world)
    for group in obligations.groups where group.isUrgent { costs.addSingles(group) }
    add(obligations, to: &costs, in: world) { !$0.isUrgent }
    return costs.total()
  }
}
