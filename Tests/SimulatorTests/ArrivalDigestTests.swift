import Testing

@testable import Simulator

@Suite("The digest of arrivals")
struct ArrivalDigestTests {
  private func arrivals(_ settings: String..., threads: Int = 1) throws -> UInt64 {
    let outcome = try SmallWorld(settings).run(threads: threads)
    return outcome.result.identity.arrivalDigest
  }

  @Test("it is the same for every strategy, number of threads and way to wait")
  func same() throws {
    let expected = try arrivals()
    #expect(expected != 0)
    for strategy in ["one_wire_per_payment", "fixed_window", "merchant_day"] {
      #expect(try arrivals("settlement.strategy=\(strategy)") == expected)
    }
    for threads in [2, 3] { #expect(try arrivals(threads: threads) == expected) }
    var world = SmallWorld()
    world.suspension = .continuation
    #expect(try world.run().result.identity.arrivalDigest == expected)
  }

  @Test(
    "it does not change with what becomes of the requests",
    arguments: [
      "costs.wire=9.00 USD", "authorization.retries=0", "merchants.rate_limit_per_second=1",
      "workload.client.retries=0", "workload.client.altered_share=1", "merchants.cut_off=01:00",
    ])
  func answers(_ setting: String) throws {
    #expect(try arrivals(setting) == arrivals())
  }

  @Test(
    "it changes with every setting of what merchants ask for",
    arguments: [
      "seed=2", "workload.generated.payments=2001", "merchants.count=41",
      "workload.client.duplicate_share=1/2", "workload.generated.fraud_share=1/2",
      "banks.issuers=3", "banks.merchant_banks=3",
      "merchants.risk_shares={low: 0, medium: 0, high: 1}",
      "workload.generated.account_to_account_share=1/2", "workload.generated.invalid_share=1/2",
      "merchants.foreign_currency_share=1/2", "workload.capture.immediate_share=0",
    ])
  func settings(_ setting: String) throws {
    #expect(try arrivals(setting) != arrivals())
  }

  @Test("orders to transfer count with all their fields: amounts, parties, windows, returns")
  func transfers() throws {
    let hours = Array(repeating: "1", count: 24).joined(separator: ", ")
    let few = [
      "workload.generated.payments=0", "workload.transfers.payments=200", "time.duration=2h",
      "workload.transfers.hour_weights=[\(hours)]",
    ]
    func arrivals(_ more: String...) throws -> UInt64 {
      try SmallWorld(few + more).run().result.identity.arrivalDigest
    }
    let expected = try arrivals()
    #expect(expected != 0)
    #expect(try arrivals("settlement.strategy=fixed_window") == expected)
    #expect(try arrivals("interbank.mode=deferred_net") == expected)
    for setting in [
      "workload.transfers.return_share=1/2", "workload.transfers.originators=7",
      "workload.transfers.cross_currency_share=1/2", "workload.transfers.counterparty_skew=2",
      "workload.transfers.windows={rtgs: 1, same_day: 0, next_day: 0, second_day: 0}",
    ] { #expect(try arrivals(setting) != expected, "\(setting)") }
  }

  private typealias Row = (id: String, second: Int, merchant: String, amount: Int)

  /// The arrivals of a trace of three payments and a cancellation.
  private func trace(_ change: (inout [Row]) -> Void = { _ in }) throws -> UInt64 {
    let fixture = TraceFixture()
    var rows: [Row] = [
      ("1", 30_000, "shop", 1_234), ("2", 30_001, "shop", 5_000), ("3", 30_002, "other", 700),
      ("4", 32_000, "shop", -5_000),
    ]
    change(&rows)
    return try TraceReplay.world(rows, in: fixture).run().result.identity.arrivalDigest
  }

  @Test("one penny or one second of a trace changes it, and what is cancelled too")
  func onePenny() throws {
    let before = try trace()
    #expect(try trace() == before)
    #expect(try trace { $0[0].amount += 1 } != before)
    #expect(try trace { $0[1].second += 1 } != before)
    #expect(try trace { $0[3].amount += 1 } != before)
    #expect(try trace { $0[3].second += 1 } != before)
    #expect(try trace { $0.removeLast() } != before)
  }
}
