import Testing

@testable import Simulator

@Suite("Ends of windows")
struct WindowEndTests {
  /// The minutes of the run, in UTC, at which the hundred transfers of a day settle.
  private func minutes(_ date: String, _ strategy: String) throws -> [Int] {
    var world = SmallWorld("settlement.strategy={\(strategy)}")
    world.scenario = SettlementDayTests.world(
      date, "Europe/Berlin", #"open: "00:00", close: "23:30", customer_cut_off: "12:00""#)
    let outcome = try world.run()
    #expect(outcome.breach == nil && outcome.errors == [])
    #expect(outcome.count("transfers.settled") == 100)
    let series = try #require(outcome.result.settlementSeries)
    let settled = series.values(try #require(series.index(of: "settled_payments_EUR")))
    return settled.indices.filter { settled[$0] > 0 }
  }

  @Test(
    "at times of day follow the clock of their zone, also on days on which it is set",
    arguments: [
      ("2026-03-24", [6 * 60, 10 * 60 + 59]), ("2026-03-29", [5 * 60, 9 * 60 + 59]),
      ("2026-10-25", [6 * 60, 10 * 60 + 59]),
    ])
  func times(_ date: String, _ minutes: [Int]) throws {
    let strategy = #"name: fixed_window, at: ["11:59", "07:00"], time_zone: Europe/Berlin"#
    #expect(try self.minutes(date, strategy) == minutes)
  }

  @Test(
    "that are windows of a length follow the opening of the rail, which need not divide the day",
    arguments: [
      ("2026-03-24", [4 * 60, 9 * 60]), ("2026-03-29", [4 * 60, 9 * 60]),
      ("2026-10-25", [3 * 60, 8 * 60]),
    ])
  func opening(_ date: String, _ minutes: [Int]) throws {
    let strategy = "name: counterparty_consolidation, window: 5h, window_from: opening"
    #expect(try self.minutes(date, strategy) == minutes)
  }

  @Test(
    "before the cut-off are as long before it, whatever the clock does",
    arguments: [
      ("2026-03-24", 10 * 60 + 55), ("2026-03-29", 9 * 60 + 55), ("2026-10-25", 10 * 60 + 55),
    ])
  func cutOff(_ date: String, _ minute: Int) throws {
    let strategy = "name: multilateral_netting, before_cut_off: 5min"
    #expect(try minutes(date, strategy) == [minute])
  }

  @Test("what comes after the customers' cut-off is late, and told apart from what is late else")
  func unmeetable() throws {
    // From 02:00 to 08:00 UTC, 03:00 to 09:00 in Berlin; the cut-off is at 06:00.
    var world = SmallWorld("rails.r.customer_cut_off=06:00", "settlement.strategy=merchant_day")
    world.scenario = SettlementDayTests.world(
      "2026-03-24", "Europe/Berlin", #"open: "00:00", close: "23:30""#)
    func figures() throws -> (missed: Int, unmeetable: Int) {
      let outcome = try world.run()
      #expect(outcome.breach == nil && outcome.errors == [])
      return (
        outcome.count("transfers.deadlines_missed"), outcome.count("transfers.deadlines_unmeetable")
      )
    }
    // All wait for the end of the day, and so are late: half of them need not have been.
    let patient = try figures()
    #expect(patient.missed == 100 && (30...70).contains(patient.unmeetable))
    // Sent at once only those are late that nobody could have sent in time.
    world.settings[1] = "settlement.strategy=one_wire_per_payment"
    let prompt = try figures()
    #expect(prompt.missed == prompt.unmeetable && prompt.unmeetable == patient.unmeetable)
  }
}
