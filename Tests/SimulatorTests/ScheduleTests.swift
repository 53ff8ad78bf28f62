import Testing

@testable import Simulator

@Suite("What is scheduled")
struct ScheduleTests {
  /// A hundred transfers of 100 EUR between three banks without money, from 02:00 to 08:00 UTC of a
  /// Tuesday, on a rail from 00:00 to 23:30 in Berlin; each by itself and urgent.
  private func run(
    _ schedule: String, _ settings: String..., balance: String = "0 USD"
  ) throws -> RunOutcome {
    var world = SmallWorld(
      settings + [
        "interbank.schedule=[\(schedule)]", "banks.opening_balance=\(balance)",
        "time.settlement_horizon=48h", "reconciliation.keep_files=true",
      ])
    world.scenario = SettlementDayTests.world(
      "2026-03-24", "Europe/Berlin", #"open: "00:00", close: "23:30""#)
    let outcome = try world.run()
    #expect(outcome.breach == nil && outcome.errors == [])
    return outcome
  }

  private func added(_ bank: Int, _ amount: String = "90000 EUR", at: String = "12h") -> String {
    "{at: \(at), action: add_liquidity, bank: correspondent-\(bank), amount: \(amount)}"
  }

  @Test("without money nothing settles, and what is brought in lets it settle, at its instant")
  func added() throws {
    #expect(try run("").count("transfers.settled") == 0)
    let times = [
      "12h", "\"12:00\"", "{time: \"13:00\", zone: Europe/Berlin}", "{time: \"12:00\", day: 1}",
    ]
    let outcomes = try times.map { time in
      try run([1, 2, 3].map { added($0, at: time) }.joined(separator: ", "))
    }
    for outcome in outcomes {
      #expect(outcome.count("transfers.settled") == 100)
      #expect(outcome.digest == outcomes[0].digest)
    }
    let outcome = outcomes[0]
    let series = try #require(outcome.result.settlementSeries)
    let settled = series.values(try #require(series.index(of: "settled_payments_EUR")))
    #expect(settled.indices.filter { settled[$0] > 0 } == [12 * 60])
    let rows = outcome.result.schedule
    #expect(rows.map(\.entry) == [1, 2, 3] && rows.allSatisfy { $0.at == 43_200_000_000_000 })
    #expect(rows.allSatisfy { $0.applied == $0.asked && $0.applied?.minorUnits == 90_000_00 })
    let banks = outcome.result.banks.filter { $0.broughtIn > 0 }
    #expect(banks.map(\.broughtIn) == [90_000_00, 90_000_00, 90_000_00])
  }

  @Test("a bank's statement of the day has what was brought in and taken out, and closes with it")
  func statements() throws {
    let outcome = try run(
      "\(added(1, "500 EUR")), {at: 13h, action: withdraw_liquidity, bank: correspondent-1, "
        + "amount: 7000 EUR}", "workload.transfers.payments=1")
    let name = "files/correspondent-1-EUR-2026-03-24.csv"
    let statement = try #require(outcome.file(name), "\(outcome.files.map(\.name))")
    let lines = statement.split(separator: "\n")
    #expect(lines.contains("M,liquidity,1,50000"))
    let taken = try #require(lines.first { $0.hasPrefix("M,liquidity,2,-") })
    let amount = try #require(Int64(taken.split(separator: ",")[3]))
    // Asked for 7,000, no more is taken than is there.
    let row = try #require(outcome.result.schedule.last)
    #expect(row.asked?.minorUnits == 7_000_00 && row.applied?.minorUnits == -amount)
    #expect(-amount <= 600_00)
    let sums = lines.filter { $0.hasPrefix("M,") }
      .compactMap { Int64($0.split(separator: ",")[3]) }
    #expect(lines.last?.hasSuffix(",CLOSE,\(sums.reduce(0, +))") == true)
  }

  @Test(
    "what a bank cancels goes back to its customers for good, and is neither lost nor unsettled")
  func cancelled() throws {
    let outcome = try run(
      "{at: 12h, action: cancel, bank: correspondent-1}, "
        + [1, 2, 3].map { added($0, at: "13h") }.joined(separator: ", "))
    let cancelled = outcome.count("transfers.cancelled")
    #expect((1..<100).contains(cancelled))
    #expect(outcome.count("transfers.settled") == 100 - cancelled)
    #expect(outcome.count("interbank.cancelled") == cancelled)
    #expect(outcome.result.schedule[0].payments == cancelled)
    #expect(outcome.result.unsettled == nil)
    let some = try run(
      "{at: 12h, action: cancel, bank: correspondent-1, counterparty: correspondent-2}, "
        + "{at: 12h, action: cancel, bank: correspondent-2, minimum: 101 EUR}, "
        + [1, 2, 3].map { added($0, at: "13h") }.joined(separator: ", "))
    #expect((1..<cancelled).contains(some.count("transfers.cancelled")))
    #expect(some.result.schedule[1].payments == 0)
  }

  @Test("priorities, places, caps, limits and collateral are changed at their instants")
  func terms() throws {
    let outcome = try run(
      "{at: 11h, action: prioritise, bank: correspondent-1, priority: normal}, "
        + "{at: 11h, action: resubmit, bank: correspondent-2}, "
        + "{at: 12h, action: net_debit_cap, bank: correspondent-1, amount: 0 EUR}, "
        + "{at: 12h, action: bilateral_limit, bank: correspondent-2, amount: 0 EUR}, "
        + "{at: 12h, action: collateral, bank: correspondent-3, amount: 1000 EUR}, "
        + "{at: 20h, action: collateral, bank: correspondent-3, amount: 0 EUR}",
      "interbank.mode={name: rtgs, queue_order: priority}", "ledger.journal=true")
    #expect(outcome.count("interbank.reprioritised") == outcome.result.schedule[0].payments)
    #expect(outcome.count("interbank.resubmitted") == outcome.result.schedule[1].payments)
    #expect(outcome.count("transfers.settled") > 0)
    // A tenth of the collateral is not lent; nine payments of 100 were made with it, or fewer that
    // others' payments paid for.
    let pledged = outcome.result.schedule[4]
    #expect(pledged.applied?.minorUnits == 900_00 && pledged.asked == pledged.applied)
    let drawn = try #require(outcome.result.schedule[5].applied?.minorUnits)
    #expect(drawn <= 900_00)
    let journal = try #require(outcome.file("journal.csv"))
    #expect(journal.contains("pledged:correspondent-3") && journal.contains("central_bank_pledges"))
  }

  @Test("transfers come as often as the schedule says from then on")
  func arrivals() throws {
    let halves = try ["0", "1", "3"].map { factor in
      try run("{at: 5h, action: arrival_rate, factor: \(factor)}", balance: "1000000 USD")
        .count("transfers.accepted")
    }
    // Half of the hundred come before 05:00.
    #expect(halves == [50, 100, 200])
  }

  @Test("deadlines raise priorities, and with them the order in which payments go")
  func rises() throws {
    let outcome = try run(
      [1, 2, 3].map { added($0) }.joined(separator: ", "),
      "workload.transfers.windows={rtgs: 0, same_day: 1, next_day: 0, second_day: 0}",
      "interbank.mode={name: rtgs, queue_order: priority}",
      "interbank.priority_rises=[{within: 14h, to: high}, {within: 12h, to: urgent}]")
    #expect(outcome.count("transfers.settled") == 100)
    #expect(outcome.count("interbank.reprioritised") > 100)
  }

  @Test("what settling costs banks is summed in the figures, bank by bank in the table")
  func prices() throws {
    let outcome = try run(
      [1, 2, 3].map { added($0) }.joined(separator: ", "),
      "costs.interbank={liquidity_rate: 2, liquidity_base: allocated, delay_rate: 0.5, "
        + "delay_period: 1h, unsettled_at_close: 5 EUR, split: 1 EUR}", "costs.currency=EUR")
    let banks = outcome.result.banks.compactMap(\.cost)
    #expect(banks.count == 3)
    #expect(banks.map(\.liquidity) == [180_000_00, 180_000_00, 180_000_00])
    let delay = Double(banks.reduce(0) { $0 + $1.delay }) / 100
    // All hundred wait from their arrival, 02:00 to 08:00 evenly, until 12:00: 7 hours on average,
    // at half of 100 EUR an hour.
    let hour: Double = 5_000
    #expect(delay > 6 * hour && delay < 8 * hour)
    let (all, liquidity) = (
      outcome.metric("cost.interbank"), outcome.metric("cost.interbank.liquidity")
    )
    #expect(abs(outcome.metric("cost.interbank.delay") - delay) < 0.001)
    #expect(liquidity == 540_000)
    #expect(outcome.metric("cost.interbank.splits") == 0)
    let rest = all - liquidity
    #expect(abs(rest - delay) < 0.001)
    let unsettled = try run("", "costs.interbank={unsettled_at_close: 5 EUR}", "costs.currency=EUR")
    // The closes of two days come before the horizon.
    #expect(unsettled.metric("cost.interbank.unsettled") == 1_000)
  }
}
