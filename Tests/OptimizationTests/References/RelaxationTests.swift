import Testing

@testable import Optimization

/// The lower bound is the optimum of the relaxation, which HiGHS solves from a formulation of its
/// own.
@Suite(.enabled(if: PlanningJudge.isPresent, PlanningJudge.absence))
struct RelaxationTests {
  /// The bound alone: the first linear program is the relaxation.
  private func bound(_ problem: PlanningProblem) throws -> Double {
    try #require(Planner(PlanningOptions(linearProgramLimit: 1)).plan(problem).lowerBound)
  }

  private func compare(_ problems: [PlanningProblem]) throws {
    let answers = try PlanningJudge.answers(["relaxation"], problems)
    try #require(answers.count == problems.count)
    for (number, (problem, answer)) in zip(problems, answers).enumerated() {
      let ours = try bound(problem)
      let isEqual = abs(ours - answer.cost) <= 1e-6 * max(1, abs(answer.cost))
      #expect(isEqual, "problem \(number): \(ours), HiGHS \(answer.cost)")
    }
  }

  @Test("The bound of problems with 1,000 payments is HiGHS's")
  func large() throws {
    var problems: [PlanningProblem] = []
    for ticket in [150.0, 5_000, 60_000, 100_000] {
      for oneWay in [false, true] {
        var instance = PlanningInstance()
        instance.meanTicket = ticket
        instance.oneWay = oneWay
        problems.append(instance.problem(seed: UInt64(problems.count) + 100))
      }
    }
    var other = PlanningInstance()
    other.netsConversions = false
    problems.append(other.problem(seed: 1))
    other.clearing = true
    problems.append(other.problem(seed: 2))
    other.netsConversions = true
    other.oneWay = true
    problems.append(other.problem(seed: 3))
    var small = PlanningInstance().problem(seed: 4)
    small.maximumBatch = 20
    problems.append(small)
    try compare(problems)
  }

  @Test("The bound of hundreds of small problems of every kind is HiGHS's")
  func small() throws {
    try compare((40_000..<40_400).map { randomProblem(seed: $0, payments: 0...30) })
  }
}
