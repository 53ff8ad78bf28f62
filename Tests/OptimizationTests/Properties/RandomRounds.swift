import Testing

@testable import Optimization

/// A small problem of every kind, so small that all its solutions can be looked at.
func randomRounds(seed: Int) -> RoundProblem {
  var numbers = SplitMix(seed: seed)
  let rounds = numbers.pick(1...3)
  let currencies = numbers.pick(2...3)
  let people = numbers.pick(2...3)
  // The clearing bank may be one of those that pay.
  let clearing = numbers.pick(0...3) == 0 ? people - 1 : people
  let ways = [
    [RoundProblem.Way.gross], [.bilateral], [.multilateral], [.gross, .multilateral],
    [.bilateral, .multilateral], [.gross, .bilateral], [.gross, .bilateral, .multilateral],
  ][numbers.pick(0...6)]
  let hasLimits = numbers.pick(0...2) == 0
  let dates = (0..<rounds).map { _ in numbers.pick(0...1) }.sorted()
  let unit = [100, 10_000, 1_000_000][numbers.pick(0...2)]
  var options = 1
  var payments: [RoundProblem.Payment] = []
  while payments.count < 6 {
    let payer = numbers.pick(0...people - 1)
    let canWait = hasLimits || numbers.pick(0...3) == 0
    var costs = (0..<rounds).map { _ in
      numbers.pick(0...5) == 0
        ? nil : Double(numbers.pick(0...60)) * [0, 1, 20][numbers.pick(0...2)]
    }
    if !canWait, costs.allSatisfy({ $0 == nil }) { costs[0] = 1 }
    options *= max(1, costs.count { $0 != nil } * ways.count + (canWait ? 1 : 0))
    if options > 3_000 { break }
    payments.append(
      RoundProblem.Payment(
        payer: payer, payee: (payer + numbers.pick(1...people - 1)) % people,
        source: numbers.pick(0...currencies - 1), destination: numbers.pick(0...currencies - 1),
        value: Int64(numbers.pick(1...9) * unit / numbers.pick(1...3)), costs: costs,
        deferral: canWait ? Double(numbers.pick(0...2_000)) : nil))
  }
  var problem = RoundProblem(
    payments: payments, banks: people + 1, currencies: currencies,
    rounds: dates.map { date in
      RoundProblem.Round(
        date: date,
        wires: (0..<currencies).map { _ in
          let single = Double(numbers.pick(0...600))
          return RoundProblem.WirePrice(
            single: single, consolidated: single * Double(numbers.pick(5...10)) / 10)
        })
    }, ways: ways, clearingBank: clearing,
    quotes: (1..<currencies).map { other in
      RoundProblem.Quote(first: 0, second: other, spread: Double(numbers.pick(0...40)) / 10_000)
    }, netsConversions: numbers.pick(0...3) > 0, discountMinimum: numbers.pick(1...3),
    liquidityPrice: [0, 0.000_05, 0.001][numbers.pick(0...2)])
  addDetails(&problem, hasLimits: hasLimits, unit: unit, &numbers)
  return problem
}

private func addDetails(
  _ problem: inout RoundProblem, hasLimits: Bool, unit: Int, _ numbers: inout SplitMix
) {
  let (rounds, currencies) = (problem.rounds.count, problem.currencies)
  if numbers.pick(0...3) == 0 { problem.maximumBatch = numbers.pick(1...3) }
  let dates = problem.rounds.map(\.date).max()! + 1
  let isExpected = problem.netsConversions && numbers.pick(0...2) == 0
  problem.dealFees = (0..<dates).map { date in
    (0..<currencies).map { _ in
      isExpected && date == dates - 1 ? 0 : Double(numbers.pick(0...100))
    }
  }
  if isExpected {
    problem.outcomes = [0.25, 0.75].map { probability in
      RoundProblem.Outcome(
        probability: probability,
        flows: (0..<numbers.pick(0...2)).map { _ in
          RoundProblem.Flow(
            payer: numbers.pick(0...1), date: dates - 1, source: numbers.pick(0...currencies - 1),
            destination: numbers.pick(0...currencies - 1), value: Int64(numbers.pick(0...9) * unit))
        })
    }
  }
  if hasLimits {
    problem.limits = (0..<numbers.pick(1...3)).map { _ in
      let first = numbers.pick(0...rounds - 1)
      return RoundProblem.Limit(
        bank: numbers.pick(0...1), counterparty: numbers.pick(0...2) == 0 ? 1 : nil,
        currency: numbers.pick(0...1) == 0 ? numbers.pick(0...currencies - 1) : nil,
        direction: [.net, .out, .in][numbers.pick(0...2)], first: first,
        last: numbers.pick(first...rounds - 1), amount: Int64(numbers.pick(0...12) * unit))
    }
  }
  if numbers.pick(0...3) == 0 {
    problem.sunk = [
      RoundProblem.Position(
        bank: numbers.pick(0...1), currency: numbers.pick(0...currencies - 1),
        round: numbers.pick(0...rounds - 1))
    ]
  }
}

/// A change of a problem, with what it is called by.
struct NamedChange: CustomTestStringConvertible, Sendable {
  var name: String
  var apply: @Sendable (inout RoundProblem) -> Void

  init(_ name: String, _ apply: @escaping @Sendable (inout RoundProblem) -> Void) {
    self.name = name
    self.apply = apply
  }

  var testDescription: String { name }
}
