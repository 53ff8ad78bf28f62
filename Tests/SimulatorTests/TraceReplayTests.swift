import Testing

@testable import Simulator

@Suite("Replay of a trace")
struct TraceReplayTests {
  @Test("the shipped trace runs clean")
  func shipped() throws {
    var world = SmallWorld.kept()
    (world.scenario, world.file) = try TraceReplay.shipped()
    let outcome = try world.run()
    #expect(outcome.contradictions == [])
    #expect(outcome.result.verdict == .passed)
    #expect(outcome.count("payments.requests") == 279)
    #expect(outcome.result.identity.inputs.map(\.name) == ["traces/retail-sample.csv"])
    var other = world
    other.suspension = .continuation
    let again = try other.run(threads: 2)
    #expect(again.summary == outcome.summary && again.extraFiles == outcome.extraFiles)
  }

  @Test("a payment is settled for its amount less the fee, to the penny")
  func toThePenny() throws {
    let fixture = TraceFixture()
    let world = try TraceReplay.world([("1", 3_600, "a", 10_000)], in: fixture, TraceReplay.sure)
    let outcome = try world.run()
    #expect(outcome.contradictions == [])
    let money = outcome.result.money[0]
    // 2.9 % and 0.30 USD, which is 22 pence at 1.3421.
    #expect((money.captured, money.fees, money.settled) == (10_000, 312, 9_688))
  }

  @Test("a payment at the second of the cut-off belongs to the next day, one before it does not")
  func cutOff() throws {
    let fixture = TraceFixture()
    let noon = 12 * 3_600
    let rows = [("1", noon - 1, "a", 10_000), ("2", noon, "a", 20_000)]
    let outcome = try TraceReplay.world(
      rows, in: fixture, TraceReplay.sure + ["merchants.cut_off=12:00", "time.duration=24h"]
    ).run()
    #expect(outcome.contradictions == [])
    let payouts = try #require(outcome.file("journal.csv")).split(separator: "\n")
      .map { $0.split(separator: ",") }.filter { $0[2] == "payout" }
    #expect(payouts.map { Int($0[6]) } == [9_688, 19_398])
    // Two minutes after the cut-off, then a day later, each within the second.
    let due = [noon + 120, noon + 120 + 86_400]
    #expect(payouts.map { (Int($0[1]) ?? 0) / 1_000_000_000 } == due)
  }

  @Test("the digest changes when one amount changes by one penny, and when two rows change places")
  func sensitive() throws {
    let fixture = TraceFixture()
    let rows = (0..<40).map { ("\($0)", 3_600 + 60 * $0, "m\($0 % 3)", 1_000 + 7 * $0) }
    let before = try TraceReplay.world(rows, in: fixture, TraceReplay.sure).run()
    let same = try TraceReplay.world(rows, in: fixture, TraceReplay.sure).run()
    #expect(same.digest == before.digest)
    for row in [0, 17, 39] {
      var altered = rows
      altered[row].3 += 1
      let after = try TraceReplay.world(altered, in: fixture, TraceReplay.sure).run()
      #expect(after.contradictions == [])
      #expect(after.digest != before.digest, "row \(row)")
      #expect(after.result.money[0].captured == before.result.money[0].captured + 1)
    }
    var swapped = rows
    (swapped[3].0, swapped[4].0) = (swapped[4].0, swapped[3].0)
    #expect(
      try TraceReplay.world(swapped, in: fixture, TraceReplay.sure).run().digest != before.digest)
  }

  @Test("a cancellation before capture voids, of a part it refunds, and never more than captured")
  func cancellations() throws {
    let fixture = TraceFixture()
    let rows = [
      ("1", 3_600, "a", 5_000), ("2", 3_660, "b", 7_000), ("C3", 7_200, "a", -5_000),
      ("C4", 7_260, "b", -3_000),
    ]
    let taken = try TraceReplay.world(rows, in: fixture, TraceReplay.sure).run()
    #expect(taken.contradictions == [])
    #expect(taken.count("payments.voided") == 1 && taken.count("payments.settled") == 1)
    #expect(taken.result.money[0].voided == 5_000 && taken.result.money[0].refunded == 3_000)
    let late = TraceReplay.sure.dropLast() + ["workload.capture.immediate_share=0"]
    let voided = try TraceReplay.world(rows.dropLast(), in: fixture, Array(late)).run()
    #expect(voided.contradictions == [])
    #expect(voided.count("payments.voided") == 1 && voided.result.money[0].refunded == 0)
    #expect(voided.count("payments.voided_after_capture") == 0)
    let twice = try TraceReplay.world(
      rows + [("C5", 7_320, "b", -4_001)], in: fixture, TraceReplay.sure
    ).run()
    #expect(twice.result.money[0].refunded == 3_000)
    #expect(twice.result.notes.contains { $0.contains("C5") }, "\(twice.result.notes)")
  }

  @Test(
    "all real invoices replay over 374 days and reconcile",
    .enabled(if: TraceFiles.hasInvoices, "needs ../shared/data"))
  func invoices() throws {
    var world = SmallWorld(
      "workload.trace.file=\(TraceFiles.invoices)", "time.date=2010-12-01", "time.duration=374d",
      "workload.trace.malformed_rows=report")
    (world.scenario, world.file) = try TraceReplay.shipped()
    let outcome = try world.run()
    #expect(outcome.contradictions == [])
    #expect(outcome.result.verdict == .passed)
    // 25,900 rows less 2,102 of zero less 3,838 cancellations.
    #expect(outcome.count("payments.requests") == 19_960)
    #expect(outcome.count("payments.accepted") == 19_960)
    let money = outcome.result.money[0]
    #expect(money.refunded > 0 && money.refunded <= money.captured)
    #expect(money.authorized <= 1_066_668_454)
    #expect(money.captured - money.voided - money.refunded - money.fees < money.settled + 1)
    #expect(outcome.result.virtualTimeNanoseconds > 374 * 86_400_000_000_000)
    let notes = outcome.result.notes
    #expect(notes.contains { $0.contains("2102 malformed rows") }, "\(notes)")
    #expect(notes.contains { $0.contains("207 cancellations without") }, "\(notes)")
  }
}
