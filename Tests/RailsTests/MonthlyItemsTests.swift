import Money
import Rails
import Scenario
import Testing

@Suite("Instructions of a month")
struct MonthlyItemsTests {
  private func items(_ rail: RailSettings, prior: Int, from date: CivilDate) -> MonthlyItems {
    MonthlyItems(
      participants: 2, prior: prior, hours: RailHours(rail),
      startingAt: Int64(date.dayNumber) * 86_400)
  }

  private func second(_ date: CivilDate, _ hour: Int64, _ minute: Int64 = 0) -> Int64 {
    Int64(date.dayNumber) * 86_400 + hour * 3_600 + minute * 60
  }

  @Test("each month begins at zero, the run's first at what came before")
  func months() {
    var rail = RailSettings.defaults[0]
    rail.timeZone = "UTC"
    (rail.open, rail.close) = (TimeOfDay(hour: 0, minute: 0), TimeOfDay(hour: 0, minute: 0))
    rail.weekends = true
    let january = CivilDate(year: 2026, month: 1, day: 30)
    var items = items(rail, prior: 7, from: january)
    #expect(items.add(0, at: second(january, 3)) == 8)
    #expect(items.add(0, at: second(january.adding(days: 1), 23, 59)) == 9)
    #expect(items.sent(1, at: second(january.adding(days: 1), 23, 59)) == 7)
    #expect(items.add(0, at: second(january.adding(days: 2), 0)) == 1)
    #expect(items.sent(1, at: second(january.adding(days: 2), 0)) == 0)
    // The same month of the next year is another.
    #expect(items.add(0, at: second(CivilDate(year: 2027, month: 2, day: 1), 5)) == 1)
  }

  @Test("the month is that of the rail's business day, in its own time zone and hours")
  func businessDay() throws {
    let fedwire = RailSettings.defaults[0]
    // Friday 2026-01-30, New York. The day that opens on Sunday at 21:00, which is 02:00 UTC on
    // Monday, is Monday 2 February.
    let friday = CivilDate(year: 2026, month: 1, day: 30)
    var items = items(fedwire, prior: 0, from: friday)
    #expect(items.add(0, at: second(friday, 15)) == 1)
    #expect(items.add(0, at: second(friday, 23, 44)) == 2)
    #expect(items.add(0, at: second(friday, 23, 46)) == 1)
    #expect(items.add(0, at: second(friday.adding(days: 3), 3)) == 2)
  }
}
