import Money
import Testing

@Suite("Dates and times of the day")
struct CivilDateTests {
  /// From Python's `datetime.date`.
  @Test(
    "day numbers and weekdays agree with Python's calendar",
    arguments: [
      ("0001-01-01", -719_162, 0), ("1600-02-29", -135_081, 1), ("1899-12-31", -25_568, 6),
      ("1969-12-31", -1, 2), ("1970-01-01", 0, 3), ("2000-02-29", 11_016, 1),
      ("2026-03-02", 20_514, 0), ("2100-02-28", 47_540, 6), ("2100-03-01", 47_541, 0),
      ("9999-12-31", 2_932_896, 4),
    ])
  func golden(text: String, dayNumber: Int, weekday: Int) throws {
    let date = try #require(CivilDate(text))
    #expect(date.dayNumber == dayNumber)
    #expect(date.weekday == weekday)
    #expect(CivilDate(dayNumber: dayNumber) == date)
    #expect("\(date)" == text)
  }

  @Test("every day of six centuries comes back from its number, in order")
  func roundTrip() {
    var previous = CivilDate(dayNumber: -135_141)
    var mismatches = 0
    for number in -135_140...84_000 {
      let date = CivilDate(dayNumber: number)
      if date.dayNumber != number || !date.isValid || date <= previous { mismatches += 1 }
      previous = date
    }
    #expect(mismatches == 0)
  }

  /// Python: weekdays below 5 from 1900-01-01 up to 2100-01-01, exclusive.
  @Test("two centuries have 52,179 weekdays")
  func weekdays() throws {
    let first = try #require(CivilDate("1900-01-01")).dayNumber
    let end = try #require(CivilDate("2100-01-01")).dayNumber
    #expect((first..<end).count { CivilDate(dayNumber: $0).weekday < 5 } == 52_179)
  }

  @Test(
    "a text that names no day is refused",
    arguments: [
      "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-01",
      "20260301", "2026/03/01", "0000-01-01", "2026-03-0x", "+026-03-01", "", "2026-03-02 ",
    ])
  func refused(text: String) {
    #expect(CivilDate(text) == nil)
  }

  @Test("parts that are out of range are not valid")
  func validity() {
    #expect(!CivilDate(year: 2026, month: 2, day: 30).isValid)
    #expect(!CivilDate(year: 10_000, month: 1, day: 1).isValid)
    #expect(CivilDate(year: 2024, month: 2, day: 29).isValid)
    #expect(CivilDate(year: 2026, month: 12, day: 31).adding(days: 1).description == "2027-01-01")
  }

  @Test(
    "times of the day are read to the second",
    arguments: [("00:00", 0), ("23:59", 86_340), ("23:59:30", 86_370), ("02:30", 9_000)])
  func times(text: String, seconds: Int) throws {
    let time = try #require(TimeOfDay(text))
    #expect(time.secondsSinceMidnight == seconds)
    #expect("\(time)" == text)
    #expect(TimeOfDay(secondsSinceMidnight: seconds) == time)
  }

  @Test(
    "a text that is no time of the day is refused",
    arguments: [
      "24:00", "12:60", "1:00", "12:00:60", "12", "", "12:00:", "-1:00", "12-00", "12:0x",
    ])
  func noTime(text: String) {
    #expect(TimeOfDay(text) == nil)
  }

  @Test("times of the day compare by the clock")
  func timeOrder() {
    #expect(TimeOfDay(hour: 9, minute: 0) < TimeOfDay(hour: 9, minute: 0, second: 1))
    #expect(!TimeOfDay(hour: 25, minute: 0).isValid)
  }
}
