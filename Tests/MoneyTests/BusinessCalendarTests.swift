import Money
import Testing

@Suite("Business calendars")
struct BusinessCalendarTests {
  /// Easter 2026 of TARGET: Good Friday, Easter Monday, Labour Day.
  let calendar = BusinessCalendar(
    weekends: false,
    holidays: [
      CivilDate(year: 2026, month: 5, day: 1), CivilDate(year: 2026, month: 4, day: 6),
      CivilDate(year: 2026, month: 4, day: 3), CivilDate(year: 2026, month: 4, day: 3),
    ])

  @Test(
    "a closed day moves to the next open one",
    arguments: [
      ("2026-04-02", "2026-04-02"), ("2026-04-03", "2026-04-07"), ("2026-04-05", "2026-04-07"),
      ("2026-04-06", "2026-04-07"), ("2026-05-01", "2026-05-04"), ("2026-03-07", "2026-03-09"),
    ])
  func next(from: String, to: String) throws {
    let date = try #require(CivilDate(from))
    #expect("\(calendar.next(onOrAfter: date))" == to)
    #expect(calendar.isOpen(date) == (from == to))
  }

  @Test(
    "value dates count open days only",
    arguments: [
      ("2026-04-02", 0, "2026-04-02"), ("2026-04-02", 1, "2026-04-07"),
      ("2026-04-02", 2, "2026-04-08"), ("2026-04-03", 1, "2026-04-08"),
    ])
  func roll(from: String, businessDays: Int, to: String) throws {
    let date = try #require(CivilDate(from))
    #expect("\(calendar.roll(date, businessDays: businessDays))" == to)
  }

  @Test("a system that works on weekends closes on holidays only")
  func weekends() throws {
    let holiday = try #require(CivilDate("2026-12-25"))
    let instant = BusinessCalendar(weekends: true, holidays: [holiday])
    #expect(instant.isOpen(try #require(CivilDate("2026-03-07"))))
    #expect(!instant.isOpen(holiday))
    #expect("\(instant.next(onOrAfter: holiday))" == "2026-12-26")
  }
}
