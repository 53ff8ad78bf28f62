@testable import Optimization

/// The least cost of a problem: every place of every payment is tried.
struct Exhaustive {
  private let problem: PlanningProblem
  private let spreads: Spreads
  private let choices: [[PlanPlacement?]]
  private var places: [PlanPlacement?] = []
  private var liquidity: [Int64]
  private var counterparties: [Int64]
  private var least = Int64.max

  /// Assignments that there are.
  var assignments: Int { choices.reduce(1) { $0 * $1.count } }

  init(_ problem: PlanningProblem) {
    self.problem = problem
    spreads = Spreads(currencies: problem.currencies, quotes: problem.quotes)
    choices = problem.payments.map { payment in
      var places: [PlanPlacement?] = [nil]
      for (position, rail) in problem.rails.enumerated()
      where rail.destinations?.contains(payment.destination) ?? true {
        for window in rail.windows where window <= payment.latest {
          places.append(PlanPlacement(window: window, rail: position))
        }
      }
      return places
    }
    liquidity = Array(repeating: 0, count: problem.currencies * 4)
    counterparties = Array(repeating: 0, count: problem.counterparties * 4)
  }

  /// Millionths of a minor unit.
  mutating func optimum() -> Int64 {
    assign(0, 0)
    return least
  }

  private mutating func assign(_ position: Int, _ ownCosts: Int64) {
    if ownCosts >= least { return }
    guard position < problem.payments.count else {
      least = min(least, ownCosts + batchCost() + conversionCost())
      return
    }
    let payment = problem.payments[position]
    for place in choices[position] {
      guard let place else {
        places.append(nil)
        assign(
          position + 1,
          ownCosts + payment.value * problem.deferralPartsPerMillion
            + problem.deferralFee * 1_000_000)
        places.removeLast()
        continue
      }
      let window = place.window.rawValue
      let (currency, other) = (payment.destination * 4 + window, payment.counterparty * 4 + window)
      liquidity[currency] += payment.value
      counterparties[other] += payment.value
      if liquidity[currency] <= problem.liquidity[payment.destination][place.window] ?? .max,
        counterparties[other]
          <= problem.counterpartyLimits[payment.counterparty][place.window] ?? .max
      {
        places.append(place)
        var cost = payment.value * problem.carryPartsPerMillion * Int64(place.window.days)
        if !problem.netsConversions {
          cost += payment.value * spreads[payment.source, payment.destination]!
        }
        assign(position + 1, ownCosts + cost)
        places.removeLast()
      }
      liquidity[currency] -= payment.value
      counterparties[other] -= payment.value
    }
  }

  private func batchCost() -> Int64 {
    var isCounted = Array(repeating: false, count: places.count)
    var cost: Int64 = 0
    for (first, place) in places.enumerated() where !isCounted[first] {
      guard let place else { continue }
      var count = 0
      for other in first..<places.count
      where places[other] == place
        && problem.payments[other].destination == problem.payments[first].destination
        && problem.payments[other].counterparty == problem.payments[first].counterparty
      {
        isCounted[other] = true
        count += 1
      }
      cost += price(problem.rails[place.rail], of: count)
    }
    return cost
  }

  /// The cheapest way to divide payments into batches.
  private func price(_ rail: PlanningRail, of count: Int) -> Int64 {
    if count == 0 { return 0 }
    var best = Int64.max
    for size in 1...min(count, problem.maximumBatch) {
      let isDiscounted = rail.earnsDiscount && size >= problem.discountMinimum
      let paid = 1_000_000 - (isDiscounted ? problem.discountPartsPerMillion : 0)
      let each = rail.fee * paid + rail.operatorFee * 1_000_000
      best = min(best, each + price(rail, of: count - size))
    }
    return best
  }

  private func conversionCost() -> Int64 {
    guard problem.netsConversions else { return 0 }
    var cost: Int64 = 0
    for days in 0...2 {
      var owed = Array(repeating: Int64(0), count: problem.currencies)
      for (payment, place) in zip(problem.payments, places) where place?.window.days == days {
        owed[payment.source] += payment.value
        owed[payment.destination] -= payment.value
      }
      cost += exchange(&owed)!
    }
    return cost
  }

  /// All vertices of the transport polytope are reached by filling one cell after the other; nil
  /// where that comes to an end between currencies that no quotes join.
  private func exchange(_ owed: inout [Int64]) -> Int64? {
    if owed.allSatisfy({ $0 == 0 }) { return 0 }
    var best: Int64?
    for from in owed.indices where owed[from] > 0 {
      for to in owed.indices where owed[to] < 0 {
        guard let spread = spreads[from, to] else { continue }
        let amount = min(owed[from], -owed[to])
        owed[from] -= amount
        owed[to] += amount
        if let rest = exchange(&owed) { best = min(best ?? .max, amount * spread + rest) }
        owed[from] += amount
        owed[to] -= amount
      }
    }
    return best
  }
}
