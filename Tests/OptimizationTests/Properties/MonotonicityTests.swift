import Testing

@testable import Optimization

@Suite("What gets looser or cheaper never raises the least cost")
struct MonotonicityTests {
  static let reliefs = [
    NamedChange("looser limits") { problem in
      for index in problem.limits.indices { problem.limits[index].amount *= 2 }
    },
    NamedChange("no limits") { $0.limits = [] },
    NamedChange("cheaper wires") { problem in
      for round in problem.rounds.indices {
        for currency in 0..<problem.currencies {
          problem.rounds[round].wires[currency].single *= 0.7
          problem.rounds[round].wires[currency].consolidated *= 0.7
        }
      }
    },
    NamedChange("a larger discount") { problem in
      for round in problem.rounds.indices {
        for currency in 0..<problem.currencies {
          problem.rounds[round].wires[currency].consolidated *= 0.5
        }
      }
    },
    NamedChange("a discount for fewer payments") { $0.discountMinimum = 1 },
    NamedChange("cheaper liquidity") { $0.liquidityPrice /= 3 },
    NamedChange("cheaper delay") { problem in
      for index in problem.payments.indices {
        problem.payments[index].costs = problem.payments[index].costs.map { $0.map { $0 / 2 } }
      }
    },
    NamedChange("cheaper to put off") { problem in
      for index in problem.payments.indices {
        problem.payments[index].deferral = problem.payments[index].deferral.map { $0 / 2 }
      }
    },
    NamedChange("cheaper deals") { problem in
      for date in problem.dealFees.indices {
        problem.dealFees[date] = problem.dealFees[date].map { $0 / 2 }
      }
    },
    NamedChange("narrower spreads where nothing is expected") { problem in
      guard problem.outcomes.isEmpty else { return }
      for index in problem.quotes.indices { problem.quotes[index].spread /= 2 }
    },
    NamedChange("another way") { $0.ways = RoundProblem.Way.allCases },
    NamedChange("larger batches") { $0.maximumBatch = 1_000 },
    NamedChange("positions that are settled anyway") { problem in
      problem.sunk += problem.rounds.indices.map {
        RoundProblem.Position(bank: 0, currency: 0, round: $0)
      }
    },
  ]

  @Test("in many small worlds that are solved exactly", arguments: reliefs)
  func never(relief: NamedChange) throws {
    for seed in 1_000..<1_060 {
      let problem = randomRounds(seed: seed)
      var eased = problem
      relief.apply(&eased)
      let before = try RoundSolver().solve(problem)
      let after = try RoundSolver().solve(eased)
      #expect(before.isComplete && after.isComplete, "seed \(seed)")
      let tolerance = 1e-5 * max(1, before.cost.total)
      #expect(
        after.cost.total <= before.cost.total + tolerance,
        "seed \(seed): \(after.cost.total) after \(before.cost.total)")
    }
  }
}
