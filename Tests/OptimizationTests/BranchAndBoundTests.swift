import Testing

@testable import Optimization

/// The search of the whole tree by CBC.
@Suite struct BranchAndBoundTests {
  private static let branching = Planner(
    PlanningOptions(method: .branchAndBound(nodeLimit: 60, relativeGap: 0.001)))

  private static func problem(_ seed: UInt64, oneWay: Bool) -> PlanningProblem {
    var instance = PlanningInstance()
    instance.payments = 120
    instance.counterparties = 4
    instance.oneWay = oneWay
    return instance.problem(seed: seed)
  }

  @Test(
    "It is never dearer than the dives, raises the bound, and is the same every time",
    arguments: 0..<3, [false, true])
  func againstDives(seed: Int, oneWay: Bool) throws {
    let problem = Self.problem(UInt64(seed), oneWay: oneWay)
    let dives = try Planner().plan(problem)
    let plan = try Self.branching.plan(problem)
    #expect(plan.cost.total <= dives.cost.total)
    let bound = try #require(plan.lowerBound)
    #expect(bound >= (dives.lowerBound ?? 0) - 1e-6)
    #expect(bound <= Double(plan.cost.total) / 1e6 + 1e-6)
    #expect(try Self.branching.plan(problem) == plan)
  }

  @Test("Nodes are counted, and a limit that was reached is told")
  func limits() throws {
    let problem = Self.problem(1, oneWay: false)
    let tight = Planner(PlanningOptions(method: .branchAndBound(nodeLimit: 1, relativeGap: 0)))
    let plan = try tight.plan(problem)
    #expect(plan.nodes <= 2)
    if let fallback = plan.fallback { #expect(fallback.contains("1 nodes")) }
    let wide = try (0..<6).map { try Self.branching.plan(Self.problem(UInt64($0), oneWay: true)) }
    #expect(wide.contains { $0.nodes > 0 })
  }

  @Test("Where there is nothing to branch on, the bound is that of the dives")
  func nothingToBranchOn() throws {
    var closed = Self.problem(1, oneWay: false)
    closed.liquidity = closed.liquidity.map { _ in
      WindowLimits(rtgs: 0, sameDay: 0, nextDay: 0, secondDay: 0)
    }
    let plan = try Self.branching.plan(closed)
    #expect(plan.fallback == nil && plan.deferred == closed.payments.count)
    #expect(plan.lowerBound == Double(plan.cost.total) / 1e6)
  }

  @Test("A plan that branch and bound found did not fall back to greedy")
  func reason() throws {
    let options = PlanningOptions(
      method: .branchAndBound(nodeLimit: 50, relativeGap: 0), linearProgramLimit: 1)
    let plan = try Planner(options).plan(Self.problem(3, oneWay: false))
    #expect((plan.fallback?.hasPrefix("fell back") == true) == (plan.producer == .greedy))
    #expect(plan.producer == .branchAndBound)
  }

  @Test("Methods of the optimiser are written as all names of results are")
  func names() {
    #expect(PlanProducer.branchAndBound.rawValue == "branch_and_bound")
    #expect(PlanProducer.dive.rawValue == "dive")
  }

  @Test("Whole counts of wires: the optimum of a knapsack by hand")
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
  }
}
