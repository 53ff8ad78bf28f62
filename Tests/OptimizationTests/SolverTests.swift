import Testing

@testable import Optimization

@Suite("The search: programs, limits of work, audits")
struct SolverTests {
  @Test("whole counts of wires: the optimum of a knapsack by hand, and nothing below a cut-off")
  func knapsack() {
    // Least 3x + 4y with 2x + 3y >= 7, whole numbers: x = 2, y = 1 costs 10.
    var program = SparseProgram()
    let row = program.addRow(lower: 7, upper: .infinity)
    let x = program.addColumn(upper: 10, cost: 3, [(row, 2)])
    let y = program.addColumn(upper: 10, cost: 4, [(row, 3)])
    let solution = IntegerProgram.solve(program, integers: [x, y], nodeLimit: 100, relativeGap: 0)
    #expect(solution.isComplete)
    #expect(solution.values.map { [$0[x].rounded(), $0[y].rounded()] } == [2, 1])
    #expect(abs(solution.bound - 10) < 1e-6)
    let none = IntegerProgram.solve(
      program, integers: [x, y], cutOff: 9.9, nodeLimit: 100, relativeGap: 0)
    #expect(none.isComplete && none.values == nil)
  }

  private static func instance(_ seed: UInt64) -> RoundProblem {
    var instance = RoundInstance()
    instance.payments = 60
    return instance.problem(seed: seed)
  }

  @Test("more work is never dearer, raises the bound, and every solution passes the audit")
  func effort() throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      let problem = Self.instance(seed)
      var none = RoundOptions()
      (none.linearPrograms, none.nodes) = (1, 0)
      let solutions = try [none, .brief, RoundOptions()].map { try RoundSolver($0).solve(problem) }
      for (less, more) in zip(solutions, solutions.dropFirst()) {
        #expect(more.cost.total <= less.cost.total + 1e-6, "seed \(seed)")
        #expect(try #require(more.bound) >= #require(less.bound) - 1e-6, "seed \(seed)")
      }
      for solution in solutions {
        #expect(RoundAudit(solution, of: problem).violation() == nil, "seed \(seed)")
      }
      #expect(solutions[0].linearPrograms <= 2 && solutions[0].nodes == 0)
    }
  }

  @Test("a solution that is given is never made dearer, and is priced as the audit prices it")
  func given() throws {
    let problem = Self.instance(9)
    let start = problem.payments.map { _ in RoundPlace(round: 0, way: .gross) }
    let priced = try #require(try RoundSolver().price(start, of: problem))
    #expect(RoundAudit(priced, of: problem).violation() == nil)
    let solution = try RoundSolver(.brief).solve(problem, from: start)
    #expect(solution.cost.total < priced.cost.total)
    var late = start
    late[0].round = 7
    #expect(try RoundSolver().price(late, of: problem) == nil)
  }

  @Test("limits of work are told")
  func told() throws {
    var options = RoundOptions()
    (options.linearPrograms, options.nodes) = (2, 1)
    let cut = try RoundSolver(options).solve(Self.instance(3))
    #expect(cut.fallback != nil || cut.isComplete)
    options.choices = 0
    options.nodes = 5
    let closed = try RoundSolver(options).solve(Self.instance(3))
    #expect(closed.isComplete || closed.fallback?.contains("whole numbers") == true)
  }

  @Test("the audit names what is wrong with a solution")
  func audit() throws {
    let problem = randomRounds(seed: 3)
    let sound = try RoundSolver().solve(problem)
    #expect(RoundAudit(sound, of: problem).violation() == nil)
    let instance = Self.instance(1)
    let solved = try RoundSolver(.brief).solve(instance)
    func verdict(_ change: (inout RoundSolution) -> Void) -> String {
      var changed = solved
      change(&changed)
      return RoundAudit(changed, of: instance).violation() ?? "nothing"
    }
    #expect(verdict { $0.places.removeLast() }.contains("59 places"))
    #expect(verdict { $0.places[0] = nil }.contains("is put off"))
    #expect(verdict { $0.places[0] = RoundPlace(round: 5, way: .gross) }.contains("round 5"))
    #expect(verdict { $0.deals[0].value += 1 }.contains("left over"))
    #expect(verdict { $0.deals = [] }.contains("left over"))
    #expect(verdict { $0.cost.wires -= 1 }.hasPrefix("wires"))
    #expect(verdict { $0.cost.settling += 1 }.hasPrefix("settling"))
    #expect(verdict { $0.cost.deferral += 1 }.hasPrefix("deferral"))
    #expect(verdict { $0.cost.exchange += 1 }.hasPrefix("exchange"))
    #expect(verdict { $0.cost.fees += 1 }.hasPrefix("fees"))
    #expect(verdict { $0.cost.liquidity += 1 }.hasPrefix("liquidity"))
    #expect(verdict { $0.bound = $0.cost.total + 1 }.contains("below the bound"))
  }
}
