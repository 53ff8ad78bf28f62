import Reporting
import Simulator
import Testing

@testable import Experiments

@Suite("Comparing under scarce liquidity")
struct ScarcityComparisonTests {
  private func comparison(_ entries: String, _ balance: String) -> SmallComparison {
    var comparison = SmallComparison(entries)
    comparison.settings = [
      "time.duration=1d", "time.settlement_horizon=3d", "workload.generated.payments=0",
      "workload.transfers.payments=120", "workload.transfers.maximum_amount=19000 USD",
      "workload.transfers.source_currencies={USD: 1}", "workload.transfers.cross_currency_share=0",
      "workload.transfers.return_share=0", "banks.opening_balance=\(balance)",
      "settlement.strategy=one_wire_per_payment",
    ]
    return comparison
  }

  @Test("claims are made, with what was never settled beside the cost, which is part of it")
  func claims() throws {
    let result = try comparison(
      "rtgs:liquidity_saving=gridlock_resolution,rtgs,rtgs:at_close=return", "3000 USD"
    ).run()
    #expect(!result.conclusions.map(\.word).contains(.notAtRest))
    let names = result.metrics.map(\.name)
    for name in ["cost.settlement", "cost.unsettled", "unsettled.count", "unsettled.value"] {
      #expect(names.contains(name), "\(names)")
    }
    let count = try #require(result.metric("unsettled.count"))
    let resolved = try #require(count.rows[0].median)
    let carried = try #require(count.rows[1].median)
    let returned = try #require(count.rows[2].median)
    #expect(resolved < carried && carried <= returned)
    // Who settles less pays for fewer wires, and is the dearer all the same.
    for entry in 1...2 {
      let wires = try #require(result.difference("cost.wires", entry))
      let cost = try #require(result.difference("cost.settlement", entry))
      #expect(wires.mean.value < 0 && cost.mean.value > 0, "\(wires), \(cost)")
    }
  }

  @Test("with money enough nothing is said of it")
  func ample() throws {
    let result = try comparison("rtgs,rtgs:at_close=return", "1000000 USD").run()
    #expect(result.metric("unsettled.count") == nil && result.metric("cost.unsettled") == nil)
    #expect(result.conclusions.map(\.word) == [.baseline, .same])
  }
}
