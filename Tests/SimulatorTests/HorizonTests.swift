import Batching
import Interbank
import Reporting
import Testing

@testable import Simulator

@Suite("A horizon at which settlement ends")
struct HorizonTests {
  /// A day of 300 transfers between eight banks that have little money; no card payments.
  static let day = [
    "time.duration=1d", "cells.per_region=1", "workload.generated.payments=0",
    "workload.transfers.payments=300", "workload.transfers.maximum_amount=19000 USD",
  ]
  static let dollars = [
    "workload.transfers.source_currencies={USD: 1}", "workload.transfers.cross_currency_share=0",
    "workload.transfers.return_share=0",
  ]

  /// Figures that must follow from each other in a run that its horizon has ended.
  static func contradictions(_ outcome: RunOutcome) -> [String] {
    var found: [String] = []
    func expect(_ holds: Bool, _ text: @autoclosure () -> String) {
      if !holds { found.append(text()) }
    }
    expect(outcome.breach == nil, "breach: \(outcome.breach.map { "\($0)" } ?? "")")
    expect(outcome.errors.isEmpty && outcome.result.isComplete, "errors: \(outcome.errors)")
    expect(outcome.result.verdict == .passed, "verdict: \(outcome.result.verdict)")
    expect(outcome.count("reconciliation.exceptions") == 0, "notes: \(outcome.result.notes)")
    expect(outcome.count("stray_jobs") == 0, "stray jobs")
    var open = outcome.result.endStates.first { $0.name == "unsettled" }?.count ?? 0
    if let transfers = outcome.result.transfers {
      let ended = transfers.settled + transfers.reversed + transfers.failed
      open += transfers.accepted - ended + transfers.failed
      expect(outcome.count("transfers.failed_funds") == transfers.failed, "failed")
    }
    expect(outcome.count("unsettled.count") == open, "\(open) unsettled by the ends")
    expect(outcome.result.unsettled?.count ?? 0 == open, "\(open) unsettled by the ends")
    let hasSentence = outcome.result.notes.contains { $0.hasPrefix("unsettled: ") }
    expect(open == 0 || hasSentence, "no note of \(open) unsettled")
    let parts = outcome.result.costComponents.prefix { $0.name != "acquirers" }
    let sum = parts.reduce(0) { $0 + $1.amount.minorUnits }
    expect(abs(Double(sum) / 100 - outcome.metric("cost.settlement")) < 0.001, "parts: \(parts)")
    return found
  }

  @Test("that comes after everything is settled changes nothing")
  func ample() throws {
    let plain = try SmallWorld(Self.day).run()
    let bounded = try SmallWorld(Self.day + ["time.settlement_horizon=20d"]).run()
    #expect(plain.contradictions == [])
    #expect(bounded.digest == plain.digest)
    #expect(bounded.result.metrics == plain.result.metrics)
    #expect(bounded.result.notes == plain.result.notes && bounded.result.unsettled == nil)
    #expect(bounded.count("unsettled.count") == 0 && bounded.metric("cost.unsettled") == 0)
  }

  @Test("counts and prices to the cent what banks without money never settle")
  func nothing() throws {
    // Orders of USD 100 come from 10:00 to 11:00, nobody has money; all are due by Wednesday 19:00.
    let outcome = try SmallWorld(
      Self.day + Self.dollars + [
        "banks.opening_balance=0 USD", "workload.transfers.amounts={constant: 100 USD}",
        "workload.transfers.hour_weights=[0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0]",
        "settlement.strategy=one_wire_per_payment", "time.settlement_horizon=10d",
        "costs.unsettled_rate=0.01", "costs.unsettled_penalty=7 USD", "costs.delay_rate=0.365",
        "costs.missed_deadline=2 USD",
      ]
    ).run()
    #expect(Self.contradictions(outcome) == [])
    #expect(outcome.count("transfers.settled") == 0 && outcome.count("unsettled.count") == 300)
    #expect(outcome.metric("unsettled.value") == 30_000)
    #expect(outcome.result.virtualTimeNanoseconds == 10 * 86_400_000_000_000)
    // Each is owed for 9 days and 13 to 14 hours, at 1 % a day and 0.1 % a day of delay.
    let charged = outcome.metric("cost.unsettled") - 300 * 7
    let (least, most) = (30_000 * 0.01 * (9 + 13.0 / 24), 30_000 * 0.01 * (9 + 14.0 / 24))
    #expect(least...most ~= charged, "\(charged)")
    #expect(abs(outcome.metric("cost.delay") * 10 - charged) < 0.1)
    #expect(outcome.metric("cost.missed_deadlines") == 600)
    let total = outcome.metric("cost.unsettled") + outcome.metric("cost.delay") + 600
    #expect(abs(outcome.metric("cost.settlement") - total) < 0.001)
    let row = outcome.result.unsettled?.rows.first
    #expect(row?.currency == "USD" && row?.transfers == 300)
    #expect(row?.transfersValue == ReportedAmount(30_000_00))
  }

  @Test(
    "leaves every account with what is outstanding, whatever strategy, currencies and hour",
    arguments: StrategyRegistry.declarations.map(\.name), [24, 39, 64])
  func strategies(_ name: String, hour: Int) throws {
    for mode in ["rtgs", "{name: rtgs, queue_order: fifo_bypass, maximum_part: 100000}"] {
      let outcome = try SmallWorld(
        Self.day + [
          "settlement.strategy=\(name)", "time.settlement_horizon=\(hour)h",
          "banks.opening_balance=8000 USD", "interbank.mode=\(mode)",
        ]
      ).run()
      #expect(Self.contradictions(outcome) == [], "\(name), \(hour), \(mode)")
    }
  }

  @Test("and under every settlement mode", arguments: SettlementModeRegistry.names, [25, 38, 62])
  func modes(_ name: String, hour: Int) throws {
    for strategy in ["one_wire_per_payment", "multilateral_netting"] {
      let outcome = try SmallWorld(
        Self.day + [
          "settlement.strategy=\(strategy)", "time.settlement_horizon=\(hour)h",
          "banks.opening_balance=8000 USD", "interbank.mode=\(name)",
        ]
      ).run()
      #expect(Self.contradictions(outcome) == [], "\(name), \(hour), \(strategy)")
    }
  }

  @Test(
    "and of card payments, captured, on their way and held ones", arguments: [2, 13, 30, 70, 150])
  func cards(_ hour: Int) throws {
    for strategy in ["merchant_day", "one_wire_per_payment", "multilateral_netting"] {
      let outcome = try SmallWorld(
        "workload.capture.immediate_share=1/2", "workload.client.duplicate_share=1/4",
        "acquirers.northbank.late_rate=1/10", "settlement.strategy=\(strategy)",
        "time.settlement_horizon=\(hour)h"
      ).run(threads: 2)
      #expect(Self.contradictions(outcome) == [], "\(hour) h, \(strategy)")
      let settled = outcome.count("payments.settled")
      #expect(hour < 30 || settled > 0, "\(hour) h, \(strategy)")
      let unsettled = outcome.count("payments.unsettled")
      #expect(settled + unsettled == outcome.step("captured"), "\(hour) h, \(strategy)")
      // Merchants' days end after the 13th hour: nothing of them can have been paid out before.
      #expect(strategy != "merchant_day" || hour > 13 || unsettled > 0, "\(hour) h")
      #expect(outcome.count("payments.lost") == 0)
    }
  }

  @Test("and of card payments between banks that are short of money")
  func shortBanks() throws {
    for seed in 1...3 {
      let outcome = try SmallWorld(
        "seed=\(seed)", "banks.opening_balance=500 USD", "banks.overdraft_limit=0 USD",
        "banks.issuers=40",
        "settlement.strategy=one_wire_per_payment", "time.settlement_horizon=60h",
        "interbank.mode={name: rtgs, maximum_part: 5000}"
      ).run()
      #expect(Self.contradictions(outcome) == [], "seed \(seed)")
      #expect(outcome.count("unsettled.count") > 0)
    }
  }

  @Test("is the same on one and on two threads, with parking and with continuations")
  func threads() throws {
    var world = SmallWorld(
      Self.day + [
        "workload.generated.payments=300", "settlement.strategy=multilateral_netting",
        "banks.opening_balance=8000 USD", "time.settlement_horizon=40h",
      ])
    let summaries = try [1, 2].map { try world.run(threads: $0).summary }
    #expect(summaries[0] == summaries[1] && summaries[0].contains("\"unsettled\""))
    world.suspension = .continuation
    #expect(try world.run().summary == summaries[0])
  }

  @Test("thresholds judge the run as ever")
  func thresholds() throws {
    let outcome = try SmallWorld(
      Self.day + [
        "banks.opening_balance=8000 USD", "time.settlement_horizon=40h",
        "thresholds=[unsettled.count == 0, unsettled.value >= 0 USD]",
      ]
    ).run()
    #expect(outcome.result.verdict == .thresholdMissed)
    #expect(outcome.result.thresholds.map(\.isPassed) == [false, true])
  }

  @Test("gives no price to strategies that count payments which no plan has seen")
  func unplanned() throws {
    let outcome = try SmallWorld([
      "cells.per_region=1", "workload.generated.payments=40", "time.duration=2h",
      "time.settlement_horizon=3h", "settlement.strategy={name: size_threshold, payments: 441}",
      "settlement.priced=[one_wire_per_payment, size_threshold, merchant_day]",
    ]).run()
    #expect(Self.contradictions(outcome) == [])
    #expect(
      outcome.result.strategies.map(\.name)
        == ["one_wire_per_payment", "merchant_day", "size_threshold"])
    #expect(outcome.result.strategies.map(\.isChosen) == [false, false, true])
    #expect(outcome.result.notes.contains { $0.contains("counts payments as they come has none") })
  }
}

@Suite("A run that does not come to rest")
struct UnrestTests {
  @Test(
    "forgets nothing that waits at the gateway",
    arguments: [
      "bus.publish_latency=10d", "idempotency.fast_store_latency=10d", "gateway.service_time=10d",
    ])
  func gateway(setting: String) throws {
    let outcome = try SmallWorld([
      "cells.per_region=1", "workload.generated.payments=12", "time.duration=2h",
      "time.drain_limit=5d", setting,
    ]).run()
    #expect(outcome.breach == nil)
    #expect(outcome.result.verdict == .notAtRest)
  }
}
