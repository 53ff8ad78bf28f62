import Foundation
import Testing

@testable import Optimization

@Suite("Rounds, small ones that are solved exactly")
struct RoundPropertyTests {
  @Test("the solution costs the least of all there are, and the audit agrees", arguments: 0..<160)
  func exact(seed: Int) throws {
    let problem = randomRounds(seed: seed)
    let solution = try RoundSolver().solve(problem)
    let least = Exhaustive.leastCost(of: problem)
    #expect(
      abs(solution.cost.total - least) <= 1e-4 * max(1, least) / 100,
      "seed \(seed): \(solution.cost.total), not \(least)")
    #expect(RoundAudit(solution, of: problem).violation() == nil, "seed \(seed)")
    #expect(solution.isComplete && solution.fallback == nil, "seed \(seed)")
    let bound = try #require(solution.bound)
    #expect(bound >= least - 1e-5 * max(1, least), "seed \(seed): a bound of \(bound)")
  }

  @Test("the same problem gives the same solution, hash and all", arguments: 200..<230)
  func repeated(seed: Int) throws {
    let problem = randomRounds(seed: seed)
    #expect(try RoundSolver().solve(problem) == RoundSolver().solve(problem))
    let read = try JSONDecoder().decode(
      RoundProblem.self, from: JSONEncoder().encode(problem))
    #expect(read == problem)
  }
}
