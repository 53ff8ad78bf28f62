import Testing

@testable import Simulator

@Suite("Figures of the intake")
struct IntakeFigureTests {
  /// A gateway that can take on few of what it is sent.
  private static let narrow = [
    "gateway.instances=1", "gateway.concurrency=1", "gateway.queue_limit=1ms",
    "workload.generated.invalid_share=0",
  ]

  @Test(
    "every payment is accepted or given up, and is counted once however often it was sent",
    arguments: [("0", "60s"), ("1/2", "20s"), ("1", "9s"), ("1/2", "60s")])
  func abandoned(_ duplicates: String, _ service: String) throws {
    let settings = [
      "workload.client.duplicate_share=\(duplicates)", "workload.client.altered_share=1/4",
      "gateway.service_time=\(service)",
    ]
    let outcome = try SmallWorld(Self.narrow + settings).run()
    let abandoned = outcome.count("payments.abandoned")
    #expect(abandoned > 10)
    #expect(outcome.count("payments.accepted") + abandoned == 2_000)
    #expect(outcome.count("client.abandoned_requests") >= abandoned)
    #expect(outcome.count("payments.lost") == 0)
    let ends = outcome.result.endStates
    #expect(ends.first { $0.name == "abandoned" }?.count == abandoned)
    #expect(ends.reduce(0) { $0 + $1.count } == 2_000)
    let judged = try SmallWorld(
      Self.narrow + settings + ["thresholds=[payments.abandoned == 0, payments.lost == 0]"]
    ).run()
    #expect(judged.result.thresholds.map(\.isPassed) == [false, true])
  }

  @Test("a run in which clients are always served has none given up")
  func none() throws {
    let outcome = try SmallWorld().run()
    #expect(outcome.count("payments.abandoned") == 0)
    #expect(outcome.metric("intake.availability") == 1)
  }

  @Test("the busiest minute of a trace is the busiest minute, whatever the drain")
  func peak() throws {
    let fixture = TraceFixture()
    let rows = (0..<600).map {
      (id: "A\($0)", second: 12 * 3_600 + $0 / 10, merchant: "m\($0 % 7)", amount: 1_000 + $0)
    }
    let outcome = try TraceReplay.world(rows, in: fixture).run()
    #expect(outcome.count("payments.accepted") == 600)
    #expect(outcome.metric("throughput.peak_per_second") == 10)
    #expect(outcome.metric("intake.sustained_per_second") == 10)
    let shown = outcome.result.throughput.first { $0.name == "peak_minute" }
    #expect(shown?.quantity.value == 10)
    // The slots of the series are longer than a minute: they could not have told.
    #expect((outcome.result.series?.slotLength ?? 0) > 60_000_000_000)
  }
}
