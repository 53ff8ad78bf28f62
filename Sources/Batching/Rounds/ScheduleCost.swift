/// What following a schedule to the end of the horizon is expected to cost, in minor units of the
/// reporting currency.
///
/// In a round that pays out a currency all that waits in it leaves, where exchange is netted so
/// far as its source is paid out too: the rest waits for something to be set off against.
/// Elsewhere only that leaves which the next round would make late, by the cheaper of single wires
/// and net positions, and pays the spread where nothing that leaves can be set off against it.
struct ScheduleCost {
  let horizon: RoundHorizon
  let flows: RoundFlows
  let netsConversions: Bool
  /// What a unit of value costs each nanosecond that it waits.
  let delayRate: Double
  private let sums: FlowSums
  private let wires: ExpectedWires

  init(
    _ horizon: RoundHorizon, _ flows: RoundFlows, netsConversions: Bool, delayRate: Double
  ) {
    self.horizon = horizon
    self.flows = flows
    self.netsConversions = netsConversions
    self.delayRate = delayRate
    wires = ExpectedWires(banks: flows.banks)
    sums = FlowSums(flows, rounds: horizon.count, currencies: horizon.currencies.count)
  }

  /// The cost of a schedule over all rounds; the last pays out everything.
  func total(_ schedule: RoundSchedule) -> Double {
    flows.atOnce
      + cost(0...horizon.count - 1, only: nil) { round, currency in
        round == horizon.count - 1 || schedule[round, currency]
      }
  }

  /// The cost of what arrives in some rounds, for one currency paid out or for all.
  func cost(
    _ rounds: ClosedRange<Int>, only: Int?, isOpen: (Int, Int) -> Bool
  ) -> Double {
    let size = horizon.currencies.count
    var since = [Int](repeating: rounds.lowerBound, count: size * size)
    var cost = 0.0
    var open = [Bool](repeating: false, count: size)
    for round in rounds {
      for currency in open.indices { open[currency] = isOpen(round, currency) }
      cost += leave(round, &since, open, only: only, isLast: round == horizon.count - 1)
    }
    return cost
  }

  /// What leaves in a round costs.
  ///
  /// - Parameter since: by cell, the first round whose arrivals still wait.
  private func leave(
    _ round: Int, _ since: inout [Int], _ open: [Bool], only: Int?, isLast: Bool
  ) -> Double {
    let size = horizon.currencies.count
    var cost = 0.0
    var crossing = 0.0
    var involved = 0
    for destination in 0..<size where only == nil || destination == only {
      var leaving = 0.0
      let arrival = Double(horizon.arrivals[destination][round])
      for source in 0..<size {
        let cell = source * size + destination
        let isFree =
          isLast
          || open[destination]
            && (source == destination || !netsConversions || open[source] || only != nil)
        let sum = sums.leaving(cell, in: round, since: since[cell], all: isFree)
        if isFree { since[cell] = round + 1 }
        guard sum.count > 0 else { continue }
        leaving += sum.count
        cost += max(0, sum.value * arrival - sum.moment) * delayRate
        if source != destination {
          crossing += sum.count
          if netsConversions, only == nil, !open[source], !isLast {
            cost += sum.value * horizon.spreads[cell]
          }
        }
      }
      guard leaving > 0 else { continue }
      involved += 1
      let price = horizon.prices[destination]
      cost += min(wires.of(leaving) * price.consolidated, leaving * price.single)
    }
    return cost + deals(crossing, involved, only: only)
  }

  /// What operators charge for the deals of a round: payers even out what they have of each
  /// currency involved.
  private func deals(_ crossing: Double, _ involved: Int, only: Int?) -> Double {
    guard crossing > 0, netsConversions, only == nil else { return 0 }
    let fee = horizon.prices.reduce(0) { $0 + $1.operatorFee } / Double(horizon.prices.count)
    return min(crossing, flows.payers * Double(max(1, involved - 1))) * 2 * fee
  }
}
