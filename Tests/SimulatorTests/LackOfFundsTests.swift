import Batching
import Interbank
import Reporting
import Scenario
import Testing

@testable import Simulator

@Suite("Transfers that a close gives back for lack of funds")
struct LackOfFundsTests {
  private func run(_ settings: [String], threads: Int = 1) throws -> RunOutcome {
    try SmallWorld(HorizonTests.day + settings).run(threads: threads)
  }

  @Test("fail for good: every one settles on its first day or goes back, and the run comes to rest")
  func gross() throws {
    let outcome = try run(
      HorizonTests.dollars + [
        "banks.opening_balance=8000 USD", "interbank.mode={name: rtgs, at_close: return}",
        "settlement.strategy=one_wire_per_payment", "costs.unsettled_rate=0",
        "costs.unsettled_penalty=40 USD",
      ])
    #expect(HorizonTests.contradictions(outcome) == [])
    let failed = outcome.count("transfers.failed_funds")
    #expect(failed > 0 && outcome.count("transfers.settled") == 300 - failed)
    #expect(outcome.metric("cost.unsettled") == Double(failed) * 40)
    #expect(outcome.result.unsettled?.horizon == nil && outcome.result.unsettled?.failed == failed)
    #expect(outcome.result.notes.contains { $0.contains("failed for lack of funds") })
    #expect(SummaryTable.render(outcome.result).contains("failed for lack of funds"))
    let carried = try run(
      HorizonTests.dollars + [
        "banks.opening_balance=8000 USD", "settlement.strategy=one_wire_per_payment",
        "time.settlement_horizon=20d",
      ])
    #expect(carried.count("transfers.failed_funds") == 0)
  }

  @Test("of banks without any money all fail at the first close, and cost rate and penalty")
  func all() throws {
    // Orders of USD 100 come from 10:00 to 11:00; the RTGS system of the dollar closes at 18:45 in
    // New York, 23:45 UTC.
    let outcome = try run(
      HorizonTests.dollars + [
        "banks.opening_balance=0 USD", "interbank.mode={name: rtgs, at_close: return}",
        "workload.transfers.amounts={constant: 100 USD}",
        "workload.transfers.hour_weights=[0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0]",
        "settlement.strategy=one_wire_per_payment", "costs.unsettled_rate=0.01",
        "costs.unsettled_penalty=7 USD",
      ])
    #expect(HorizonTests.contradictions(outcome) == [])
    #expect(outcome.count("transfers.failed_funds") == 300)
    let charged = outcome.metric("cost.unsettled") - 300 * 7
    let (least, most) = (30_000 * 0.01 * 12.75 / 24, 30_000 * 0.01 * 13.75 / 24)
    #expect(least...most ~= charged, "\(charged)")
    #expect(outcome.count("transfers.deadlines_missed") == 300)
  }

  @Test(
    "leave all money where the books say, in nettings with conversions and parts too",
    arguments: StrategyRegistry.declarations.map(\.name), 1...2)
  func strategies(_ name: String, seed: Int) throws {
    for mode in [
      "{name: rtgs, at_close: return}",
      "{name: rtgs, maximum_part: 100000, queue_order: fifo_bypass, at_close: return}",
      "{name: deferred_net, at_close: return}", "{name: continuous_net, at_close: return}",
    ] {
      let outcome = try run([
        "seed=\(seed)", "settlement.strategy=\(name)", "interbank.mode=\(mode)",
        "banks.opening_balance=8000 USD", "time.settlement_horizon=12d",
      ])
      #expect(HorizonTests.contradictions(outcome) == [], "\(name), \(mode), seed \(seed)")
      let failed = outcome.count("transfers.failed_funds")
      #expect(failed > 0, "\(name), \(mode), seed \(seed)")
    }
  }

  @Test(
    "and the run comes to rest without a horizon, whatever currencies",
    arguments: ["one_wire_per_payment", "multilateral_netting", "bilateral_netting"])
  func rest(_ name: String) throws {
    let outcome = try run([
      "settlement.strategy=\(name)", "banks.opening_balance=4000 USD",
      "interbank.mode={name: rtgs, maximum_part: 100000, at_close: return}",
    ])
    #expect(HorizonTests.contradictions(outcome) == [])
    let failed = outcome.count("transfers.failed_funds")
    #expect(failed > 0 && outcome.count("transfers.settled") + failed == outcome.accepted)
  }

  @Test("and where banks fail besides")
  func failures() throws {
    for seed in 1...3 {
      let outcome = try run([
        "seed=\(seed)", "settlement.strategy={name: multilateral_netting, window: 1h}",
        "interbank.mode={name: rtgs, maximum_part: 100000, at_close: return}",
        "banks.opening_balance=8000 USD", "time.settlement_horizon=12d",
        "banks.failures=[{bank: correspondent-1, at: 15h}, {bank: correspondent-5, at: 30h}]",
      ])
      #expect(HorizonTests.contradictions(outcome) == [], "seed \(seed)")
      #expect(outcome.count("transfers.reversed") > 0)
    }
  }

  @Test("payouts of card payments are sent again at the next opening instead")
  func cards() throws {
    let settings = [
      "settlement.strategy=one_wire_per_payment", "cells.per_region=1",
      "banks.opening_balance=12000.00 USD", "banks.issuers=40",
    ]
    let kept = try SmallWorld(settings).run()
    let returned = try SmallWorld(
      settings + ["interbank.mode={name: rtgs, maximum_part: 7000, at_close: return}"]
    ).run()
    #expect(kept.contradictions == [] && returned.contradictions == [])
    #expect(returned.result.notes.contains { !$0.contains(" 0 returned at a close") })
    #expect(returned.metric("execution_latency.max") < 4 * 86_400e9)
  }

  @Test("cost more than to settle them: who settles less does not rank first")
  func ranking() throws {
    let settings =
      HorizonTests.dollars + [
        "banks.opening_balance=8000 USD", "settlement.strategy=one_wire_per_payment",
        "time.settlement_horizon=3d",
      ]
    let poor = try run(settings)
    let netted = try run(
      settings + ["interbank.mode={name: rtgs, liquidity_saving: gridlock_resolution}"])
    let returned = try run(settings + ["interbank.mode={name: rtgs, at_close: return}"])
    let rich = try run(settings + ["banks.opening_balance=1000000 USD"])
    let outcomes = [rich, netted, poor, returned]
    let unsettled = outcomes.map { $0.count("unsettled.count") }
    #expect(unsettled[0] == 0 && unsettled[1] <= unsettled[2] && unsettled[2] > 0)
    let cost = outcomes.map { $0.metric("cost.settlement") }
    // What it would be without the price of what was never settled.
    let bare = outcomes.map { $0.metric("cost.settlement") - $0.metric("cost.unsettled") }
    #expect(cost[0] < cost[2] && cost[0] < cost[3] && cost[1] <= cost[2], "\(cost)")
    let wires = outcomes.map { $0.metric("cost.wires") }
    #expect(wires[3] < wires[0], "what fails pays for no wire: \(wires), \(bare)")
  }
}

extension RunOutcome {
  /// Transfers taken on.
  fileprivate var accepted: Int { count("transfers.accepted") }
}

@Suite("What may stay unsettled has a price")
struct UnsettledPriceTests {
  private func refusal(_ settings: String...) -> String {
    do {
      let scenario = try LoadedScenario.load(
        Array(SmallWorld.standard.utf8), file: "small.yaml",
        overrides: settings.map { ScenarioOverride(assignment: $0)! },
        strategies: StrategyRegistry.declarations, modes: SettlementModeRegistry.declarations)
      _ = try ScenarioRun(scenario)
      return ""
    } catch { return "\(error)" }
  }

  @Test("or a mode that gives payments back is refused")
  func atClose() {
    let free = ["costs.unsettled_rate=0", "costs.unsettled_penalty=0 USD"]
    let mode = "interbank.mode={name: rtgs, at_close: return}"
    let text = refusal(free[0], free[1], mode)
    #expect(text.contains("costs.unsettled_penalty: expected") && text.contains("at_close: return"))
    #expect(refusal(free[0], mode) == "" && refusal(free[1], mode) == "")
    #expect(refusal(free[0], free[1], "interbank.mode=rtgs") == "")
  }

  @Test("a mode under which nothing waits has nothing to give back at a close")
  func noQueue() {
    let text = refusal("interbank.mode={name: continuous_net, at_cap: reject, at_close: return}")
    #expect(text.contains("at_close: expected carry_over with at_cap: reject"), "\(text)")
    #expect(refusal("interbank.mode={name: continuous_net, at_cap: reject}") == "")
  }
}
