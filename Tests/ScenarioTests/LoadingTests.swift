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
}
