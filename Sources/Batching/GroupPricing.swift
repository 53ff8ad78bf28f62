import Money
import PaymentModel

/// Prices settlements that are known by their sums alone, by the rules that `Wires` and
/// `Conversions` apply to plans.
struct GroupPricing {
  private let world: SettlementWorld
  private var tally = CostTally()
  private var flows: [NettingEntry] = []
  private var positions = PayerPositions()

  init(in world: SettlementWorld) { self.world = world }

  /// Adds the settlement of a key with so many payments.
  mutating func addSettlement(
    _ key: ConsolidationKey, payments: Int, sums: SourceSums, netting: Netting,
    netsConversions: Bool
  ) {
    tally.payments += payments
    if netting == .gross {
      let (full, rest) = payments.quotientAndRemainder(dividingBy: world.maximumBatch)
      tally.addWires(full, payments: world.maximumBatch, costs: world.costs)
      if rest > 0 { tally.addWires(1, payments: rest, costs: world.costs) }
    } else {
      let batch = PlannedBatch(
        payer: key.payer, payee: key.payee, currency: key.currency, members: [],
        netting: netting, cycle: key.period)
      var flow = NettingEntry(
        batch, position: flows.count,
        amount: sums.converted(to: key.currency, by: world.rates))
      flow.payments = payments
      flows.append(flow)
    }
    for (source, amount) in sums.sums {
      if netsConversions {
        positions.add(
          amount, of: source, to: key.currency, payer: key.payer, cycle: key.period, valueDays: 0)
      } else {
        tally.addConversion(of: amount.magnitude, from: source, to: key.currency)
      }
    }
  }

  /// Adds obligations of which each has a wire and a conversion of its own.
  mutating func addSingles(_ group: ObligationGroup) {
    tally.payments += group.count
    tally.addWires(group.count, payments: 1, costs: world.costs)
    tally.addConversion(
      of: UInt64(group.turnover), from: group.route.source, to: group.route.destination)
  }

  /// What all of it costs.
  func cost(strategy: String) -> StrategyCost {
    var tally = tally
    for wire in NettingSets(flows).wires(clearingBank: world.clearingBank) {
      tally.addWires(1, payments: wire.payments, costs: world.costs)
    }
    for conversion in positions.conversions(by: world.rates) { tally.add(conversion) }
    return tally.cost(strategy: strategy, in: world)
  }
}
