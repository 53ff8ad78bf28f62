import Money
import Testing

@testable import Scenario

@Suite("Loading a scenario")
struct LoadingTests {
  @Test("five lines are a scenario, all else has defaults")
  func fiveLines() throws {
    let scenario = try load(
      """
      # yaml-language-server: $schema=schema.json
      name: tiny
      seed: 42
      workload:
        generated: {payments: 10000}
      """)
    #expect(scenario.settings.name == "tiny")
    #expect(scenario.settings.seed == 42)
    #expect(scenario.settings.acquirers.map(\.name) == ["northbank", "southpay"])
    guard case .generated(let generated) = scenario.settings.workload.source,
      case .payments(10_000) = generated.volume
    else {
      Issue.record("expected 10,000 generated payments")
      return
    }
  }

  @Test("a key of an earlier version that nothing followed is told of and not read")
  func retired() throws {
    let scenario = try load(
      """
      name: old
      workload: {generated: {payments: 10}}
      merchants: {categories: [grocery]}
      bus: {minimum_in_sync_replicas: 2}
      reconciliation: {fuzzy_days: 30, keep_files: true}
      """)
    #expect(scenario.settings.reconciliation.keepFiles)
    #expect(
      scenario.remarks.map { $0.split(separator: ":", maxSplits: 1).last.map(String.init) } == [
        "3:13: merchants.categories: means nothing any more and is not read; remove it",
        "4:7: bus.minimum_in_sync_replicas: means nothing any more and is not read; remove it",
        "5:18: reconciliation.fuzzy_days: means nothing any more and is not read; remove it",
      ])
  }
}
