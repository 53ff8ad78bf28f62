import Testing

@testable import Simulator

@Suite("Duplicates in a whole run")
struct DuplicateTests {
  private static let many = [
    "workload.client.duplicate_share=1/2", "workload.client.altered_share=1/4",
    "workload.generated.invalid_share=0",
  ]

  private func run(_ settings: String...) throws -> RunOutcome {
    try SmallWorld.kept(Self.many + settings).run()
  }

  @Test("a key has one effect, whatever knows the keys", arguments: ["hybrid", "database"])
  func oneEffect(_ mode: String) throws {
    // So short a memory that the fast store alone would not do.
    let outcome = try run(
      "idempotency.mode=\(mode)", "idempotency.capacity=1", "idempotency.time_to_live=1s")
    #expect(outcome.contradictions == [])
    #expect(outcome.count("double_effects") == 0)
    #expect(outcome.count("payments.accepted") == 2_000)
    let repeated = outcome.count("payments.requests") - 2_000
    #expect(900...1_100 ~= repeated)
    #expect(outcome.count("payments.refused") == repeated)
    #expect(
      outcome.refusals("200_same_response") + outcome.refusals("409_in_flight")
        + outcome.refusals("422_other_body") == repeated)
    #expect(abs(outcome.refusals("422_other_body") - repeated / 4) < 60)
    let holds = ReferenceLedger(journal: try #require(outcome.file("journal.csv"))).entries
      .filter { $0.kind == "hold" }
    #expect(holds.count == Set(holds.map { "\($0.cell)/\($0.reference)" }).count)
  }

  @Test("a fast store that stands alone and forgets lets double effects through, and counts them")
  func doubleEffects() throws {
    let outcome = try run("idempotency.mode=fast_store", "idempotency.capacity=1")
    let double = outcome.count("double_effects")
    #expect(outcome.contradictions == [])
    #expect(double > 100)
    #expect(outcome.count("payments.accepted") == 2_000 + double)
  }

  @Test("a fast store that forgets nothing is enough")
  func fastStore() throws {
    let outcome = try run("idempotency.mode=fast_store")
    #expect(outcome.contradictions == [])
    #expect(outcome.count("double_effects") == 0 && outcome.count("payments.accepted") == 2_000)
  }

  @Test("duplicates that arrive at the same instant have one winner")
  func sameInstant() throws {
    let outcome = try run("workload.client.duplicate_delay=0ms")
    #expect(outcome.contradictions == [])
    #expect(outcome.count("payments.accepted") == 2_000)
    #expect(outcome.refusals("409_in_flight") > 500)
    #expect(outcome.refusals("200_same_response") == 0)
  }

  @Test("clients that are refused for the rate try again, without a second effect")
  func retried() throws {
    let outcome = try run(
      "merchants.count=4", "merchants.rate_limit_per_second=0.5", "merchants.rate_limit_burst=1",
      "idempotency.mode=database")
    #expect(outcome.contradictions == [])
    #expect(outcome.refusals("429_rate_limited") > 50)
    #expect(outcome.count("payments.accepted") <= 2_000)
    #expect(outcome.count("double_effects") == 0)
  }
}
