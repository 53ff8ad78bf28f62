import Testing

@testable import Optimization

/// Each price by itself: where it moves the plan, and where it ends at nothing and at a lot.
@Suite("What each price does to the plan of a round")
struct PriceEffectTests {
  /// Two banks and a clearing bank, two rounds, one payment now and one that may wait.
  private static func world(_ change: (inout RoundProblem) -> Void) -> RoundProblem {
    func payment(_ payer: Int, _ value: Int64, _ delay: Double?) -> RoundProblem.Payment {
      RoundProblem.Payment(
        payer: payer, payee: 1 - payer, source: 0, destination: 0, value: value,
        costs: [0, delay])
    }
    var problem = RoundProblem(
      payments: [payment(0, 1_000_000, nil), payment(0, 600_000, 10), payment(1, 500_000, 10)],
      banks: 3, currencies: 2,
      rounds: [0, 1].map {
        RoundProblem.Round(
          date: $0,
          wires: Array(
            repeating: RoundProblem.WirePrice(single: 500, consolidated: 425), count: 2))
      }, ways: [.bilateral], clearingBank: 2,
      quotes: [RoundProblem.Quote(first: 0, second: 1, spread: 0.001)])
    change(&problem)
    return problem
  }

  private static func solve(_ problem: RoundProblem) throws -> RoundSolution {
    let solution = try RoundSolver().solve(problem)
    #expect(solution.isComplete && RoundAudit(solution, of: problem).violation() == nil)
    return solution
  }

  private static func rounds(_ change: (inout RoundProblem) -> Void) throws -> [Int?] {
    try solve(world(change)).places.map { $0?.round }
  }

  @Test("dear wires put all payments into one, free ones let each leave when it likes")
  func wires() throws {
    #expect(try Self.rounds { _ in } == [0, 0, 0])
    // Waiting is worth ten here, as if it earned something.
    func world(_ price: Double) throws -> [Int?] {
      try Self.rounds { problem in
        for round in 0...1 {
          problem.rounds[round].wires = Array(
            repeating: RoundProblem.WirePrice(single: price, consolidated: price), count: 2)
        }
        problem.payments[1].costs = [10, 0]
        problem.payments[2].costs = [10, 0]
      }
    }
    #expect(try world(0) == [0, 1, 1])
    #expect(try world(1e6) == [0, 0, 0])
  }

  @Test("a discount that is large enough makes payments wait for each other")
  func discount() throws {
    func world(_ consolidated: Double) throws -> [Int?] {
      try Self.rounds { problem in
        for round in 0...1 { problem.rounds[round].wires[0].consolidated = consolidated }
        problem.discountMinimum = 3
        problem.payments[2].costs = [0, nil]
        problem.payments[1].costs = [90, 0]
        problem.sunk = [0, 1].map { RoundProblem.Position(bank: $0, currency: 0, round: 1) }
        problem.ways = [.bilateral, .multilateral]
      }
    }
    #expect(try world(500) == [0, 1, 0])
    #expect(try world(400) == [0, 0, 0])
    #expect(try world(0) == [0, 0, 0])
  }

  @Test("dear deals are bundled, free ones are not")
  func fees() throws {
    func world(_ fee: Double) throws -> [Int?] {
      try Self.rounds { problem in
        problem.dealFees = [[fee, fee], [fee, fee]]
        for index in 0...1 {
          problem.payments[index].destination = 1
          problem.quotes[0].spread = 0
        }
        problem.payments[1].costs = [10, 0]
        for round in 0...1 { problem.rounds[round].wires[1] = problem.rounds[0].wires[1] }
        for round in 0...1 {
          problem.rounds[round].wires[1] = RoundProblem.WirePrice(single: 0, consolidated: 0)
        }
        problem.payments[2].costs = [0, nil]
      }
    }
    #expect(try world(0) == [0, 1, 0])
    #expect(try world(4) == [0, 1, 0])
    #expect(try world(6) == [0, 0, 0])
    #expect(try world(1e6) == [0, 0, 0])
  }

  @Test("a wide spread makes a payment wait for what it can be set off against")
  func spread() throws {
    func world(_ spread: Double) throws -> [Int?] {
      try Self.rounds { problem in
        problem.quotes[0].spread = spread
        // What is owed in 0 and paid out in 1 comes back, tomorrow alone.
        problem.payments = [
          RoundProblem.Payment(
            payer: 0, payee: 1, source: 0, destination: 1, value: 100_000, costs: [0, 30]),
          RoundProblem.Payment(
            payer: 0, payee: 1, source: 1, destination: 0, value: 100_000, costs: [nil, 0]),
        ]
      }
    }
    #expect(try world(0) == [0, 1])
    #expect(try world(0.000_1) == [0, 1])
    #expect(try world(0.000_2) == [1, 1])
    #expect(try world(1) == [1, 1])
  }

  @Test("what is expected draws a payment to the date on which it can be set off")
  func expected() throws {
    func world(_ probability: Double) throws -> [Int?] {
      try Self.rounds { problem in
        problem.payments = [
          RoundProblem.Payment(
            payer: 0, payee: 1, source: 0, destination: 1, value: 100_000, costs: [0, 30])
        ]
        let back = RoundProblem.Flow(
          payer: 0, date: 1, source: 1, destination: 0, value: 200_000)
        problem.outcomes = [
          RoundProblem.Outcome(probability: probability, flows: [back]),
          RoundProblem.Outcome(probability: 1 - probability, flows: []),
        ]
      }
    }
    // It saves twice the spread of 100 where it happens: what is set off, and its own.
    #expect(try world(0.1) == [0])
    #expect(try world(0.9) == [1])
  }

  @Test("free delay waits for another wire, dear delay leaves at once")
  func delay() throws {
    func world(_ delay: Double) throws -> [Int?] {
      try Self.rounds { problem in
        problem.payments = [
          RoundProblem.Payment(
            payer: 0, payee: 1, source: 0, destination: 0, value: 100_000, costs: [0, delay]),
          RoundProblem.Payment(
            payer: 0, payee: 1, source: 0, destination: 0, value: 100_000, costs: [nil, 0]),
        ]
      }
    }
    #expect(try world(0) == [1, 1])
    #expect(try world(570) == [1, 1], "two single wires are 1,000, one of both is 425")
    #expect(try world(580) == [0, 1])
    #expect(try world(1e9) == [0, 1])
  }

  @Test("dear liquidity is recycled: a payment waits for money that comes in")
  func liquidity() throws {
    func world(_ price: Double) throws -> [Int?] {
      try Self.rounds { problem in
        problem.liquidityPrice = price
        problem.rounds[1].date = 0
        problem.payments = [
          RoundProblem.Payment(
            payer: 0, payee: 1, source: 0, destination: 0, value: 100_000, costs: [0, 700]),
          RoundProblem.Payment(
            payer: 1, payee: 0, source: 0, destination: 0, value: 100_000, costs: [nil, 0]),
        ]
        problem.ways = [.gross]
      }
    }
    #expect(try world(0) == [0, 1])
    #expect(try world(0.006) == [0, 1])
    #expect(try world(0.008) == [1, 1])
    #expect(try world(1) == [1, 1])
  }

  @Test("what is free to put off is put off, what is dear is not")
  func deferral() throws {
    func world(_ deferral: Double) throws -> [Int?] {
      try Self.rounds { problem in
        for index in problem.payments.indices { problem.payments[index].deferral = deferral }
      }
    }
    #expect(try world(0) == [nil, nil, nil])
    #expect(try world(140) == [nil, nil, nil])
    #expect(try world(150) == [0, 0, 0])
    #expect(try world(1e9) == [0, 0, 0])
  }

  @Test("a limit puts off what it leaves no room for, and a looser one does not")
  func limits() throws {
    func world(_ amount: Int64) throws -> [Int?] {
      try Self.rounds { problem in
        for index in problem.payments.indices { problem.payments[index].deferral = 1e6 }
        problem.payments[1].deferral = 1e5
        problem.limits = [
          RoundProblem.Limit(bank: 0, direction: .net, first: 0, last: 0, amount: amount)
        ]
      }
    }
    #expect(try world(0) == [nil, 1, 1])
    #expect(try world(499_999) == [nil, 0, 0])
    #expect(try world(500_000) == [0, 1, 0])
    #expect(try world(1_100_000) == [0, 0, 0])
  }
}
