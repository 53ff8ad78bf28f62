import Testing

@testable import Simulator

@Suite("What a run that did not come to rest says")
struct OpenQueueTests {
  /// Sixty transfers of a hundred dollars between three banks that have `balance`.
  private static func world(_ balance: Int) -> String {
    """
    name: queues
    seed: 5
    time: {date: "2026-03-02", duration: 24h, drain_limit: 30min}
    cells: {per_region: 1}
    merchants:
      count: 1
      markets:
        - {country: US, region: a, time_zone: America/New_York, currency: USD,
           settlement_currency: USD, share: 1}
    fx: {usd_per_unit: {USD: 1}, spreads: {}}
    banks: {correspondents: 3, opening_balance: "\(balance) USD"}
    workload:
      generated: {payments: 0}
      transfers:
        payments: 60
        originators: 3
        counterparties: 3
        counterparty_skew: 0
        source_currencies: {USD: 1}
        destination_currencies: {USD: 1}
        cross_currency_share: 0
        amounts: {constant: "100 USD"}
        windows: {rtgs: 0.8, same_day: 0, next_day: 0, second_day: 0.2}
        return_share: 0
    rails:
      - {name: r, currency: USD, time_zone: America/New_York, open: "21:00", close: "18:45",
         unavailable_rate: 0, latency: 0s, fee: "0 USD"}
    settlement: {strategy: {name: hybrid, window: 12h}, priced: [one_wire_per_payment]}
    """
  }

  private func run(_ balance: Int, _ settings: [String] = []) throws -> RunOutcome {
    var world = SmallWorld(settings)
    world.scenario = Self.world(balance)
    return try world.run()
  }

  @Test("an empty queue is no deadlock, even if it was one before: a wire waits for its rail")
  func empty() throws {
    let outcome = try run(600)
    let text = try #require(outcome.errors.first)
    #expect(outcome.metric("deadlock.seconds") > 0)
    #expect(!text.contains("deadlock") && !text.contains("liquidity"), "\(text)")
    #expect(
      text.contains(
        "no queue holds anything up: 3 instructions wait on rail r "
          + "(next open 2026-03-03 02:00 UTC)"), "\(text)")
  }

  @Test("a queue without money names what binds and how much is missing")
  func missing() throws {
    let outcome = try run(0, ["settlement.strategy=one_wire_per_payment"])
    let text = try #require(outcome.errors.first)
    #expect(text.contains("balance and credit do not cover the payment"), "\(text)")
    #expect(text.contains("the system is closed until 2026-03-03 02:00 UTC"), "\(text)")
    #expect(text.contains("as \"gridlock_resolution\" does"), "\(text)")
    #expect(text.contains("all of it settles net with USD"), "\(text)")
  }

  @Test("with what is named as missing, and the mechanism named, the run comes to rest")
  func enough() throws {
    let wire = "settlement.strategy=one_wire_per_payment"
    let text = try #require(try run(0, [wire, "time.drain_limit=5d"]).errors.first)
    let banks = text.matches(of: /(correspondent-\d) USD ([\d,]+)\.00/).map {
      "{name: \($0.1), opening_balance: \"\($0.2.replacing(",", with: "")) USD\"}"
    }
    try #require(!banks.isEmpty)
    let participants = "interbank.participants=[\(banks.joined(separator: ", "))]"
    let netted = "interbank.mode={name: deferred_net, cycle: 24h}"
    let outcome = try run(0, [wire, participants, netted, "time.drain_limit=5d"])
    #expect(outcome.errors == [] && outcome.breach == nil)
  }

  @Test("a cap that binds is named as a cap, and no liquidity is asked for")
  func cap() throws {
    let outcome = try run(
      100_000, ["settlement.strategy=one_wire_per_payment", "interbank.net_debit_cap=50 USD"])
    let text = try #require(outcome.errors.first)
    #expect(text.contains("the payer's net debit would exceed its cap"), "\(text)")
    #expect(text.contains("room under net debit caps"), "\(text)")
    #expect(!text.contains("banks.opening_balance"), "\(text)")
  }
}
