import Foundation
import Testing

@testable import Optimization

/// A round of a run, and its optimum by HiGHS; both are made by Tests/Reference/round_optima.py.
struct RoundReference: CustomTestStringConvertible, Sendable {
  var name: String
  /// The cheapest solution that HiGHS found, in minor units.
  var cost: Double
  /// What none falls below, in minor units.
  var bound: Double

  var testDescription: String { name }

  static let directory = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Instances")

  var file: URL { Self.directory.appending(path: name + ".json") }

  func problem() throws -> RoundProblem {
    try JSONDecoder().decode(RoundProblem.self, from: Data(contentsOf: file))
  }

  static let all: [RoundReference] = {
    guard let data = try? Data(contentsOf: directory.appending(path: "optima.json")),
      let optima = try? JSONDecoder().decode([String: RoundJudge.Answer].self, from: data)
    else { return [] }
    return optima.sorted { $0.key < $1.key }.map {
      RoundReference(name: $0.key, cost: $0.value.cost, bound: $0.value.bound)
    }
  }()
}

@Suite("Rounds of runs, against the optima of HiGHS")
struct RoundReferenceTests {
  /// How far above the optima solutions of all instances lie, ascending.
  private func excess(_ options: RoundOptions) throws -> [Double] {
    try #require(RoundReference.all.count >= 30)
    return try RoundReference.all.map { reference in
      let problem = try reference.problem()
      let solution = try RoundSolver(options).solve(problem)
      let cost = solution.cost.total
      #expect(RoundAudit(solution, of: problem).violation() == nil, "\(reference.name)")
      #expect(cost >= reference.bound * (1 - 1e-6) - 1e-3, "\(reference.name): \(cost)")
      let bound = try #require(solution.bound)
      #expect(bound <= reference.cost * (1 + 1e-6) + 1e-3, "\(reference.name): \(bound)")
      return reference.cost > 0 ? cost / reference.cost - 1 : 0
    }.sorted()
  }

  @Test("a thorough search reaches the optima")
  func thorough() throws {
    let excess = try excess(RoundOptions())
    #expect(excess[excess.count / 2] <= 0.000_2 && excess.last! <= 0.01, "\(excess)")
  }

  @Test("the search of a run comes within 1 % in the median and 5 % at worst")
  func brief() throws {
    let excess = try excess(.brief)
    #expect(excess[excess.count / 2] <= 0.01 && excess.last! <= 0.05, "\(excess)")
  }

  @Test(
    "HiGHS finds five stored optima again",
    .enabled(if: RoundJudge.isPresent, RoundJudge.absence))
  func again() throws {
    let all = RoundReference.all
    let some = (0..<5).map { all[$0 * (all.count - 1) / 4] }
    let gap = 0.001
    let answers = try RoundJudge.answers(some.map(\.file), gap: gap)
    try #require(answers.count == some.count)
    for (reference, answer) in zip(some, answers) {
      #expect(answer.cost >= reference.bound * (1 - 1e-6) - 1e-3, "\(reference.name)")
      #expect(answer.cost <= reference.cost * (1 + gap) + 1e-3, "\(reference.name)")
      #expect(answer.bound <= reference.cost * (1 + 1e-6) + 1e-3, "\(reference.name)")
    }
  }
}
