import Testing

@testable import Simulator

@Suite("Days that are planned")
struct PlannedDayTests {
  private static let others = [
    "one_wire_per_payment", "{name: fixed_window, window: 4h}", "merchant_day", "size_threshold",
    "{name: counterparty_consolidation, window: 4h}",
    "{name: bilateral_netting, before_cut_off: 1min}",
    "{name: multilateral_netting, before_cut_off: 1min}",
    "{name: multilateral_netting, window: 4h}", "{name: hybrid, window: 4h}",
  ]

  /// What a bank may owe the others, net, is less than it wants to at times.
  private static let tight = [
    "banks.opening_balance=\"200000 USD\"", "interbank.net_debit_cap=\"100000 USD\"",
  ]

  /// A day of transfers between six banks.
  private func day(_ strategy: String, _ settings: [String]) throws -> RunOutcome {
    let outcome = try SmallWorld(
      [
        "time.duration=1d", "workload.generated.payments=0", "workload.transfers.payments=400",
        "workload.transfers.counterparty_skew=0", "cells.per_region=1", "merchants.count=1",
        "banks.correspondents=6", "workload.transfers.originators=6",
        "workload.transfers.counterparties=6", "settlement.strategy=\(strategy)",
      ] + settings
    ).run(threads: 1)
    #expect(outcome.breach == nil && outcome.errors == [], "\(strategy)")
    return outcome
  }

  private func metric(_ name: String, _ outcome: RunOutcome) -> Double? {
    outcome.result.metrics[name]
  }

  @Test(
    "optimised is no dearer than any other strategy, and none costs less than the bound",
    arguments: [
      ["banks.opening_balance=\"3000000 USD\""],
      ["banks.opening_balance=\"3000000 USD\"", "costs.delay_rate=0.2", "costs.wire=\"25 USD\""],
      // Dear delay and large amounts: most is best sent at once.
      [
        "banks.opening_balance=\"900000000 USD\"", "costs.delay_rate=1",
        "workload.transfers.amounts={constant: \"1000000 USD\"}",
      ],
      tight + ["costs.missed_deadline=\"100 USD\""],
    ])
  func cheapest(_ settings: [String]) throws {
    let own = try day("optimised", settings)
    let cost = try #require(metric("cost.settlement", own))
    let bound = try #require(metric("plan.clairvoyant_bound", own))
    #expect(bound > 0 && bound <= cost)
    for name in Self.others {
      let other = try day(name, settings)
      let found = try #require(metric("cost.settlement", other))
      #expect(cost <= found, "\(name) costs \(found), optimised \(cost)")
      #expect(bound <= found, "\(name) costs \(found), below the bound of \(bound)")
      #expect(metric("plan.clairvoyant_bound", other) == nil, "\(name) minimises nothing")
    }
  }

  @Test("where caps bind, what may wait waits for room, and no deadline is missed for that")
  func scarce() throws {
    let own = try day("optimised", Self.tight)
    #expect(own.result.plans.contains { $0.heldForFunds > 0 })
    let netted = try day("{name: multilateral_netting, before_cut_off: 1min}", Self.tight)
    #expect(own.count("transfers.deadlines_missed") <= netted.count("transfers.deadlines_missed"))
  }

  @Test("where delay is dear transfers leave between rounds, where it is free none does")
  func atOnce() throws {
    func first(_ rate: String) throws -> Int {
      let outcome = try day(
        "optimised",
        [
          "banks.opening_balance=\"900000000 USD\"", "costs.delay_rate=\(rate)",
          "workload.transfers.amounts={constant: \"1000000 USD\"}",
        ])
      let planned = outcome.result.plans.reduce(0) {
        $0 + $1.payments - $1.heldForRound - $1.heldForExchange - $1.heldForFunds
      }
      return outcome.count("transfers.accepted") - planned
    }
    #expect(try first("0") == 0)
    #expect(try first("1") > 100)
  }
}
