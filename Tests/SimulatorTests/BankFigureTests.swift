import Testing

@testable import Simulator

@Suite("Figures of banks, plans and time")
struct BankFigureTests {
  private static let day = [
    "time.duration=1d", "workload.generated.payments=0", "workload.transfers.payments=300",
    "cells.per_region=1", "merchants.count=1",
  ]

  private func run(_ settings: String..., threads: Int = 1) throws -> RunOutcome {
    let outcome = try SmallWorld(Self.day + settings).run(threads: threads)
    #expect(outcome.breach == nil && outcome.errors == [])
    return outcome
  }

  private func sum(_ outcome: RunOutcome, _ column: String) -> Int {
    let series = [outcome.result.settlementSeries, outcome.result.transferSeries]
    return series.reduce(0) { sum, series in
      sum + (series?.index(of: column).map { series!.values($0).reduce(0, +) } ?? 0)
    }
  }

  @Test("every plan of the optimiser is listed, with its bound, alike for any number of threads")
  func plans() throws {
    let outcomes = try [1, 3].map { try run("settlement.strategy=optimised", threads: $0) }
    let plans = outcomes[0].result.plans
    #expect(outcomes[1].result.plans == plans && !plans.isEmpty)
    #expect(plans.map(\.time) == plans.map(\.time).sorted())
    let report = try #require(outcomes[0].result.planning)
    #expect(plans.reduce(0) { $0 + $1.priced } == report.priced)
    // What one plan puts off is planned again.
    let planned = plans.reduce(0) {
      $0 + $1.payments - $1.heldForRound - $1.heldForExchange - $1.heldForFunds
    }
    #expect(planned == outcomes[0].count("transfers.settled"))
    for plan in plans {
      if let bound = plan.bound { #expect(bound <= plan.cost) }
      if let other = plan.runnerUpCost { #expect(plan.cost <= other && plan.runnerUp != nil) }
    }
    #expect(try run("settlement.strategy=fixed_window").result.plans.isEmpty)
  }

  @Test("what banks did adds up to what their systems did")
  func banks() throws {
    let outcome = try run("settlement.strategy=one_wire_per_payment")
    for system in outcome.result.systems {
      let rows = outcome.result.banks.filter { $0.currency == system.currency }
      #expect(rows.reduce(0) { $0 + $1.timed } == system.deadlines)
      #expect(rows.reduce(0) { $0 + $1.timedMet } == system.deadlinesMet)
      #expect(rows.allSatisfy { $0.usages == $0.usages.sorted(by: >) && $0.days > 0 })
      #expect(rows.allSatisfy { $0.available == $0.available.sorted() })
      // The day that used most is at most the sum of the banks' own days that did.
      #expect(rows.reduce(0) { $0 + ($1.usages.first ?? 0) } >= system.usage)
    }
    #expect(outcome.result.banks.allSatisfy { $0.bank.hasPrefix("correspondent-") })
  }

  @Test("the series hold what the systems and the transfers came to")
  func series() throws {
    let outcome = try run(
      "settlement.strategy=one_wire_per_payment", "interbank.net_debit_cap=100000 USD",
      "interbank.mode={name: hybrid_offset}")
    for system in outcome.result.systems {
      let code = system.currency
      #expect(sum(outcome, "settled_payments_\(code)") == system.settled)
      #expect(sum(outcome, "settled_value_\(code)_minor_units") == Int(system.value))
      let series = try #require(outcome.result.settlementSeries)
      let queued = series.values(try #require(series.index(of: "queued_payments_\(code)")))
      #expect((queued.max() ?? 0) <= system.largestQueue)
      #expect((queued.max() ?? 0 > 0) == (system.largestQueue > 0))
    }
    #expect(outcome.result.systems.contains { $0.largestQueue > 0 })
    #expect(sum(outcome, "accepted") == outcome.count("transfers.accepted"))
    #expect(sum(outcome, "settled") == outcome.count("transfers.settled"))
    #expect(sum(outcome, "settled_late") == outcome.count("transfers.deadlines_missed"))
    let series = try #require(outcome.result.transferSeries)
    let open = series.values(try #require(series.index(of: "open_value_minor_units")))
    #expect(Double(open.max() ?? 0) / 100 == outcome.metric("exposure.peak"))
  }

  @Test("the residual of foreign exchange is what the journal books to its account")
  func residual() throws {
    var world = SmallWorld.kept(["settlement.strategy=merchant_day"])
    (world.scenario, world.file) = try TraceReplay.shipped()
    let outcome = try world.run()
    let ledger = ReferenceLedger(journal: try #require(outcome.file("journal.csv")))
    var booked: [String: Int] = [:]
    for (account, balance) in ledger.balances.sorted(by: { $0.key < $1.key }) {
      let parts = account.split(separator: "/")
      if parts[1] == "fx_residual", balance != 0 {
        booked[String(parts[2]), default: 0] += balance
      }
    }
    for amount in outcome.result.residuals {
      #expect(booked[amount.currency] == Int(amount.minorUnits))
    }
    #expect(outcome.result.residuals.count == booked.filter { $0.value != 0 }.count)
  }
}
