import Reporting
import Testing

@testable import Simulator

@Suite("Another rail where the counterparty cannot be reached")
struct AlternatePathTests {
  /// A day of 200 transfers in dollars, each by a wire of its own.
  private static let day = [
    "time.duration=1d", "workload.generated.payments=0", "workload.transfers.payments=200",
    "workload.transfers.source_currencies={USD: 1}", "workload.transfers.cross_currency_share=0",
    "workload.transfers.return_share=0", "settlement.strategy=one_wire_per_payment",
  ]

  private func rails(_ fedwire: String, _ others: String) -> String {
    "rails=[{reference: fedwire, unavailable_rate: \(fedwire)}, \(others) t2, chaps, bojnet]"
  }

  private func run(
    _ settings: [String], amount: String = "5000 USD", threads: Int = 1
  ) throws -> RunOutcome {
    try SmallWorld(Self.day + ["workload.transfers.amounts.constant=\(amount)"] + settings)
      .run(threads: threads)
  }

  private func rail(_ outcome: RunOutcome, _ name: String) throws -> RailRow {
    try #require(outcome.result.rails.first { $0.name == name })
  }

  @Test("with Fedwire out of reach everything settles over same-day ACH")
  func everything() throws {
    let outcome = try run([rails("1", "same_day_ach,")])
    #expect(outcome.contradictions == [])
    #expect(outcome.count("transfers.settled") == 200)
    let (wire, ach) = (try rail(outcome, "fedwire"), try rail(outcome, "same_day_ach"))
    #expect(wire.instructions == 0 && wire.rerouted >= 200)
    #expect(ach.instructions == 200 && ach.rerouted == 0)
    #expect(outcome.count("rails.rerouted") == wire.rerouted)
    #expect(outcome.summary.contains("\"rerouted\": \(wire.rerouted)"))
    #expect(outcome.result.notes.contains { $0.hasSuffix("\(wire.rerouted) rerouted.") })
  }

  @Test("all attempts on a rail are made before another is taken")
  func attempts() throws {
    let outcome = try run([rails("1", "same_day_ach,")])
    let rerouted = try rail(outcome, "fedwire").rerouted
    let note = try #require(outcome.result.notes.first { $0.hasPrefix("Rails settled ") })
    #expect(note.contains("\(3 * rerouted) retried"))
  }

  @Test("where the other rail does not take the amount, the instruction waits for its own")
  func beyondLimit() throws {
    let half = "settlement.instruction_retry_delays=[1s]"
    let outcome = try run([rails("0.5", "same_day_ach,"), half], amount: "1000001 USD")
    #expect(outcome.contradictions == [])
    #expect(outcome.count("rails.rerouted") == 0)
    #expect(try rail(outcome, "fedwire").instructions == 200)
    #expect(outcome.result.notes.contains { $0.contains("retried") && !$0.contains(" 0 deferred") })
  }

  @Test("of several other rails that of the scenario's choice is taken")
  func choice() throws {
    let both = try ["first", "fastest"].map {
      try run([rails("1", "swift_usd, same_day_ach,"), "settlement.rail_choice=\($0)"])
    }
    for outcome in both { #expect(outcome.contradictions == []) }
    #expect(try rail(both[0], "swift_usd").instructions == 200)
    #expect(try rail(both[1], "same_day_ach").instructions == 200)
  }

  @Test("nothing is rerouted while every counterparty can be reached")
  func reachable() throws {
    let outcome = try run([rails("0", "same_day_ach,")])
    #expect(outcome.contradictions == [])
    #expect(outcome.count("rails.rerouted") == 0)
    #expect(try rail(outcome, "fedwire").instructions == 200)
  }

  @Test("card payouts take the other rail as well")
  func payouts() throws {
    let outcome = try SmallWorld(rails("1", "same_day_ach,")).run()
    #expect(outcome.contradictions == [])
    #expect(try rail(outcome, "fedwire").instructions == 0)
    #expect(try rail(outcome, "same_day_ach").wires > 0)
  }

  @Test("the digest is the same on one and on two threads")
  func threads() throws {
    let digests = try [1, 2].map { try run([rails("0.7", "same_day_ach,")], threads: $0).digest }
    #expect(digests[0] == digests[1])
  }
}
