import Testing

@testable import Simulator

@Suite("Recorded payments that the schedule names")
struct RecordedScheduleTests {
  private static let minute: Int64 = 60_000_000_000

  /// Three payments of 60 from an account of 100: one settles at once, two wait. At noon 60 more
  /// come in.
  private func world(_ entries: String...) -> RecordedWorld {
    RecordedWorld(
      mode: "{name: rtgs, queue_order: priority}",
      settings: [
        "interbank.schedule=["
          + (entries + ["{at: \"12:00\", action: add_liquidity, bank: A, amount: 60.00 USD}"])
          .joined(separator: ", ") + "]"
      ], rows: (1...3).map { "p\($0),\($0),A,B,60.00,USD" })
  }

  @Test("one of them is given another priority, and goes before those that came first")
  func prioritise() throws {
    let plain = try world().run()
    #expect(plain.recorded.map(\.end) == [.settled, .settled, .unsettled])
    let outcome = try world("{at: 8h, action: prioritise, payment: p3, priority: high}").run()
    #expect(outcome.recorded.map(\.end) == [.settled, .unsettled, .settled])
    #expect(outcome.payment("p3")?.ended == 720 * Self.minute)
    #expect(outcome.result.schedule[0].payments == 1 && outcome.result.schedule[0].bank == "A")
  }

  @Test("one of them is handed in once more, and goes behind the others")
  func resubmit() throws {
    let outcome = try world("{at: 8h, action: resubmit, payment: p2}").run()
    #expect(outcome.recorded.map(\.end) == [.settled, .unsettled, .settled])
  }

  @Test("one of them is cancelled, and one that has settled no more")
  func cancel() throws {
    let outcome = try world(
      "{at: 8h, action: cancel, payment: p2}", "{at: 8h, action: cancel, payment: p1}"
    ).run()
    #expect(outcome.recorded.map(\.end) == [.settled, .cancelled, .settled])
    #expect(outcome.recorded[1].ended == 480 * Self.minute)
    #expect(outcome.result.schedule.prefix(2).map(\.payments) == [1, 0])
  }

  @Test("a payment that goes out with others is theirs too, and stays")
  func together() throws {
    var world = world("{at: 8h, action: cancel, payment: p2}")
    world.strategy = "{name: fixed_window, window: 1h}"
    let outcome = try world.run()
    #expect(outcome.result.schedule[0].payments == 0)
    #expect(outcome.recorded.allSatisfy { $0.end != .cancelled })
  }

  @Test("currencies of the recorded payments alone may be scheduled, and no others")
  func currencies() throws {
    var world = RecordedWorld(
      settings: [
        #"interbank.schedule=[{at: "10:00", action: add_liquidity, bank: A, amount: 20.00 EUR}]"#
      ], rows: ["p1,08:00,A,B,20.00,EUR"])
    #expect(try world.run().recorded.map(\.ended) == [600 * Self.minute])
    world.settings = [
      "interbank.schedule=[{at: 1h, action: add_liquidity, bank: A, amount: 20.00 CHF}]",
      "fx.usd_per_unit={USD: 1, EUR: 1.25, CHF: 1.25}",
      "fx.spreads={EUR/USD: 1, CHF/USD: 1}",
    ]
    let (text, code) = world.refusal()
    #expect(
      text.contains("interbank.schedule[0].amount")
        && text.contains("expected a currency that the run settles, found CHF"), "\(text)")
    #expect(code == 65)
  }

  struct Refused: CustomTestStringConvertible, Sendable {
    var entry: String
    var text: String
    var testDescription: String { entry }
  }

  static let refused = [
    Refused(
      entry: "action: cancel, payment: p9",
      text: "interbank.schedule[0].payment: expected the id of a recorded payment, found `p9`; "
        + "did you mean `p1`?"),
    Refused(
      entry: "action: cancel, payment: p1, bank: A",
      text: "interbank.schedule[0].bank: expected none with `payment`"),
    Refused(
      entry: "action: prioritise, payment: p1",
      text: "interbank.schedule[0].priority: missing key: `prioritise` needs it"),
    Refused(
      entry: "action: add_liquidity, payment: p1, bank: A, amount: 1 USD",
      text: "interbank.schedule[0].payment: expected none with `add_liquidity`"),
    Refused(
      entry: "action: cancel",
      text: "interbank.schedule[0].bank: missing key: `cancel` needs it, or `payment`"),
  ]

  @Test("entries that name no payment, or more than one, with the key", arguments: refused)
  func refusal(_ found: Refused) {
    let (text, code) = world("{at: 8h, \(found.entry)}").refusal()
    #expect(text.contains(found.text), "\(text)")
    #expect(code == 65)
  }

  @Test("payments are named where payments are recorded")
  func unrecorded() {
    var world = world("{at: 8h, action: cancel, payment: p1}")
    world.settings += ["workload.transfers={payments: 0}", "workload.generated.payments=1"]
    #expect(
      world.refusal().text.contains(
        "interbank.schedule[0].payment: expected none without `workload.transfers.trace`"))
  }

  @Test("recorded payments beside others need a strategy that is stated")
  func unstatedStrategy() {
    var world = world()
    world.strategy = nil
    world.settings += ["workload.generated.payments=1"]
    let (text, code) = world.refusal()
    #expect(
      text.contains("workload.transfers.trace: expected `settlement.strategy` beside recorded"),
      "\(text)")
    #expect(code == 65)
    world.settings += ["settlement.strategy=merchant_day"]
    #expect(world.refusal().code == 0)
  }
}
