/// Judges a solution by its problem and the places of its payments alone, knowing nothing of how it
/// was found.
public struct RoundAudit {
  private let problem: RoundProblem
  private let solution: RoundSolution
  private typealias Settled = (payment: RoundProblem.Payment, place: RoundPlace)
  private let settled: [Settled]

  /// An audit of a solution.
  public init(_ solution: RoundSolution, of problem: RoundProblem) {
    self.problem = problem
    self.solution = solution
    settled = zip(problem.payments, solution.places).compactMap { payment, place in
      place.map { (payment, $0) }
    }
  }

  /// The first thing that is wrong, in words; nil if nothing is: every payment in a place that it
  /// may have, no limit exceeded, deals that even out every position, every part of the cost, and
  /// no cost below the bound.
  public func violation() -> String? {
    places() ?? limits() ?? deals() ?? costs()
  }

  private func places() -> String? {
    guard solution.places.count == problem.payments.count else {
      return "\(solution.places.count) places for \(problem.payments.count) payments"
    }
    for (index, (payment, place)) in zip(problem.payments, solution.places).enumerated() {
      if let place {
        guard problem.rounds.indices.contains(place.round), payment.costs[place.round] != nil,
          problem.ways.contains(place.way)
        else { return "payment \(index) is in round \(place.round), \(place.way)" }
      } else if payment.deferral == nil {
        return "payment \(index) is put off"
      }
    }
    return nil
  }

  private func limits() -> String? {
    for (index, limit) in problem.limits.enumerated() {
      var sum: Int64 = 0
      for (payment, place) in settled where (limit.first...limit.last).contains(place.round) {
        if let currency = limit.currency, currency != payment.destination { continue }
        let isOut =
          payment.payer == limit.bank && limit.counterparty ?? payment.payee == payment.payee
        let isIn =
          payment.payee == limit.bank && limit.counterparty ?? payment.payer == payment.payer
        switch limit.direction {
        case .out: sum += isOut ? payment.value : 0
        case .in: sum += isIn ? payment.value : 0
        case .net: sum += isOut ? payment.value : isIn ? -payment.value : 0
        }
      }
      if sum > limit.amount { return "\(sum) where limit \(index) takes \(limit.amount)" }
    }
    return nil
  }

  /// What a payer has too much of, by outcome and currency, once it has dealt.
  private func left(
    _ payer: Int, _ date: Int, _ outcome: Int?
  ) -> [Int64] {
    var left = [Int64](repeating: 0, count: problem.currencies)
    for (payment, place) in settled
    where payment.payer == payer && problem.rounds[place.round].date == date {
      left[payment.source] += payment.value
      left[payment.destination] -= payment.value
    }
    if let outcome {
      for flow in problem.outcomes[outcome].flows where flow.payer == payer && flow.date == date {
        left[flow.source] += flow.value
        left[flow.destination] -= flow.value
      }
    }
    for deal in solution.deals
    where deal.payer == payer && deal.date == date && deal.outcome == outcome {
      left[deal.from] -= deal.value
      left[deal.to] += deal.value
    }
    return left
  }

  /// Whether some outcome leaves a payer a position.
  private func isExpected(_ payer: Int, _ date: Int) -> Bool {
    problem.outcomes.contains { outcome in
      (0..<problem.currencies).contains { currency in
        outcome.flows.reduce(0) { sum, flow in
          guard flow.payer == payer, flow.date == date else { return sum }
          return sum + (flow.source == currency ? flow.value : 0)
            - (flow.destination == currency ? flow.value : 0)
        } != 0
      }
    }
  }

  private func deals() -> String? {
    guard problem.netsConversions else {
      return solution.deals.isEmpty ? nil : "deals where every payment bears its own"
    }
    for payer in 0..<problem.banks {
      for date in problem.dealFees.indices {
        let own = settled.filter {
          $0.payment.payer == payer && $0.payment.source != $0.payment.destination
            && problem.rounds[$0.place.round].date == date
        }
        let needed = Set(own.flatMap { [$0.payment.source, $0.payment.destination] })
        let dealt = solution.deals.filter { $0.payer == payer && $0.date == date }
        if needed.isEmpty, dealt.isEmpty { continue }
        let outcomes: [Int?] =
          isExpected(payer, date) ? problem.outcomes.indices.map(\.self) : [nil]
        for outcome in outcomes where left(payer, date, outcome).contains(where: { $0 != 0 }) {
          return "payer \(payer) has something left over on date \(date)"
        }
        let met = Set(dealt.flatMap { [$0.from, $0.to] })
        if problem.dealFees[date].contains(where: { $0 > 0 }), !needed.isSubset(of: met) {
          return "payer \(payer) does not deal in all that it exchanges on date \(date)"
        }
      }
    }
    return nil
  }

  private func costs() -> String? {
    let own = cost()
    let stated = solution.cost
    for (name, stated, found) in [
      ("wires", stated.wires, own.wires), ("settling", stated.settling, own.settling),
      ("deferral", stated.deferral, own.deferral), ("exchange", stated.exchange, own.exchange),
      ("fees", stated.fees, own.fees), ("liquidity", stated.liquidity, own.liquidity),
    ] where abs(stated - found) > 1e-6 * max(1, abs(found)) {
      return "\(name) of \(stated), which come to \(found)"
    }
    if let bound = solution.bound, bound > own.total + 1e-6 * max(1, own.total) {
      return "a cost of \(own.total), below the bound of \(bound)"
    }
    return nil
  }

  /// What the places and deals cost.
  public func cost() -> RoundCost {
    var cost = RoundCost()
    let spreads = Spreads(problem)
    for (payment, place) in settled { cost.settling += payment.costs[place.round] ?? 0 }
    for (payment, place) in zip(problem.payments, solution.places) where place == nil {
      cost.deferral += payment.deferral ?? 0
    }
    cost.wires = wires()
    cost.liquidity = liquidity()
    if problem.netsConversions {
      for deal in solution.deals {
        let share = deal.outcome.map { problem.outcomes[$0].probability } ?? 1
        cost.exchange += share * Double(deal.value) * spreads[deal.from, deal.to]
        let fees = problem.dealFees[deal.date]
        cost.fees += fees[deal.from] + fees[deal.to]
      }
      cost.exchange -= expected()
    } else {
      var dealt: Set<[Int]> = []
      for (payment, place) in settled where payment.source != payment.destination {
        cost.exchange += Double(payment.value) * spreads[payment.source, payment.destination]
        let fees = problem.dealFees[problem.rounds[place.round].date]
        let deal = [
          payment.payer, payment.payee, payment.source, payment.destination, place.round,
          place.way.rawValue,
        ]
        if dealt.insert(deal).inserted {
          cost.fees += fees[payment.source] + fees[payment.destination]
        }
      }
    }
    return cost
  }

  /// What is expected costs alone, for all that deal because of a payment.
  private func expected() -> Double {
    let exchange = Exchange(problem)
    var cost = 0.0
    for payer in 0..<problem.banks {
      for date in problem.dealFees.indices
      where solution.deals.contains(where: {
        $0.payer == payer && $0.date == date && $0.outcome != nil
      }) {
        for outcome in problem.outcomes {
          var positions = [Int64](repeating: 0, count: problem.currencies)
          for flow in outcome.flows where flow.payer == payer && flow.date == date {
            positions[flow.source] += flow.value
            positions[flow.destination] -= flow.value
          }
          cost += outcome.probability * exchange.spread(positions)
        }
      }
    }
    return cost
  }

  private func wires() -> Double {
    var counts: [[Int]: Int] = [:]
    for (payment, place) in settled {
      let (payer, payee, currency) = (payment.payer, payment.payee, payment.destination)
      switch place.way {
      case .gross: counts[[place.round, currency, 0, payer, payee], default: 0] += 1
      case .bilateral:
        counts[
          [place.round, currency, 1, min(payer, payee), max(payer, payee)], default: 0] += 1
      case .multilateral:
        for bank in [payer, payee]
        where bank != problem.clearingBank
          && !problem.sunk.contains(
            RoundProblem.Position(bank: bank, currency: currency, round: place.round))
        {
          counts[[place.round, currency, 2, bank], default: 0] += 1
        }
      }
    }
    var cost = 0.0
    for (wire, count) in counts.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let price = problem.rounds[wire[0]].wires[wire[1]]
      if wire[2] > 0 {
        cost += count < problem.discountMinimum ? price.single : price.consolidated
        continue
      }
      // The fewest wires, as many of them consolidated as there are payments for.
      var (left, wires) = (count, (count - 1) / problem.maximumBatch + 1)
      while wires > 0 {
        let isConsolidated =
          left >= problem.discountMinimum && problem.maximumBatch >= problem.discountMinimum
        cost += isConsolidated ? price.consolidated : price.single
        left -= problem.discountMinimum
        wires -= 1
      }
    }
    return cost
  }

  private func liquidity() -> Double {
    var most: Int64 = 0
    for bank in 0..<problem.banks where bank != problem.clearingBank {
      for currency in 0..<problem.currencies {
        for date in problem.dealFees.indices {
          var (sum, high) = (Int64(0), Int64(0))
          for round in problem.rounds.indices where problem.rounds[round].date == date {
            for (payment, place) in settled
            where place.round == round && payment.destination == currency {
              if payment.payer == bank { sum += payment.value }
              if payment.payee == bank { sum -= payment.value }
            }
            high = max(high, sum)
          }
          most += high
        }
      }
    }
    return Double(most) * problem.liquidityPrice
  }
}
