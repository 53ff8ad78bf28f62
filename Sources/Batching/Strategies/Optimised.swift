import Declared
import Money
import PaymentModel
import Scenario

/// What all payers owe is planned together, round by round, at the least cost in the scenario's
/// own prices.
public struct Optimised: BatchingStrategy, WindowedStrategy {
  /// `optimised`.
  public static let name = "optimised"
  /// One line for people.
  public static let summary =
    "Decides in each round what leaves, what waits and what is netted, by the scenario's prices"
  /// A page for people.
  public static let explanation = """
    Rounds are laid out over the run: before each customers' cut-off of the rails of the \
    currencies that settle, by the latency that one instruction in 100,000 exceeds (a minute at \
    least), with two last calls after that for what comes about meanwhile; at each opening; and \
    every `grid`. There are at most 40 a day, for which the grid becomes coarser first. In a \
    round all that is pending is planned, of all payers together. What the next round would \
    make late leaves now, urgent or not. What may wait leaves or waits as the cost says; later \
    rounds are looked ahead to and bind nobody. Between rounds that leaves at once, by a wire of \
    its own, for which waiting for the next round costs more than the part of a wire that is saved \
    there in the mean, by what waits and what is expected until then, and what exchanging it by \
    itself costs more. What is expected to leave so is not counted on in rounds to come.

    First it is decided which currencies are paid out in which of the rounds to come, on what is \
    pending and what is expected by the curve of the workload, never on what will come. For each \
    currency, and for all together, that is lot sizing: an exact dynamic program over pairs of \
    rounds. Then currencies, rounds and shifts are changed one by one as long as the expected \
    cost falls. The cost is that of wires by the rail's price after the consolidation discount, \
    of operators' fees, of delay, and of exchange where what must leave finds nothing to be set \
    off against. Where nothing is known of the workload, a day like the time since the oldest \
    pending payment is expected.

    With `fx_netting: on` a payer's payments that may wait are then chosen so that what is owed \
    in each currency meets what is paid out in it: what would have to be exchanged waits, if the \
    spread that it saves, by the chance that something comes that it can be set off against, is \
    more than the delay costs until enough of that has come, and than the wires that are only sent \
    for it then. Last, in each currency every pair of banks is settled multilaterally, \
    bilaterally or gross, whichever costs least in wires and liquidity: every combination is \
    tried for up to 5 pairs, changes of one pair for up to 64, else the three ways for all alike. \
    What may settle on a later day goes by that day's rail where that saves more than the delay \
    costs.

    Every rule is priced beside it by the same estimate, followed to the end of the horizon: \
    everything in each round, in the first round of each four hours or of each day, before \
    cut-offs, and nothing before it is due. The cheapest of all is followed. Where at most 150 \
    payments may wait, and 300 are pending in all, the round is then stated as a mixed-integer \
    program: every payment, now or in up to four rounds to come, gross, bilateral or netted with \
    all, with wires, discounts, deals, spreads, delay and liquidity in the same prices, and with \
    what is expected by then as outcomes above and below the mean. Linear programs, dives and \
    branch and bound within limits of nodes look for what is cheaper there than the rule's \
    choice, also if no later wire were sent anyway; else the rule's choice stays. Where nothing \
    more is expected, the plans that all other strategies would make of what is pending are \
    priced exactly, and the cheapest is carried out.

    `plans.csv` names for each round the rule and the runner-up, what left as it was due, what \
    was held for a later round, to be set off, or for lack of money, and where there was a \
    program, what found the choice, what it costs there and the `bound` below which no choice \
    is. That is a bound of the round as it was stated. What the whole run costs at least, had all \
    transfers been known beforehand, is `plan.clairvoyant_bound`: nobody can know that, so that \
    no strategy can reach it.

    Its limits are those of the accounts. Of each bank and currency it knows balance and credit \
    within caps and limits, less the wires that are on their way; what the others pay in the same \
    round counts. What a bank lacks money for waits, the smallest payments first that are enough; \
    what may not wait goes by wires of its own, so that nothing else waits with it. What will \
    come in later is not counted on.

    All prices are those of the scenario: `costs.*`, and those of `rails`. The strategy has none \
    of its own. A deadline is kept even where missing it would be cheaper. It plans for its own \
    rounds; a change of rates that asks for a plan between them is one more round. Card payments \
    within cells are planned in rounds alone, and without a look at accounts.

    Parameters: `grid`, `fx_netting`.

    Wagner and Whitin, "Dynamic version of the economic lot size model", Management Science 5(1), \
    1958.
    """
  /// See `explanation`.
  public static let parameters = [gridParameter, ConversionNetting.parameter]

  private static let gridParameter = ParameterDeclaration(
    name: "grid", kind: .duration(.seconds(15 * 60)...(.seconds(86_400))),
    defaultValue: .duration(.seconds(3_600)),
    description: "Time between rounds besides those at cut-offs and openings, from 00:00 UTC on")

  var cycle: SettlementCycle
  private let netsConversions: Bool

  /// The strategy; an error names a parameter that does not fit.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {
    let grid = try Self.gridParameter.duration(in: parameters)
    cycle = SettlementCycle(.rounds(grid: grid.wholeNanoseconds))
    netsConversions = try ConversionNetting.isOn(in: parameters)
  }

  /// In each round, but for what is better settled at once by itself.
  public var release: Release { .whereItPays(otherwiseEvery: cycle) }

  /// It does.
  public var looksAhead: Bool { true }

  /// Whether waiting for the next round costs more than a wire of its own.
  public func leavesAtOnce(_ obligation: Obligation, in world: SettlementWorld) -> Bool {
    guard let outlook = world.outlook, cycle.ends != nil else { return false }
    return LeavingAtOnce(
      world: world, cycle: cycle, outlook: outlook, netsConversions: netsConversions
    ).pays(obligation)
  }

  /// The least cost of any plan, with exchange set off as far as `fx_netting` allows.
  public func clairvoyantBound(in world: SettlementWorld, missed: Int64) -> ClairvoyantBound? {
    world.outlook.map { _ in
      ClairvoyantBound(world, missed: missed, netsConversions: netsConversions)
    }
  }

  /// What leaves in the round; all of it where no calendar is known.
  public func plan(_ pending: [Obligation], in world: SettlementWorld) -> SettlementPlan {
    guard !pending.isEmpty else { return SettlementPlan(batches: []) }
    guard let outlook = world.outlook, cycle.ends != nil else { return atOnce(pending, world) }
    return RoundPlanner(pending, in: world, cycle, outlook, netsConversions: netsConversions)
      .plan()
  }

  /// Everything at once, as where nothing is known of when it could settle otherwise.
  private func atOnce(_ pending: [Obligation], _ world: SettlementWorld) -> SettlementPlan {
    var currencies = Partition<UInt8>()
    for obligation in pending { currencies.append(obligation.route.destination.index) }
    let wire = world.rates.inReportingCurrency(world.costs.wire).minorUnits
    let price = RoundHorizon.Price(
      SettlementOutlook.WirePrice(wire: wire, operatorFee: 0), world.costs)
    return SettlementPlan(
      batches: currencies.sorted().flatMap { _, members in
        MovingChoice(
          Array(members), of: pending, in: world, price: price, netsConversions: netsConversions
        ).best().batches
      })
  }
}
