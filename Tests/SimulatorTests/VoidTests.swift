import Batching
import Reporting
import Testing

@testable import Simulator

@Suite("Payments taken back before the cut-off of their day")
struct VoidTests {
  private typealias Row = (id: String, second: Int, merchant: String, amount: Int)

  /// The shipped scenario closes days at 23:59 in London.
  private static let cutOff = 86_340
  private static let kept: Row = ("p2", 36_300, "m", 4_000)

  private func run(_ rows: [Row], _ settings: [String] = []) throws -> RunOutcome {
    let fixture = TraceFixture()
    let outcome = try TraceReplay.world(rows, in: fixture, TraceReplay.sure + settings).run()
    #expect(outcome.contradictions == [])
    return outcome
  }

  /// A payment of 100.00 that is taken back at `second`, and one of 40.00 that is not.
  private func run(
    takenBack second: Int, amount: Int = 10_000, _ settings: [String] = []
  ) throws -> RunOutcome {
    try run([("p1", 36_000, "m", 10_000), Self.kept, ("C1", second, "m", -amount)], settings)
  }

  @Test(
    "cost their merchant nothing, whatever the strategy has made of them by then",
    arguments: StrategyRegistry.declarations.map(\.name))
  func free(_ strategy: String) throws {
    let settings = ["settlement.strategy=\(strategy)"]
    let alone = try run([Self.kept], settings)
    let outcome = try run(takenBack: Self.cutOff - 60, settings)
    let (money, without) = (outcome.result.money[0], alone.result.money[0])
    #expect(money.captured == 14_000 && money.voided == 10_000 && money.refunded == 0)
    #expect(money.fees == without.fees && without.fees > 0)
    #expect(money.settled == without.settled && money.settled == 4_000 - money.fees)
    #expect(outcome.result.merchants[0].settled.minorUnits == money.settled)
    for cost in ["cost.gateway_fees", "cost.acquirers", "cost.chargebacks"] {
      #expect(outcome.metric(cost) == alone.metric(cost), "\(cost)")
    }
    // Rails' latencies are drawn for other wires.
    let (delay, own) = (outcome.metric("delay.mean_seconds"), alone.metric("delay.mean_seconds"))
    // The optimiser chooses its rounds by what is pending.
    #expect(abs(delay - own) < 20 || strategy == "optimised")
    #expect(outcome.count("payments.voided") == 1)
    #expect(outcome.count("payments.voided_after_capture") == 1)
    #expect(outcome.count("payments.settled") == 1 && outcome.count("payments.refunded") == 0)
    #expect(outcome.metric("settlement_success_rate") == 1)
    #expect(outcome.count("settlement.refund_lines") == 0)
  }

  @Test("from the cut-off on they are refunds, and their fee stays")
  func late() throws {
    let outcome = try run(takenBack: Self.cutOff + 1)
    let money = outcome.result.money[0]
    #expect(money.voided == 0 && money.refunded == 10_000)
    #expect(outcome.count("payments.voided") == 0 && outcome.count("payments.refunded") == 1)
    #expect(money.fees > (try run([Self.kept]).result.money[0].fees))
  }

  @Test("a part of a payment is a refund at any time, and so is what is left of it after one")
  func part() throws {
    let rows: [Row] = [
      ("p1", 36_000, "m", 10_000), ("C1", 39_600, "m", -4_000), ("C2", 43_200, "m", -6_000),
    ]
    let money = try run(rows).result.money[0]
    #expect(money.voided == 0 && money.refunded == 10_000 && money.fees > 0)
  }

  @Test("the day is the merchant's own")
  func zone() throws {
    let settings = [
      "merchants.markets=[{country: US, region: americas, time_zone: America/New_York, "
        + "currency: GBP, settlement_currency: GBP, share: 1}]"
    ]
    // 23:59 in New York is 04:59 of the next day in London.
    let end = Self.cutOff + 5 * 3_600
    #expect(try run(takenBack: end - 60, settings).result.money[0].voided == 10_000)
    #expect(try run(takenBack: end + 1, settings).result.money[0].voided == 0)
  }

  @Test("what is captured later belongs to the day of its capture")
  func delayed() throws {
    // Paid at 10:00, captured at 04:00 of the next day, taken back at 10:00.
    let settings = [
      "workload.capture.immediate_share=0", "workload.capture.delay_hours=[[0, 18], [1, 18]]",
    ]
    let outcome = try run([("p1", 36_000, "m", 10_000), ("C1", 122_400, "m", -10_000)], settings)
    #expect(outcome.count("payments.voided_after_capture") == 1)
    #expect(outcome.result.money[0].fees == 0 && outcome.result.money[0].settled == 0)
  }

  @Test("a fee that was cut to its payment is not said where both are given back")
  func cut() throws {
    let outcome = try run([("p1", 36_000, "m", 5), ("C1", 39_600, "m", -5)])
    #expect(outcome.result.money[0].feesCut == 0 && outcome.result.money[0].fees == 0)
    #expect(!outcome.result.notes.contains { $0.hasPrefix("fees:") })
  }

  @Test("a hold that was cancelled waits for nothing, also where the run is cut before its timer")
  func cutBeforeItsTimer() throws {
    let fixture = TraceFixture()
    let rows = (0..<30).flatMap { place in
      let payment = ("p\(place)", 60 * place, "m", 2_000 + place)
      let back = ("C\(place)", 60 * place + 30, "m", -(2_000 + place))
      return [payment, back]
    }
    let outcome = try TraceReplay.world(
      rows, in: fixture,
      ["workload.capture.immediate_share=0", "time.duration=1h", "time.drain_limit=1min"]
    ).run()
    #expect(outcome.breach == nil)
    #expect(outcome.count("payments.voided") > 10)
  }
}
