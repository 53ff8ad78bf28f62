/// Judges a plan by its problem and the places of its payments alone, knowing nothing of how it was
/// found.
public struct PlanAudit {
  private let problem: PlanningProblem
  private let plan: Plan
  /// Payments with their places.
  private let located: [Located]

  private struct Located {
    var payment: PlanningPayment
    var place: PlanPlacement
  }

  /// An audit of a plan.
  public init(_ plan: Plan, of problem: PlanningProblem) {
    self.problem = problem
    self.plan = plan
    located = zip(problem.payments, plan.placements).compactMap { payment, place in
      place.map { Located(payment: payment, place: $0) }
    }
  }

  /// The first thing that is wrong, in words; nil if nothing is: every payment in a place that it
  /// may have, no limit exceeded, wires that carry just the payments located, the cheapest exchange
  /// that covers what each currency lacks, every part of the cost, a cost that is neither above the
  /// greedy plan's nor below the bound.
  ///
  /// O(n) in payments, beside the currencies' exchange.
  public func violation() -> String? {
    placements() ?? limits() ?? wires() ?? conversions() ?? costs()
  }

  private func placements() -> String? {
    if plan.placements.count != problem.payments.count {
      return "\(plan.placements.count) places for \(problem.payments.count) payments"
    }
    for entry in located {
      let (payment, place) = (entry.payment, entry.place)
      let rail = problem.rails[place.rail]
      guard
        place.window <= payment.latest, rail.windows.contains(place.window),
        rail.destinations?.contains(payment.destination) ?? true
      else { return "\(payment) is in \(place.window) on rail \(place.rail)" }
    }
    return nil
  }

  private func limits() -> String? {
    let windows = PlanningWindow.allCases.count
    var paidOut = [Int64](repeating: 0, count: problem.currencies * windows)
    var paid = [Int64](repeating: 0, count: problem.counterparties * windows)
    for entry in located {
      let (payment, place) = (entry.payment, entry.place)
      paidOut[payment.destination * windows + place.window.rawValue] += payment.value
      paid[payment.counterparty * windows + place.window.rawValue] += payment.value
    }
    for (sums, limits, what) in [
      (paidOut, problem.liquidity, "currency"), (paid, problem.counterpartyLimits, "counterparty"),
    ] {
      for (index, sum) in sums.enumerated() {
        let window = PlanningWindow.allCases[index % windows]
        guard let limit = limits[index / windows][window], sum > limit else { continue }
        return "\(sum) of \(what) \(index / windows) in \(window), which takes \(limit)"
      }
    }
    return nil
  }

  private func wires() -> String? {
    var carried = [Int](repeating: 0, count: problem.payments.count)
    var (price, discount): (Int64, Int64) = (0, 0)
    for wire in plan.wires {
      let rail = problem.rails[wire.rail]
      let earns = rail.earnsDiscount && wire.payments.count >= problem.discountMinimum
      let value = wire.payments.reduce(0) { $0 + problem.payments[$1].value }
      guard
        (1...problem.maximumBatch).contains(wire.payments.count), wire.value == value,
        wire.isDiscounted == earns
      else { return "a wire of \(wire.value) for \(wire.payments.count) payments of \(value)" }
      for position in wire.payments {
        let payment = problem.payments[position]
        carried[position] += 1
        guard
          payment.destination == wire.destination, payment.counterparty == wire.counterparty,
          plan.placements[position] == PlanPlacement(window: wire.window, rail: wire.rail)
        else { return "payment \(position) is on another wire than its own" }
      }
      price += (rail.fee + rail.operatorFee) * 1_000_000
      if earns { discount += rail.fee * problem.discountPartsPerMillion }
    }
    if let wrong = zip(carried, plan.placements).enumerated().first(where: {
      $1.0 != ($1.1 == nil ? 0 : 1)
    }) {
      return "payment \(wrong.offset) is on \(carried[wrong.offset]) wires"
    }
    return differs("wires", plan.cost.wires, price)
      ?? differs("discount", plan.cost.discount, discount)
  }

  /// Conversions cover what each currency lacks on each value date, over quoted pairs, and no
  /// cycle of the residual network is negative: so they are the cheapest (Klein 1967).
  private func conversions() -> String? {
    var cost: Int64 = 0
    for days in 0...PlanningWindow.secondDay.days {
      let conversions = plan.conversions.filter { $0.days == days }
      var owed = [Int64](repeating: 0, count: problem.currencies)
      for entry in located where entry.place.window.days == days {
        owed[entry.payment.source] += entry.payment.value
        owed[entry.payment.destination] -= entry.payment.value
      }
      for conversion in conversions {
        owed[conversion.from] -= conversion.value
        owed[conversion.to] += conversion.value
        guard let spread = spread(conversion), conversion.value > 0 else {
          return "an exchange of \(conversion.value) between a pair without a quote"
        }
        cost += conversion.value * spread
      }
      if let currency = owed.firstIndex(where: { $0 != 0 }) {
        return "\(owed[currency]) of currency \(currency) are left over in \(days) days"
      }
      if problem.netsConversions, hasNegativeCycle(conversions) {
        return "a cheaper exchange in \(days) days"
      }
    }
    if !problem.netsConversions {
      let graph = ConversionGraph(currencies: problem.currencies, quotes: problem.quotes)
      let own = located.reduce(0) {
        $0 + $1.payment.value * graph.distance($1.payment.source, $1.payment.destination)
      }
      if cost != own { return "exchange of \(cost), where the payments' own is \(own)" }
    }
    return differs("conversion", plan.cost.conversion, cost)
  }

  private func spread(_ conversion: PlannedConversion) -> Int64? {
    problem.quotes.first {
      ($0.first, $0.second) == (conversion.from, conversion.to)
        || ($0.second, $0.first) == (conversion.from, conversion.to)
    }?.partsPerMillion
  }

  private func hasNegativeCycle(_ conversions: [PlannedConversion]) -> Bool {
    var arcs = problem.quotes.flatMap { quote in
      [
        (from: quote.first, to: quote.second, cost: quote.partsPerMillion),
        (from: quote.second, to: quote.first, cost: quote.partsPerMillion),
      ]
    }
    for conversion in conversions {
      arcs.append((conversion.to, conversion.from, -(spread(conversion) ?? 0)))
    }
    var reach = [Int64](repeating: 0, count: problem.currencies)
    for _ in 0..<problem.currencies {
      var isChanged = false
      for arc in arcs where reach[arc.from] + arc.cost < reach[arc.to] {
        reach[arc.to] = reach[arc.from] + arc.cost
        isChanged = true
      }
      if !isChanged { return false }
    }
    return true
  }

  private func costs() -> String? {
    let carry = located.reduce(0) {
      $0 + $1.payment.value * problem.carryPartsPerMillion * Int64($1.place.window.days)
    }
    var deferral: Int64 = 0
    for (payment, place) in zip(problem.payments, plan.placements) where place == nil {
      deferral += payment.value * problem.deferralPartsPerMillion + problem.deferralFee * 1_000_000
    }
    if let wrong = differs("carry", plan.cost.carry, carry)
      ?? differs("deferral", plan.cost.deferral, deferral)
    {
      return wrong
    }
    if plan.cost.total > plan.greedyCost {
      return "a cost of \(plan.cost.total), dearer than the greedy plan's \(plan.greedyCost)"
    }
    // The linear program knows its bound to nine figures or so.
    let total = Double(plan.cost.total) / 1e6
    if let bound = plan.lowerBound, bound > total + 1e-7 * max(1, total) {
      return "a cost of \(total), below the bound of \(bound)"
    }
    return nil
  }

  private func differs(_ part: String, _ stated: Int64, _ found: Int64) -> String? {
    stated == found ? nil : "\(part) of \(stated), which come to \(found)"
  }
}
