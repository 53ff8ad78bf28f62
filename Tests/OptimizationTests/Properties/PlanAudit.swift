import Testing

@testable import Optimization

/// What must hold of a plan, found from the problem and the placements alone.
struct PlanAudit {
  let problem: PlanningProblem
  let plan: Plan
  let name: Comment

  func checkAll() {
    checkPlacements()
    checkLimits()
    checkWires()
    checkConversions()
    checkOwnCosts()
  }

  /// Payments with their places.
  private var placed: [(payment: PlanningPayment, place: PlanPlacement)] {
    zip(problem.payments, plan.placements).compactMap { payment, place in
      place.map { (payment, $0) }
    }
  }

  private func checkPlacements() {
    #expect(plan.placements.count == problem.payments.count, name)
    for (payment, place) in placed {
      let rail = problem.rails[place.rail]
      #expect(place.window <= payment.latest, name)
      #expect(rail.windows.contains(place.window), name)
      #expect(rail.destinations?.contains(payment.destination) ?? true, name)
    }
  }

  private func checkLimits() {
    for window in PlanningWindow.allCases {
      for (currency, limits) in problem.liquidity.enumerated() {
        let paid = placed.filter { $0.place.window == window && $0.payment.destination == currency }
        #expect(paid.reduce(0) { $0 + $1.payment.value } <= limits[window] ?? .max, name)
      }
      for (counterparty, limits) in problem.counterpartyLimits.enumerated() {
        let paid = placed.filter {
          $0.place.window == window && $0.payment.counterparty == counterparty
        }
        #expect(paid.reduce(0) { $0 + $1.payment.value } <= limits[window] ?? .max, name)
      }
    }
  }

  private func checkWires() {
    var carried = Array(repeating: 0, count: problem.payments.count)
    var (price, discount): (Int64, Int64) = (0, 0)
    for wire in plan.wires {
      let fee = problem.rails[wire.rail].fee
      let isDiscounted =
        problem.rails[wire.rail].earnsDiscount && wire.payments.count >= problem.discountMinimum
      #expect(!wire.payments.isEmpty && wire.payments.count <= problem.maximumBatch, name)
      #expect(wire.value == wire.payments.reduce(0) { $0 + problem.payments[$1].value }, name)
      #expect(wire.isDiscounted == isDiscounted, name)
      for position in wire.payments {
        let payment = problem.payments[position]
        carried[position] += 1
        #expect(payment.destination == wire.destination, name)
        #expect(payment.counterparty == wire.counterparty, name)
        #expect(
          plan.placements[position] == PlanPlacement(window: wire.window, rail: wire.rail), name)
      }
      price += (fee + problem.rails[wire.rail].operatorFee) * 1_000_000
      if isDiscounted { discount += fee * problem.discountPartsPerMillion }
    }
    #expect(carried == plan.placements.map { $0 == nil ? 0 : 1 }, name)
    #expect(plan.cost.wires == price && plan.cost.discount == discount, name)
  }

  /// Conversions cover what each currency lacks on each value date, over quoted pairs, and no
  /// cycle of the residual network is negative: so they are the cheapest (Klein 1967).
  private func checkConversions() {
    var cost: Int64 = 0
    for days in 0...2 {
      let conversions = plan.conversions.filter { $0.days == days }
      var owed = Array(repeating: Int64(0), count: problem.currencies)
      for (payment, place) in placed where place.window.days == days {
        owed[payment.source] += payment.value
        owed[payment.destination] -= payment.value
      }
      for conversion in conversions {
        owed[conversion.from] -= conversion.value
        owed[conversion.to] += conversion.value
        let quote = problem.quotes.first {
          ($0.first, $0.second) == (conversion.from, conversion.to)
            || ($0.second, $0.first) == (conversion.from, conversion.to)
        }
        #expect(quote != nil && conversion.value > 0, name)
        cost += conversion.value * (quote?.partsPerMillion ?? 0)
      }
      #expect(owed.allSatisfy { $0 == 0 }, name)
      if problem.netsConversions { #expect(!hasNegativeCycle(conversions), name) }
    }
    #expect(plan.cost.conversion == cost, name)
    if !problem.netsConversions {
      let spreads = Spreads(currencies: problem.currencies, quotes: problem.quotes)
      let own = placed.reduce(0) {
        $0 + $1.payment.value * spreads[$1.payment.source, $1.payment.destination]!
      }
      #expect(cost == own, name)
    }
  }

  private func hasNegativeCycle(_ conversions: [PlannedConversion]) -> Bool {
    var arcs: [(from: Int, to: Int, cost: Int64)] = []
    for quote in problem.quotes {
      arcs.append((quote.first, quote.second, quote.partsPerMillion))
      arcs.append((quote.second, quote.first, quote.partsPerMillion))
      for conversion in conversions {
        let pair = (conversion.from, conversion.to)
        if pair == (quote.first, quote.second) || pair == (quote.second, quote.first) {
          arcs.append((conversion.to, conversion.from, -quote.partsPerMillion))
        }
      }
    }
    var reach = Array(repeating: Int64(0), count: problem.currencies)
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

  private func checkOwnCosts() {
    let carry = placed.reduce(0) {
      $0 + $1.payment.value * problem.carryPartsPerMillion * Int64($1.place.window.days)
    }
    let deferral = zip(problem.payments, plan.placements).reduce(Int64(0)) { sum, entry in
      entry.1 != nil
        ? sum
        : sum + entry.0.value * problem.deferralPartsPerMillion + problem.deferralFee * 1_000_000
    }
    let parts = plan.cost
    #expect(parts.carry == carry && parts.deferral == deferral, name)
    #expect(
      parts.total == parts.conversion + parts.wires - parts.discount + carry + deferral, name)
  }
}
