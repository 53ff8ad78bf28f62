import Testing

@testable import Simulator

@Suite("Deals over currencies that the run does not list")
struct HubCurrencyTests {
  private static let strategies = [
    "counterparty_consolidation", "bilateral_netting", "multilateral_netting", "hybrid",
    "optimised",
  ]

  private func run(_ strategy: String, _ markets: String) throws -> RunOutcome {
    try SmallWorld([
      "merchants.count=4", "workload.generated.payments=60", "cells.per_region=1",
      "merchants.markets=[\(markets)]", "merchants.foreign_currency_share=0",
      "settlement.strategy={name: \(strategy), fx_netting: on}",
    ]).run()
  }

  @Test("euros become yen over the dollar, at both spreads", arguments: strategies)
  func hub(_ strategy: String) throws {
    let outcome = try run(
      strategy,
      "{country: DE, region: e, time_zone: Europe/Berlin, currency: EUR, "
        + "settlement_currency: JPY, share: 1}")
    #expect(outcome.contradictions == [])
    let euro = try #require(outcome.result.money.first { $0.currency == "EUR" })
    // EUR-USD 2.5 and USD-JPY 2.0 basis points of what was sold, in dollars.
    let expected = Double(euro.sold) / 100 * 1.1684 * 4.5e-4
    #expect(euro.sold > 0 && abs(outcome.metric("cost.fx") - expected) < 0.02)
    #expect(outcome.result.money.map(\.currency) == ["EUR", "JPY"])
  }

  @Test("netting works without a market in the reporting currency", arguments: strategies)
  func reporting(_ strategy: String) throws {
    let outcome = try run(
      strategy,
      "{country: DE, region: r, time_zone: Europe/Berlin, currency: EUR, "
        + "settlement_currency: GBP, share: 0.5}, {country: GB, region: r, time_zone: "
        + "Europe/London, currency: GBP, settlement_currency: EUR, share: 0.5}")
    #expect(outcome.contradictions == [])
    #expect(outcome.count("payments.settled") > 40)
  }

  @Test("deals once in no time are refused, with the place")
  func interval() {
    #expect(throws: (any Error).self) { try SmallWorld("fx.deal_interval=0s").run() }
    #expect(throws: Never.self) { try SmallWorld("fx.deal_interval=1s").load() }
  }
}
