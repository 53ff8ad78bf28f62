import Glibc
import Testing

@testable import Simulator

/// Tests/Judges/recompute_result.py and plant_faults.py, which share no code with this program and
/// need nothing but Python's standard library.
enum Recomputation {
  /// Whether Python is there.
  static let isPresent = system("python3 -c 'import zoneinfo' >/dev/null 2>&1") == 0
  static let absence: Comment = "python3 is missing"

  /// What a script says of the result of a run; `change` is made to its files before.
  static func judge(
    _ outcome: RunOutcome, by script: String = "recompute_result.py",
    change: (String, String) -> String = { $1 }
  ) throws -> (status: Int32, report: String) {
    let fixture = TraceFixture()
    for file in outcome.files where !file.name.contains("/") {
      let text = change(file.name, String(decoding: file.bytes, as: UTF8.self))
      _ = fixture.write(Array(text.utf8), name: file.name)
    }
    _ = fixture.write(Array(change("summary.json", outcome.summary).utf8), name: "summary.json")
    let report = fixture.directory + "/report"
    let status = system(
      "python3 \(TraceFiles.root)/Tests/Judges/\(script) \(fixture.directory) >\(report) 2>&1")
    return (status, String(decoding: try TraceReplay.read(report), as: UTF8.self))
  }

  /// That every figure of the result is what its files come to.
  static func expectAgreement(_ outcome: RunOutcome, _ place: SourceLocation = #_sourceLocation)
    throws
  {
    let (status, report) = try judge(outcome)
    #expect(status == 0, "\(report.suffix(4_000))", sourceLocation: place)
  }
}

@Suite(
  "Figures recomputed from files alone",
  .enabled(if: Recomputation.isPresent, Recomputation.absence))
struct RecomputationTests {
  @Test("those of cards")
  func cards() throws {
    try Recomputation.expectAgreement(
      try DetailWorld.shipped(
        "smoke", ["workload.generated.payments=1500", "merchants.count=40"]
      ).run())
  }

  @Test(
    "those of transfers under each strategy",
    arguments: [
      "one_wire_per_payment", "fixed_window", "merchant_day", "counterparty_consolidation",
      "size_threshold", "bilateral_netting", "multilateral_netting", "hybrid", "optimised",
    ])
  func strategies(_ name: String) throws {
    try Recomputation.expectAgreement(
      try DetailWorld.shipped(
        "transfers", ["workload.transfers.payments=500", "settlement.strategy=\(name)"]
      ).run())
  }

  @Test(
    "those of scarce liquidity under each mode",
    arguments: [
      "rtgs", "{name: rtgs, maximum_part: 300000, queue_order: priority}",
      "{name: deferred_net, settlement_lag: 30min, netting: bilateral}",
      "{name: continuous_net, at_cap: reject, window: 1h, settlement_lag: 20min}",
      "hybrid_offset",
    ])
  func modes(_ mode: String) throws {
    try Recomputation.expectAgreement(
      try DetailWorld.mixed([
        DetailWorld.details, "interbank.mode=\(mode)", "banks.opening_balance=100000 USD",
        "banks.overdraft_limit=100000 USD", "interbank.net_debit_cap=400000 USD",
        "settlement.strategy=one_wire_per_payment",
      ]).run())
  }

  @Test(
    "those of refunds and voids, whatever the strategy has made of what is taken back",
    arguments: ["one_wire_per_payment", "{name: fixed_window, window: 1h}", "merchant_day"])
  func takenBack(_ strategy: String) throws {
    let fixture = TraceFixture()
    let rows = (0..<40).flatMap { place in
      let payment = ("p\(place)", 3_000 * place, "m\(place % 3)", 2_000 + place)
      let back = ("C\(place)", 3_000 * place + 9_000, "m\(place % 3)", -(2_000 + place))
      return place % 2 == 0 ? [payment, back] : [payment]
    }.sorted { $0.1 < $1.1 }
    let outcome = try TraceReplay.world(
      rows, in: fixture, [DetailWorld.details, "settlement.strategy=\(strategy)"]
    ).run()
    #expect(outcome.result.money[0].voided > 0 && outcome.result.money[0].refunded > 0)
    try Recomputation.expectAgreement(outcome)
  }

  @Test(
    "those of transfers that fail for lack of funds, each with its end in the records",
    arguments: ["one_wire_per_payment", "multilateral_netting"])
  func failed(_ strategy: String) throws {
    let outcome = try SmallWorld(
      HorizonTests.day + [
        DetailWorld.details, "banks.opening_balance=8000 USD", "settlement.strategy=\(strategy)",
        "interbank.mode={name: rtgs, at_close: return}", "time.settlement_horizon=12d",
        "costs.unsettled_rate=0.01", "costs.unsettled_penalty=7 USD",
      ]
    ).run()
    let failed = outcome.count("transfers.failed_funds")
    let obligations = outcome.table("obligations").filter { $0["end"] == "failed" }
    #expect(failed > 0 && obligations.count == failed)
    #expect(obligations.allSatisfy { $0["settled_ns"] == "" && $0["ended_ns"] != "" })
    let batches = Set(outcome.table("batches").filter { $0["end"] == "failed" }.map { $0["id"]! })
    #expect(Set(obligations.map { $0["batch"]! }) == batches)
    try Recomputation.expectAgreement(outcome)
  }

  @Test(
    "what settling costs the banks, by day and by hour, on liquidity that is used or put in",
    arguments: [
      "liquidity_rate: 0.02, delay_rate: 0.001",
      "liquidity_rate: 0.5, liquidity_period: 30min, liquidity_base: allocated, "
        + "unsettled_at_close: 7 USD",
      "liquidity_rate: 3, liquidity_period: 7h, delay_rate: 0.25, delay_period: 10min, "
        + "priorities: {urgent: 5, high: 2}, after_deadline: 10, split: 0.25 USD, "
        + "unsettled_at_close: 3 EUR",
    ])
  func prices(_ prices: String) throws {
    let outcome = try DetailWorld.mixed([
      DetailWorld.details, "time.date=2026-03-06", "time.duration=4d",
      "interbank.mode={name: rtgs, maximum_part: 300000, queue_order: priority}",
      "banks.opening_balance=100000 USD", "banks.overdraft_limit=100000 USD",
      "settlement.strategy=one_wire_per_payment", "costs.interbank={\(prices)}",
    ]).run()
    #expect(outcome.metric("cost.interbank") > 0)
    try Recomputation.expectAgreement(outcome)
  }

  @Test("those of twelve currencies over the end of a month, with moving rates and monthly tiers")
  func currencies() throws {
    try Recomputation.expectAgreement(try DetailWorld.shipped("twelve-currencies").run())
  }

  @Test("every figure and every kind of row that is moved by the least turns the judge red")
  func planted() throws {
    let outcome = try DetailWorld.shipped("twelve-currencies").run()
    let (status, report) = try Recomputation.judge(outcome, by: "plant_faults.py")
    #expect(status == 0, "\(report.suffix(4_000))")
    let caught = report.firstMatch(of: #/"caught": (\d+)/#).flatMap { Int($0.1) } ?? 0
    #expect(caught > 300)
  }

  @Test("a figure of the summary that is edited by a cent turns the judge red")
  func edited() throws {
    let outcome = try DetailWorld.mixed().run()
    let cost = outcome.metric("cost.rail_operators")
    let (status, report) = try Recomputation.judge(outcome) { name, text in
      name != "summary.json"
        ? text
        : text.replacing("\"cost.rail_operators\": \(cost)", with: "\"cost.rail_operators\": 1.23")
    }
    #expect(status != 0)
    #expect(report.contains("cost.rail_operators"))
  }
}
