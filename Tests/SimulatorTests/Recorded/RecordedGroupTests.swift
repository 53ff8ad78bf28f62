import Testing

@testable import Simulator

@Suite("Recorded payments that settle all or none")
struct RecordedGroupTests {
  private static let header = "id,time,payer,payee,amount,currency,group"
  private static let minute: Int64 = 60_000_000_000
  private static let empty = ["A", "B", "C"].map { "{name: \($0), balances: {USD: 0.00 USD}}" }

  @Test("a circle without money settles at one moment, once its last payment has arrived")
  func circle() throws {
    let outcome = try RecordedWorld(
      banks: Self.empty, header: Self.header,
      rows: [
        "p1,08:00,A,B,50.00,USD,g", "p2,08:05,B,C,50.00,USD,g", "p3,08:10,C,A,50.00,USD,g",
      ]
    ).run()
    #expect(outcome.contradictions == [])
    #expect(outcome.recorded.allSatisfy { $0.end == .settled && $0.ended == 490 * Self.minute })
    #expect(Set(outcome.recorded.map(\.group)).count == 1)
    #expect(outcome.recorded[0].mechanism == "batch")
    #expect(["A", "B", "C"].allSatisfy { (outcome.closing($0) ?? -1) == 0 })
  }

  @Test("a group that lacks money waits until the bank that lacks it is paid; none settles before")
  func waits() throws {
    let outcome = try RecordedWorld(
      banks: Self.empty + ["{name: D, balances: {USD: 30.00 USD}}"], header: Self.header,
      rows: [
        "p1,08:00,A,B,50.00,USD,g", "p2,08:00,B,A,30.00,USD,g", "p3,08:01,D,C,10.00,USD,",
        "p4,09:00,D,A,20.00,USD,",
      ]
    ).run()
    #expect(outcome.contradictions == [])
    #expect(outcome.recorded.map(\.ended) == [540, 540, 481, 540].map { $0 * Self.minute })
    #expect(outcome.closing("A") == 0 && outcome.closing("B") == 20_00)
  }

  @Test("money that the schedule brings in, in a currency of the banks alone, lets a group settle")
  func funded() throws {
    let outcome = try RecordedWorld(
      banks: ["A", "B"].map { "{name: \($0), balances: {EUR: 0.00 EUR}}" },
      settings: [
        #"interbank.schedule=[{at: "10:00", action: add_liquidity, bank: A, amount: 20.00 EUR}]"#
      ], header: Self.header,
      rows: ["p1,08:00,A,B,50.00,EUR,g", "p2,08:00,B,A,30.00,EUR,g"]
    ).run()
    #expect(outcome.contradictions == [])
    #expect(outcome.recorded.allSatisfy { $0.end == .settled && $0.ended == 600 * Self.minute })
    #expect(outcome.closing("A", "EUR") == 0 && outcome.closing("B", "EUR") == 20_00)
  }

  @Test("a group that never finds the money is unsettled whole, or returned whole at a close")
  func never() throws {
    for (mode, end) in [("rtgs", "unsettled"), ("{name: rtgs, at_close: return}", "returned")] {
      let outcome = try RecordedWorld(
        banks: Self.empty, mode: mode, header: Self.header,
        rows: ["p1,08:00,A,B,50.00,USD,g", "p2,08:00,B,A,30.00,USD,g"]
      ).run()
      #expect(outcome.recorded.map(\.end.rawValue) == [end, end], "\(mode)")
      #expect(outcome.closing("A") ?? 0 == 0)
    }
  }

  @Test("payment against payment: two currencies move at one moment, or neither does")
  func currencies() throws {
    var world = RecordedWorld(
      banks: [
        "{name: A, balances: {USD: 125.00 USD}}",
        "{name: B, balances: {EUR: 60.00 EUR}}", "{name: C, balances: {EUR: 40.00 EUR}}",
      ], header: Self.header,
      rows: ["p1,08:00,A,B,125.00,USD,g", "p2,08:00,B,A,100.00,EUR,g"])
    let short = try world.run()
    #expect(short.recorded.allSatisfy { $0.end == .unsettled })
    #expect(short.closing("A") == 125_00)
    world.rows.append("p3,09:00,C,B,40.00,EUR,")
    let covered = try world.run()
    #expect(covered.contradictions == [])
    #expect(covered.recorded.allSatisfy { $0.end == .settled && $0.ended == 540 * Self.minute })
    #expect(covered.closing("A", "EUR") == 100_00 && covered.closing("B") == 125_00)
  }

  @Test("a held payment holds its group")
  func held() throws {
    let outcome = try RecordedWorld(
      header: Self.header + ",not_before",
      rows: ["p1,08:00,A,B,50.00,USD,g,10:00", "p2,08:00,B,A,30.00,USD,g,"]
    ).run()
    #expect(outcome.recorded.allSatisfy { $0.ended == 600 * Self.minute })
  }
}
