import Testing

@testable import Optimization

/// A change that makes settling no dearer.
struct Relief: CustomTestStringConvertible, Sendable {
  var name: String
  var apply: @Sendable (inout RoundProblem) -> Void

  init(_ name: String, _ apply: @escaping @Sendable (inout RoundProblem) -> Void) {
    self.name = name
    self.apply = apply
  }

  var testDescription: String { name }
}

@Suite("What gets looser or cheaper never raises the least cost")
struct MonotonicityTests {
  static let reliefs = [
    Relief("looser limits") { problem in
      for index in problem.limits.indices { problem.limits[index].amount *= 2 }
    },
    Relief("no limits") { $0.limits = [] },
    Relief("cheaper wires") { problem in
      for round in problem.rounds.indices {
        for currency in 0..<problem.currencies {
          problem.rounds[round].wires[currency].single *= 0.7
          problem.rounds[round].wires[currency].consolidated *= 0.7
        }
      }
    },
    Relief("a larger discount") { problem in
      for round in problem.rounds.indices {
        for currency in 0..<problem.currencies {
          problem.rounds[round].wires[currency].consolidated *= 0.5
        }
      }
    },
    Relief("a discount for fewer payments") { $0.discountMinimum = 1 },
    Relief("cheaper liquidity") { $0.liquidityPrice /= 3 },
    Relief("cheaper delay") { problem in
      for index in problem.payments.indices {
        problem.payments[index].costs = problem.payments[index].costs.map { $0.map { $0 / 2 } }
      }
    },
    Relief("cheaper to put off") { problem in
      for index in problem.payments.indices {
        problem.payments[index].deferral = problem.payments[index].deferral.map { $0 / 2 }
      }
    },
    Relief("cheaper deals") { problem in
      for date in problem.dealFees.indices {
        problem.dealFees[date] = problem.dealFees[date].map { $0 / 2 }
      }
    },
    Relief("narrower spreads where nothing is expected") { problem in
      guard problem.outcomes.isEmpty else { return }
      for index in problem.quotes.indices { problem.quotes[index].spread /= 2 }
    },
    Relief("another way") { $0.ways = RoundProblem.Way.allCases },
    Relief("larger batches") { $0.maximumBatch = 1_000 },
    Relief("positions that are settled anyway") { problem in
      problem.sunk += problem.rounds.indices.map {
        RoundProblem.Position(bank: 0, currency: 0, round: $0)
      }
    },
  ]

  @Test("in many small worlds that are solved exactly", arguments: reliefs)
  func never(relief: Relief) throws {
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
