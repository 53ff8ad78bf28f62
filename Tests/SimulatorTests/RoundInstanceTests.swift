import Foundation
import Optimization
import Synchronization
import Testing

@testable import Batching

/// Problems of rounds as they come about in runs: the source of the reference instances.
@Suite("Instances of rounds from runs")
struct RoundInstanceTests {
  /// A run, and which of its rounds are taken.
  private struct Source {
    var name: String
    var scenario: String
    var settings: [String]
    var least = 20
    var rounds = 3
  }

  private static let optimised = "settlement.strategy={name: optimised, fx_netting: on}"

  private static let sources = [
    Source(
      name: "transfers-100", scenario: "transfers",
      settings: [optimised, "workload.transfers.payments=100"]),
    Source(
      name: "transfers-200", scenario: "transfers",
      settings: [optimised, "workload.transfers.payments=200"], least: 50),
    Source(
      name: "transfers-300", scenario: "transfers",
      settings: [optimised, "workload.transfers.payments=300", "seed=2"], least: 80),
    Source(
      name: "transfers-150-gross", scenario: "transfers",
      settings: ["settlement.strategy=optimised", "workload.transfers.payments=150"], least: 40),
    Source(
      name: "transfers-dear-money", scenario: "transfers",
      settings: [
        optimised, "workload.transfers.payments=150", "seed=3",
        "costs.liquidity_rate=1",
      ], least: 40),
    Source(
      name: "transfers-dear-delay", scenario: "transfers",
      settings: [optimised, "workload.transfers.payments=150", "seed=4", "costs.delay_rate=1"],
      least: 40),
    Source(
      name: "transfers-scarce", scenario: "transfers",
      settings: [
        optimised, "workload.transfers.payments=200", "seed=5", "banks.opening_balance=30000 USD",
      ], least: 50),
    Source(
      name: "transfers-large-tickets", scenario: "transfers",
      settings: [
        optimised, "workload.transfers.payments=150", "seed=6",
        "workload.transfers.amounts.log_normal.mean=200000 USD",
      ], least: 40),
    Source(
      name: "twelve-currencies", scenario: "twelve-currencies",
      settings: [optimised, "workload.transfers.payments=200"], rounds: 4),
    Source(name: "smoke", scenario: "smoke", settings: [optimised], least: 2, rounds: 4),
  ]

  private static let variable = "SETTLESIM_ROUND_INSTANCES"
  private static let directory = ProcessInfo.processInfo.environment[variable]

  @Test(
    "they are written into the directory that the environment names",
    .enabled(if: directory != nil, "\(variable) names no directory to write to"))
  func write() throws {
    let directory = URL(filePath: try #require(Self.directory))
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    for source in Self.sources {
      let file = root.appending(path: "Scenarios/\(source.scenario).yaml")
      var world = SmallWorld(source.settings)
      world.scenario = try String(contentsOf: file, encoding: .utf8)
      let problems = Mutex<[RoundProblem]>([])
      let keep = { @Sendable (problem: RoundProblem) in problems.withLock { $0.append(problem) } }
      _ = try ExactStatement.$collector.withValue(keep) { try world.run() }
      let fitting = problems.withLock { $0 }.filter {
        $0.payments.count >= source.least && $0.payments.count <= 150
      }
      for (number, problem) in spread(fitting, source.rounds).enumerated() {
        try encoder.encode(problem).write(
          to: directory.appending(path: "\(source.name)-\(number + 1).json"))
      }
    }
  }

  /// So many of a list, evenly over it.
  private func spread(_ problems: [RoundProblem], _ count: Int) -> [RoundProblem] {
    guard problems.count > count else { return problems }
    return (0..<count).map { problems[$0 * (problems.count - 1) / max(1, count - 1)] }
  }
}
