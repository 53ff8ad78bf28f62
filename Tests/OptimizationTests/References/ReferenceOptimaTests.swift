import Foundation
import Testing

@testable import Optimization

/// An instance of `reference-optima.json`, which Tests/Reference/reference_optima.py makes.
struct ReferenceOptimum: Codable, CustomTestStringConvertible, Sendable {
  var meanTicket: Double
  var oneWay: Bool
  var seed: UInt64
  /// The cheapest solution known, in minor units.
  var objective: Double
  /// What none falls below, in minor units.
  var bound: Double

  var testDescription: String {
    "ticket \(Int(meanTicket)), \(oneWay ? "one-way" : "balanced"), seed \(seed)"
  }

  var problem: PlanningProblem {
    var instance = PlanningInstance()
    instance.meanTicket = meanTicket
    instance.oneWay = oneWay
    return instance.problem(seed: seed)
  }

  /// Contents of the file.
  struct File: Codable {
    var secondsEach: Double
    var instances: [ReferenceOptimum]
  }

  static let all: [ReferenceOptimum] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "reference-optima.json")
    guard let data = try? Data(contentsOf: file),
      let read = try? JSONDecoder().decode(File.self, from: data)
    else { return [] }
    return read.instances
  }()
}

/// What Tests/Reference/reference_optima.py reads.
private struct ReferenceInstance: Encodable {
  var meanTicket: Double
  var oneWay: Bool
  var seed: UInt64
  var problem: PlanningProblem
}

@Suite struct ReferenceOptimaTests {
  private static let export = "SETTLESIM_REFERENCE_INSTANCES"
  private static let exportPath = ProcessInfo.processInfo.environment[export]

  @Test(
    "The instances of the stored optima are written where the environment says",
    .enabled(if: exportPath != nil, "\(export) names no file to write"))
  func writeInstances() throws {
    var instances: [ReferenceInstance] = []
    for ticket in [150.0, 5_000, 60_000, 100_000] {
      for oneWay in [false, true] {
        for seed: UInt64 in 1...3 {
          var instance = PlanningInstance()
          instance.meanTicket = ticket
          instance.oneWay = oneWay
          instances.append(
            ReferenceInstance(
              meanTicket: ticket, oneWay: oneWay, seed: seed,
              problem: instance.problem(seed: seed)))
        }
      }
    }
    let path = try #require(Self.exportPath)
    try JSONEncoder().encode(instances).write(to: URL(filePath: path))
  }

  @Test("Three dives come near the stored optima of all 24 instances")
  func dives() async throws {
    try #require(ReferenceOptimum.all.count == 24)
    let ratios = try await withThrowingTaskGroup(of: (Int, Double).self) { group in
      for (index, reference) in ReferenceOptimum.all.enumerated() {
        group.addTask {
          let plan = try Planner().plan(reference.problem)
          let cost = Double(plan.cost.total) / 1e6
          #expect(plan.deferred == 0 && plan.fallback == nil, "\(reference.testDescription)")
          #expect(cost >= reference.bound * (1 - 1e-6), "\(reference.testDescription)")
          return (index, cost / reference.objective)
        }
      }
      var ratios = Array(repeating: 0.0, count: ReferenceOptimum.all.count)
      for try await (index, ratio) in group { ratios[index] = ratio }
      return ratios
    }
    for (reference, ratio) in zip(ReferenceOptimum.all, ratios) {
      #expect(ratio <= 1.08, "\(reference.testDescription): \(ratio)")
    }
    #expect(ratios.sorted()[ratios.count / 2] <= 1.02, "\(ratios)")
  }

  @Test(
    "HiGHS finds five stored optima again",
    .enabled(if: PlanningJudge.isPresent, PlanningJudge.absence))
  func again() throws {
    let easy = ReferenceOptimum.all.filter {
      $0.meanTicket == 100_000 && ($0.oneWay || $0.seed > 1)
    }
    try #require(easy.count == 5)
    let gap = 0.005
    let answers = try PlanningJudge.answers(["optimum", "--gap", "\(gap)"], easy.map(\.problem))
    try #require(answers.count == easy.count)
    for (reference, answer) in zip(easy, answers) {
      let name: Comment = "\(reference.testDescription): \(answer)"
      #expect(answer.cost >= reference.bound * (1 - 1e-6), name)
      #expect(answer.cost <= reference.objective * (1 + gap), name)
      #expect(try #require(answer.bound) <= reference.objective * (1 + 1e-6), name)
    }
  }
}
