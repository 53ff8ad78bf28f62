import Testing

@testable import Simulator

@Suite("Edges of a workload")
struct WorkloadEdgeTests {
  private static let berlin =
    "merchants.markets=[{country: DE, region: r, time_zone: Europe/Berlin, currency: EUR, "
    + "settlement_currency: EUR, share: 0.9}, {country: JP, region: r, time_zone: Asia/Tokyo, "
    + "currency: JPY, settlement_currency: JPY, share: 0.1}]"

  /// Weights of which only that of one local hour is above zero.
  private static func hour(_ hour: Int) -> String {
    let weights = (0..<24).map { $0 == hour ? "1" : "0" }.joined(separator: ", ")
    return "workload.generated.hour_weights=[\(weights)]"
  }

  @Test("where no merchant drawn has payments in the hours of the run, the scenario is refused")
  func marketWithoutMerchant() {
    // Midnight UTC is nine o'clock in Tokyo, but the only merchant is in Berlin.
    let error = #expect(throws: RunError.self) {
      try SmallWorld("time.duration=1h", "merchants.count=1", Self.hour(9), Self.berlin).run()
    }
    #expect(error?.exitCode == 65)
    let text = "\(error!)"
    #expect(text.contains("workload.generated.hour_weights: expected a weight above zero"))
    #expect(text.contains("`merchants.count`"))
  }

  @Test("the same market with merchants has its payments")
  func marketWithMerchants() throws {
    let outcome = try SmallWorld(
      "time.duration=1h", "merchants.count=400", Self.hour(9), Self.berlin
    ).run()
    #expect(outcome.contradictions == [])
    #expect(outcome.count("payments.accepted") > 1_900)
  }

  @Test(
    "lines of acquirers that come before the ledger has written what they state wait for it",
    arguments: ["12s", "1h"])
  func linesBeforeDurability(_ wait: String) throws {
    let world = SmallWorld(
      "ledger.group_commit=\(wait)", "workload.generated.payments=300",
      "acquirers=[{name: one, file_interval: 1s}, {name: two, file_interval: 1s, preference: 2}]")
    let outcome = try world.run()
    #expect(outcome.contradictions == [])
  }

  @Test("a key past its time to live is accepted again by a fast store alone")
  func expiredKeys() throws {
    let outcome = try SmallWorld(
      "workload.generated.payments=24", "workload.generated.invalid_share=0",
      "merchants.count=1", "cells.per_region=1", "workload.client.duplicate_share=1",
      "workload.client.altered_share=0", "workload.client.duplicate_delay=5min",
      "idempotency.mode=fast_store", "idempotency.time_to_live=1min"
    ).run()
    #expect(outcome.count("double_effects") == 24)
  }

  @Test("a row in a currency that no market has is malformed, by its number")
  func currencyWithoutMarket() throws {
    let fixture = TraceFixture()
    let rows = ["a1,2026-03-02 09:00:00,shop,12.00,GBP", "a2,2026-03-02 09:10:00,shop,1.234,KWD"]
    let text = "id,time,merchant,amount,currency\n" + rows.joined(separator: "\n") + "\n"
    let path = fixture.write(Array(text.utf8))
    func world(_ policy: String) -> SmallWorld {
      var world = SmallWorld("workload.trace.malformed_rows=\(policy)")
      world.scenario = """
        name: traced
        time: {date: "2026-03-02", duration: 1d}
        workload: {trace: {file: \(path), columns: {currency: currency}}}
        """
      return world
    }
    let error = #expect(throws: RunError.self) { try world("refuse").run() }
    #expect("\(error!)".contains("row 3: currency: expected a currency of a market"))
    let outcome = try world("report").run()
    #expect(outcome.count("payments.accepted") == 1)
    #expect(outcome.result.notes.contains { $0.contains("1 malformed rows left out: row 3") })
  }

  @Test("answers from before an opening do not decide its probe: one call for each half-open time")
  func oneProbe() throws {
    let fixture = TraceFixture()
    let rows = (0..<400).map { row in
      let hundredths = row % 100
      let clock = "10:00:0\(row / 100).\(hundredths < 10 ? "0" : "")\(hundredths)Z"
      return "b\(row),2026-03-02 \(clock),m\(row),10.00"
    }
    let text = "id,time,merchant,amount\n" + rows.joined(separator: "\n") + "\n"
    var world = SmallWorld()
    world.scenario = """
      name: breaker
      time: {date: "2026-03-02", duration: 1d}
      cells: {per_region: 1}
      merchants:
        markets:
          - {country: US, region: a, time_zone: America/New_York, currency: USD,
             settlement_currency: USD, share: 1}
      workload:
        trace: {file: \(fixture.write(Array(text.utf8)))}
        client: {duplicate_share: 0}
        capture: {immediate_share: 1}
      bus: {ordering: payment}
      gateway: {service_time: 1ms, network_latency: 1ms}
      authorization:
        {workers: 1000, deadline: 2s, retries: 0, breaker_failures: 1, breaker_open: 100ms,
        breaker_reopen: 100ms, token_vault_latency: 1ms, fraud_latency: 1ms, block_score: 100,
        challenge_score: 99}
      acquirers:
        - {name: a, latency: 1s, concurrency: 10000, unavailable_rate: 1, late_rate: 0}
      """
    let outcome = try world.run()
    let row = try #require(outcome.result.acquirers.first { $0.name == "a" })
    // An acquirer turns a call away after a quarter of its latency: 25 calls go out before anything
    // is known, and then for 3.75 s one probe in 0.35 s.
    #expect((35...38).contains(row.calls), "\(row)")
    #expect((11...12).contains(row.breakerOpens), "\(row)")
  }
}
