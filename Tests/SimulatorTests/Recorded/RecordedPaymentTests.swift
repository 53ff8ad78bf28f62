import Reporting
import Testing

@testable import Simulator

@Suite("Recorded payments between banks")
struct RecordedPaymentTests {
  private static let minute: Int64 = 60_000_000_000

  @Test("one payment between two named banks goes the whole way")
  func one() throws {
    let outcome = try RecordedWorld(rows: ["p1,2026-03-02T08:02:00Z,A,B,60.00,USD"]).run()
    #expect(outcome.contradictions == [])
    #expect(outcome.recorded.count == 1)
    let payment = try #require(outcome.payment("p1"))
    #expect(payment.kind == "recorded" && payment.payer == "A" && payment.payee == "B")
    #expect(payment.amount == ReportedAmount(60_00, "USD", decimals: 2))
    #expect(payment.arrived == 482 * Self.minute && payment.ended == payment.arrived)
    #expect(payment.end == .settled && payment.mechanism == "gross" && payment.group == 1)
    #expect(outcome.closing("A") == 40_00 && outcome.closing("B") == 60_00)
    #expect(outcome.result.transfers?.settled == 1)
    #expect(outcome.result.identity.inputs.map(\.name) == ["day.csv"])
  }

  @Test("a gzip'ed file is read as a plain one")
  func compressed() throws {
    let world = RecordedWorld(rows: ["p1,2026-03-02T08:02:00Z,A,B,60.00,USD"])
    #expect(try world.run(compressed: true).digest == world.run().digest)
  }

  @Test("of three payments of 60 from an account of 100 one settles, and the others are unsettled")
  func shortOfMoney() throws {
    let outcome = try RecordedWorld(rows: (1...3).map { "p\($0),\($0),A,B,60.00,USD" }).run()
    #expect(outcome.contradictions.isEmpty || outcome.result.verdict == .passed)
    #expect(outcome.recorded.map(\.end) == [.settled, .unsettled, .unsettled])
    #expect(outcome.recorded.map(\.ended) == [1_000_000_000, nil, nil])
    #expect(outcome.closing("A") == 40_00 && outcome.closing("B") == 60_00)
  }

  @Test("where a close gives back what waits, those are returned at the close")
  func returned() throws {
    let outcome = try RecordedWorld(
      mode: "{name: rtgs, at_close: return}", rows: (1...3).map { "p\($0),\($0),A,B,60.00,USD" }
    ).run()
    #expect(outcome.recorded.map(\.end) == [.settled, .returned, .returned])
    #expect(outcome.recorded[1].ended == 86_400_000_000_000)
    #expect(outcome.recorded[1].mechanism == nil && outcome.recorded[1].group == nil)
  }

  @Test("a payment of 08:02 does not settle at 08:00, whatever the strategy")
  func causality() throws {
    for strategy in ["one_wire_per_payment", "{name: fixed_window, window: 1h}"] {
      let outcome = try RecordedWorld(strategy: strategy, rows: ["p1,08:02,A,B,60.00,USD"]).run()
      let ended = try #require(outcome.payment("p1")?.ended)
      #expect(ended == (strategy.hasPrefix("{") ? 540 : 482) * Self.minute)
    }
  }

  @Test("where no strategy is stated, payments that are recorded go out as they are")
  func unstated() throws {
    let rows = ["p1,08:02,A,B,60.00,USD", "p2,09:00,B,A,10.00,USD"]
    let outcome = try RecordedWorld(strategy: nil, rows: rows).run()
    #expect(outcome.recorded.map(\.ended) == [482 * Self.minute, 540 * Self.minute])
    var world = RecordedWorld(strategy: nil, rows: rows)
    world.settings = ["settlement.strategy=merchant_day"]
    #expect(try world.run().recorded.map(\.ended) == [1_440 * Self.minute, 1_440 * Self.minute])
  }

  @Test("payments of one wire settle with it, as one group, and others with theirs")
  func window() throws {
    let outcome = try RecordedWorld(
      banks: ["A", "B", "C"].map { "{name: \($0), balances: {USD: 100.00 USD}}" },
      strategy: "{name: fixed_window, window: 1h}",
      rows: ["p1,10,A,B,60.00,USD", "p2,20,A,C,1.00,USD", "p3,30,A,B,20.00,USD"]
    ).run()
    let rows = outcome.recorded
    #expect(rows.allSatisfy { $0.end == .settled && $0.ended == 60 * Self.minute })
    #expect(rows[0].group == rows[2].group && rows[0].group != rows[1].group)
    #expect(outcome.result.transfers?.wires == 2)
    #expect(outcome.closing("B") == 180_00)
  }

  @Test("times are instants, times of the first day in the file's zone, or seconds after the start")
  func times() throws {
    let outcome = try RecordedWorld(
      rows: [
        "p1,0,A,B,1.00,USD", "p2,0.25,A,B,1.00,USD", "p3,08:00,A,B,1.00,USD",
        "p4,2026-03-02T08:30:00+01:00,A,B,1.00,USD", "p5,2026-03-02 09:00:01.5,A,B,1.00,USD",
      ], trace: "time_zone: Europe/Berlin"
    ).run()
    #expect(
      outcome.recorded.map(\.arrived) == [
        0, 250_000_000, 420 * Self.minute, 450 * Self.minute, 480 * Self.minute + 1_500_000_000,
      ])
  }

  @Test("a payment is held until it may settle; deadline and priority are the file's")
  func optional() throws {
    let outcome = try RecordedWorld(
      header: "id,time,payer,payee,amount,currency,priority,deadline,not_before",
      rows: [
        "p1,08:00,A,B,60.00,USD,normal,,09:00", "p2,08:30,A,B,70.00,USD,2,08:45,",
        "p3,08:40,B,A,70.00,USD,high,12:00,",
      ]
    ).run()
    let rows = outcome.recorded
    #expect(rows.map(\.ended) == [540, 510, 520].map { $0 * Self.minute })
    #expect(rows.map(\.priority) == ["normal", "urgent", "high"])
    #expect(rows.map(\.notBefore) == [540 * Self.minute, nil, nil])
    #expect(
      rows.map(\.deadline) == [86_400_000_000_000, 525 * Self.minute, 720 * Self.minute])
    #expect(outcome.closing("A") == 40_00)
    #expect(outcome.contradictions == [])
  }

  @Test("only urgent and high payments use what is reserved for urgent ones")
  func reserved() throws {
    let outcome = try RecordedWorld(
      banks: [
        "{name: A, balances: {USD: 100.00 USD}, reserve_for_urgent: {USD: 50.00 USD}}",
        "{name: B}",
      ], mode: "{name: rtgs, queue_order: fifo_bypass}",
      header: "id,time,payer,payee,amount,currency,priority",
      rows: ["p1,1,A,B,60.00,USD,normal", "p2,2,A,B,60.00,USD,high"]
    ).run()
    #expect(outcome.recorded.map(\.end) == [.unsettled, .settled])
  }

  @Test("recorded payments, drawn transfers and cards run together, alike on any thread")
  func together() throws {
    var world = RecordedWorld(
      rows: (0..<40).map { "p\($0),\($0 * 600),\($0 % 2 == 0 ? "A,B" : "B,A"),5.00,USD" },
      trace: "")
    world.settings = [
      "banks.correspondents=4", "workload.transfers.payments=60",
      "workload.transfers.originators=4", "workload.transfers.counterparties=4",
      "workload.transfers.cross_currency_share=0",
      "workload.transfers.source_currencies={USD: 1}",
      "workload.transfers.destination_currencies={USD: 1}", "banks.opening_balance=1000000 USD",
      "workload.generated.payments=100", "time.settlement_horizon=40d",
    ]
    let outcome = try world.run()
    #expect(outcome.contradictions == [])
    #expect(outcome.recorded.count { $0.kind == "recorded" } == 40)
    #expect(outcome.recorded.count { $0.kind == "drawn" } == 60)
    let several = try world.run(threads: 3)
    #expect(several.digest == outcome.digest && several.recorded == outcome.recorded)
    #expect(outcome.closing("A") == 100_00)
  }

  @Test("what is paid out in another currency is converted, and the accounts agree")
  func exchanged() throws {
    let outcome = try RecordedWorld(
      header: "id,time,payer,payee,amount,currency,to_currency",
      rows: ["p1,1,A,B,50.00,USD,EUR", "p2,2,A,B,10.00,USD,"]
    ).run()
    #expect(outcome.contradictions == [])
    #expect(outcome.recorded.map(\.toCurrency) == ["EUR", "USD"])
    #expect(outcome.closing("A") == 40_00 && outcome.closing("B", "EUR") == 40_00)
  }

  @Test("results.payments steers the table, and nothing else moves")
  func steered() throws {
    var world = RecordedWorld(rows: ["p1,1,A,B,1.00,USD"])
    let usual = try world.run()
    world.settings = ["results.payments=none"]
    let without = try world.run()
    #expect(without.result.payments == nil && usual.recorded.count == 1)
    #expect(without.digest == usual.digest && without.result.metrics == usual.result.metrics)
    let drawn = try SmallWorld(
      "workload.generated.payments=0", "workload.transfers.payments=20", "results.payments=all",
      "time.duration=1d"
    ).run()
    #expect(drawn.recorded.count >= 20 && drawn.recorded[0].id == "transfer-1")
  }
}
