@testable import Optimization

/// The least cost of a small problem of up to three currencies, by looking at every solution.
struct Exhaustive {
  private let problem: RoundProblem
  private var places: [RoundPlace?] = []
  private var least = Double.infinity
  private let spread: [[Double]]

  static func leastCost(of problem: RoundProblem) -> Double {
    var search = Exhaustive(problem)
    search.look(from: 0)
    return search.least
  }

  private init(_ problem: RoundProblem) {
    self.problem = problem
    var spread = (0..<problem.currencies).map { one in
      (0..<problem.currencies).map { one == $0 ? 0 : 9.0 }
    }
    for quote in problem.quotes {
      spread[quote.first][quote.second] = quote.spread
      spread[quote.second][quote.first] = quote.spread
    }
    for one in spread.indices {
      for other in spread.indices where one != other {
        for via in spread.indices where via != one && via != other {
          spread[one][other] = min(spread[one][other], spread[one][via] + spread[via][other])
        }
      }
    }
    self.spread = spread
  }

  private mutating func look(from payment: Int) {
    guard payment < problem.payments.count else {
      if isWithinLimits { least = min(least, cost) }
      return
    }
    for round in problem.rounds.indices where problem.payments[payment].costs[round] != nil {
      for way in problem.ways {
        places.append(RoundPlace(round: round, way: way))
        look(from: payment + 1)
        places.removeLast()
      }
    }
    if problem.payments[payment].deferral != nil {
      places.append(nil)
      look(from: payment + 1)
      places.removeLast()
    }
  }

  private var settled: [(RoundProblem.Payment, RoundPlace)] {
    zip(problem.payments, places).compactMap { payment, place in place.map { (payment, $0) } }
  }

  private var isWithinLimits: Bool {
    problem.limits.allSatisfy { limit in
      var (out, into) = (Int64(0), Int64(0))
      for (payment, place) in settled
      where place.round >= limit.first && place.round <= limit.last
        && (limit.currency == nil || limit.currency == payment.destination)
      {
        let others = [nil, payment.payer, payment.payee].contains(limit.counterparty)
        if payment.payer == limit.bank, others, limit.counterparty != limit.bank {
          out += payment.value
        }
        if payment.payee == limit.bank, others, limit.counterparty != limit.bank {
          into += payment.value
        }
      }
      switch limit.direction {
      case .net: return out - into <= limit.amount
      case .out: return out <= limit.amount
      case .in: return into <= limit.amount
      }
    }
  }

  private var cost: Double {
    var cost = 0.0
    for (payment, place) in zip(problem.payments, places) {
      cost += place.map { payment.costs[$0.round]! } ?? payment.deferral!
    }
    for round in problem.rounds.indices { cost += wires(in: round) }
    for payer in 0..<problem.banks {
      for date in problem.dealFees.indices {
        cost += exchange(of: payer, on: date) + liquidity(of: payer, on: date)
      }
    }
    return cost
  }

  private func wires(in round: Int) -> Double {
    var cost = 0.0
    for currency in 0..<problem.currencies {
      let own = settled.filter { $0.1.round == round && $0.0.destination == currency }
      let price = problem.rounds[round].wires[currency]
      func wire(_ count: Int) -> Double {
        count == 0 ? 0 : count < problem.discountMinimum ? price.single : price.consolidated
      }
      for one in 0..<problem.banks {
        let net = own.filter {
          $0.1.way == .multilateral && [$0.0.payer, $0.0.payee].contains(one)
        }
        let isSunk = problem.sunk.contains {
          $0.bank == one && $0.currency == currency && $0.round == round
        }
        if one != problem.clearingBank, !isSunk { cost += wire(net.count) }
        for other in 0..<problem.banks where other != one {
          let pair = own.filter { $0.0.payer == one && $0.0.payee == other }
          cost += gross(pair.count { $0.1.way == .gross }, price)
          if one < other {
            let back = own.filter { $0.0.payer == other && $0.0.payee == one }
            cost += wire((pair + back).count { $0.1.way == .bilateral })
          }
        }
      }
    }
    return cost
  }

  /// The cheapest way to make gross wires of so many payments.
  private func gross(_ count: Int, _ price: RoundProblem.WirePrice) -> Double {
    if count == 0 { return 0 }
    return (1...min(count, problem.maximumBatch)).map { size in
      (size < problem.discountMinimum ? price.single : price.consolidated)
        + gross(count - size, price)
    }.min()!
  }

  private func liquidity(of bank: Int, on date: Int) -> Double {
    if bank == problem.clearingBank { return 0 }
    var cost = 0.0
    for currency in 0..<problem.currencies {
      var most: Int64 = 0
      for last in problem.rounds.indices where problem.rounds[last].date == date {
        var sum: Int64 = 0
        for (payment, place) in settled
        where place.round <= last && problem.rounds[place.round].date == date
          && payment.destination == currency
        {
          if payment.payer == bank { sum += payment.value }
          if payment.payee == bank { sum -= payment.value }
        }
        most = max(most, sum)
      }
      cost += Double(most) * problem.liquidityPrice
    }
    return cost
  }

  private func exchange(of payer: Int, on date: Int) -> Double {
    let own = settled.filter {
      $0.0.payer == payer && problem.rounds[$0.1.round].date == date
        && $0.0.source != $0.0.destination
    }
    if own.isEmpty { return 0 }
    let fees = problem.dealFees[date]
    guard problem.netsConversions else {
      var cost = 0.0
      var dealt: [[Int]] = []
      for (payment, place) in own {
        cost += Double(payment.value) * spread[payment.source][payment.destination]
        let deal = [
          payment.payee, payment.source, payment.destination, place.round, place.way.rawValue,
        ]
        if dealt.contains(deal) { continue }
        dealt.append(deal)
        cost += fees[payment.source] + fees[payment.destination]
      }
      return cost
    }
    var positions = Array(repeating: 0.0, count: 3)
    var touched: Set<Int> = []
    for (payment, _) in own {
      positions[payment.source] += Double(payment.value)
      positions[payment.destination] -= Double(payment.value)
      touched.formUnion([payment.source, payment.destination])
    }
    if problem.outcomes.isEmpty { return deals(positions, touched, payer, date) }
    return problem.outcomes.reduce(0) { sum, outcome in
      var (all, alone) = (positions, Array(repeating: 0.0, count: 3))
      for flow in outcome.flows where flow.payer == payer && flow.date == date {
        for (currency, sign) in [(flow.source, 1.0), (flow.destination, -1.0)] {
          all[currency] += sign * Double(flow.value)
          alone[currency] += sign * Double(flow.value)
        }
      }
      let more = deals(all, touched, payer, date) - deals(alone, [], payer, date)
      return sum + outcome.probability * more
    }
  }

  /// The cheapest deals: on the pairs 0-1, 1-2 and 0-2, one of which is always without a deal.
  private func deals(
    _ positions: [Double], _ touched: Set<Int>, _ payer: Int, _ date: Int
  ) -> Double {
    let fees = problem.dealFees[date]
    var possible: Set<Int> = []
    for payment in problem.payments
    where payment.payer == payer && payment.source != payment.destination
      && problem.rounds.indices.contains(where: {
        payment.costs[$0] != nil && problem.rounds[$0].date == date
      })
    {
      possible.formUnion([payment.source, payment.destination])
    }
    let hasFees = fees.contains { $0 > 0 }
    // What goes from 0 to 1, from 1 to 2 and from 0 to 2, with nothing on one of them.
    let candidates = [
      [positions[0], -positions[2], 0], [0, positions[1], positions[0]],
      [-positions[1], 0, -positions[2]],
    ]
    var least = Double.infinity
    for flows in candidates {
      for opened in 0..<8 {
        var cost = 0.0
        var met: Set<Int> = []
        var isPossible = true
        for (pair, (one, other)) in [(0, 1), (1, 2), (0, 2)].enumerated() {
          if opened >> pair & 1 == 0 {
            if flows[pair] != 0 { isPossible = false }
            continue
          }
          guard other < problem.currencies, !hasFees || possible.isSuperset(of: [one, other])
          else {
            isPossible = false
            continue
          }
          met.formUnion([one, other])
          cost += abs(flows[pair]) * spread[one][other] + fees[one] + fees[other]
        }
        if isPossible, !hasFees || met.isSuperset(of: touched) { least = min(least, cost) }
      }
    }
    return least
  }
}
