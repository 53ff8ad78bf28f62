import Measurement
import Testing

@testable import Simulator

@Suite("The path as a queueing system")
struct QueueingTests {
  private func values(_ outcome: RunOutcome, _ column: String) throws -> [Int] {
    let series = try #require(outcome.result.series)
    let index = try #require(series.columns.firstIndex { $0.name == column })
    return series.values(index)
  }

  /// The area under the number in flight, in payment seconds, by the counters at the ends of slots.
  private func timeInFlight(_ outcome: RunOutcome) throws -> Double {
    let accepted = try values(outcome, "accepted")
    let ended = zip(try values(outcome, "authorized"), try values(outcome, "declined")).map(+)
    var inFlight = 0
    var area = 0
    for slot in accepted.indices {
      inFlight += accepted[slot] - ended[slot]
      area += inFlight
    }
    #expect(inFlight == 0)
    return Double(area) * Double(try #require(outcome.result.series).slotLength) * 1e-9
  }

  @Test("Little's law holds between acceptance and decision")
  func little() throws {
    // Acquirers take ten minutes, so that a minute of the series is a fine grid; nothing else
    // waits.
    let outcome = try SmallWorld(
      "time.duration=10h", "workload.generated.payments=6000", "merchants.count=500",
      "workload.generated.hour_weights=[1\(String(repeating: ", 1", count: 23))]",
      "workload.generated.account_to_account_share=0", "workload.generated.invalid_share=0",
      "workload.client.duplicate_share=0", "bus.ordering=payment", "authorization.workers=10000",
      "authorization.deadline=8h", "authorization.block_score=100",
      "authorization.challenge_score=99",
      "acquirers.northbank.latency={mean: 10min, kind: exponential}",
      "acquirers.southpay.latency={mean: 10min, kind: exponential}",
      "acquirers.northbank.late_rate=0", "acquirers.southpay.late_rate=0",
      "acquirers.northbank.unavailable_rate=0", "acquirers.southpay.unavailable_rate=0"
    ).run()
    #expect(outcome.contradictions == [])
    let accepted = Double(outcome.count("payments.accepted"))
    // Over the whole run, empty to empty, the law is an identity: the area under the number in
    // flight is the sum of the times.
    let area = try timeInFlight(outcome)
    let latency = try #require(outcome.latency("authorization"))
    let total = Double(latency.mean) * 1e-9 * accepted
    #expect(abs(area / total - 1) < 0.01, "\(area) payment seconds, latencies sum to \(total)")
    #expect(abs(Double(latency.mean) * 1e-9 / 600 - 1) < 0.06, "M/M/infinity: \(latency.mean)")
  }

  @Test("the hour curve is seen in the series")
  func hours() throws {
    let outcome = try SmallWorld(
      "time.duration=24h", "workload.generated.payments=8000", "merchants.count=200",
      """
      merchants.markets=[{country: GB, region: europe, time_zone: Europe/London, \
      currency: GBP, settlement_currency: GBP, share: 1}]
      """
    ).run()
    let submitted = try values(outcome, "submitted")
    let slots = Int(3_600_000_000_000 / (try #require(outcome.result.series).slotLength))
    let hours = (0..<24).map { submitted[$0 * slots..<($0 + 1) * slots].reduce(0, +) }
    // Olist's orders: 6.7 % of a day at 16, 0.19 % at 5.
    #expect(abs(Double(hours[16]) / 8_000 - 0.067) < 0.012, "\(hours)")
    #expect(hours[5] < 40 && hours[4] < 40, "\(hours)")
    #expect(submitted.reduce(0, +) == outcome.count("payments.requests"))
  }

  @Test("with few workers payments wait on the bus, and none is lost")
  func saturated() throws {
    let settings = ["bus.ordering=payment", "acquirers.northbank.latency=4s"]
    let deadline = ["authorization.deadline=10s", "cells.per_region=1"]
    let wide = try SmallWorld(settings + deadline).run()
    let narrow = try SmallWorld(settings + deadline + ["authorization.workers=1"]).run()
    #expect(narrow.contradictions == [])
    #expect(wide.metric("bus_latency.p99") < 1e8)
    #expect(narrow.metric("bus_latency.p50") > 1e9)
    #expect(narrow.count("bus.maximum_lag") > wide.count("bus.maximum_lag"))
  }

  @Test("an offset is committed only when the decision is durable")
  func offsets() throws {
    // A commit takes a minute, in which 17 payments arrive on the one partition.
    let slow = try SmallWorld(
      "ledger.commit_latency=1min", "ledger.group_commit=0ms", "bus.ordering=payment",
      "bus.partitions=2", "cells.per_region=1", "authorization.workers=1000"
    ).run()
    #expect(slow.contradictions == [])
    #expect(slow.count("bus.maximum_lag") > 10)
    #expect(slow.metric("authorization_latency.p50") > 60e9)
  }
}
