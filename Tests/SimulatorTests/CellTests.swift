import Testing

@testable import Simulator

/// Cells are part of the modelled deployment, so their number may change what happens, but not
/// much.
///
@Suite("Number of cells")
struct CellTests {
  /// One region, so that a cell is a cell; one amount, so that money does not hang on a few large
  /// ones.
  private func run(_ cells: Int) throws -> RunOutcome {
    try SmallWorld(
      "cells.per_region=\(cells)", "time.duration=6h", "workload.generated.payments=16000",
      "merchants.count=400", "workload.generated.amounts.constant=100",
      "merchants.rate_limit_per_second=1000", "merchants.foreign_currency_share=0",
      """
      merchants.markets=[{country: US, region: americas, time_zone: America/New_York, \
      currency: USD, settlement_currency: USD, share: 1}]
      """
    ).run(threads: 2)
  }

  @Test("1, 8 and 16 cells change latency by less than 10 % and captured money by less than 1 %")
  func alike() throws {
    let outcomes = try [1, 8, 16].map(run)
    let p95 = outcomes.map { $0.metric("authorization_latency.p95") }
    let captured = outcomes.map { Double($0.result.money[0].captured) }
    for (outcome, (latency, money)) in zip(outcomes, zip(p95, captured)) {
      #expect(outcome.contradictions == [])
      #expect(outcome.count("payments.requests") >= 16_000)
      #expect(abs(latency / p95[0] - 1) < 0.10, "\(p95)")
      #expect(abs(money / captured[0] - 1) < 0.01, "\(captured)")
    }
  }
}
