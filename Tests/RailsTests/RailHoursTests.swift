import Money
import Scenario
import Testing

@testable import Rails

@Suite("Rail hours")
struct RailHoursTests {
  static func rail(
    _ zone: String, _ open: String, _ close: String, weekends: Bool = false,
    holidays: [String] = []
  ) -> RailHours {
    var settings = RailSettings(
      name: "rail", currency: .usd, timeZone: zone, open: TimeOfDay(open)!,
      close: TimeOfDay(close)!, fee: MoneyAmount(minorUnits: 0, currency: .usd))
    settings.weekends = weekends
    settings.holidays = holidays.map { CivilDate($0)! }
    return RailHours(settings)
  }

  /// An instruction that arrives at a UTC time: its business day, and when it begins.
  static func expect(
    _ rail: RailHours, at second: Int64, day: String, begin: Int64,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let next = rail.next(at: second)
    #expect(next.day == CivilDate(day)!, sourceLocation: location)
    #expect(next.begin == begin, sourceLocation: location)
    #expect(next.close > next.begin, sourceLocation: location)
  }

  @Test("Fedwire's day opens on the evening before, Monday's on Sunday")
  func fedwire() {
    let rail = Self.rail("America/New_York", "21:00", "18:45")
    func local(_ date: String, _ time: String) -> Int64 { utcSecond(date, time, offset: -5) }
    // 2 March 2026 is a Monday.
    let noon = local("2026-03-02", "12:00")
    Self.expect(rail, at: noon, day: "2026-03-02", begin: noon)
    let close = local("2026-03-02", "18:45")
    Self.expect(rail, at: close - 1, day: "2026-03-02", begin: close - 1)
    Self.expect(rail, at: close, day: "2026-03-03", begin: local("2026-03-02", "21:00"))
    let night = local("2026-03-02", "23:00")
    Self.expect(rail, at: night, day: "2026-03-03", begin: night)
    let friday = local("2026-03-06", "20:00")
    Self.expect(
      rail, at: friday, day: "2026-03-09", begin: utcSecond("2026-03-08", "21:00", offset: -4))
    let sunday = local("2026-03-01", "21:30")
    Self.expect(rail, at: sunday, day: "2026-03-02", begin: sunday)
    Self.expect(
      rail, at: local("2026-03-01", "20:59"), day: "2026-03-02", begin: local("2026-03-01", "21:00")
    )
  }

  @Test("a time of day falls on the evening before where the day opens then")
  func instants() {
    let fedwire = Self.rail("America/New_York", "21:00", "18:45")
    // Clocks are set forward at 02:00 of 8 March 2026.
    let day = CivilDate("2026-03-08")!
    for (time, date, offset) in [
      ("21:00", "2026-03-07", -5), ("23:59", "2026-03-07", -5), ("00:00", "2026-03-08", -5),
      ("12:00", "2026-03-08", -4), ("18:45", "2026-03-08", -4), ("20:00", "2026-03-08", -4),
    ] {
      #expect(
        fedwire.instant(of: TimeOfDay(time)!, in: day) == utcSecond(date, time, offset: offset),
        "\(time)")
    }
    let berlin = Self.rail("Europe/Berlin", "02:30", "18:00")
    #expect(
      berlin.instant(of: TimeOfDay("01:00")!, in: day)
        == utcSecond("2026-03-08", "01:00", offset: 1))
    #expect(
      berlin.instant(of: TimeOfDay("18:00")!, in: day)
        == utcSecond("2026-03-08", "18:00", offset: 1))
  }

  @Test("a rail of daytime hours waits for the next morning, over weekends and holidays")
  func daytime() {
    let rail = Self.rail(
      "Europe/Berlin", "02:30", "18:00", holidays: ["2026-04-03", "2026-04-06"])
    func local(_ date: String, _ time: String) -> Int64 { utcSecond(date, time, offset: 2) }
    Self.expect(
      rail, at: local("2026-04-02", "01:00"), day: "2026-04-02", begin: local("2026-04-02", "02:30")
    )
    // Maundy Thursday evening: Good Friday, the weekend and Easter Monday are closed.
    Self.expect(
      rail, at: local("2026-04-02", "18:00"), day: "2026-04-07", begin: local("2026-04-07", "02:30")
    )
    Self.expect(
      rail, at: local("2026-04-05", "12:00"), day: "2026-04-07", begin: local("2026-04-07", "02:30")
    )
  }

  @Test("equal times are around the clock, from midnight to midnight")
  func aroundTheClock() {
    let always = Self.rail("Europe/London", "00:00", "00:00", weekends: true)
    let start = utcSecond("2026-03-28", "00:00", offset: 0)
    for hour in 0..<96 {
      let second = start + Int64(hour) * 3_600 + 17
      #expect(always.next(at: second).begin == second)
    }
    // The clocks go forward on Sunday 29 March: the business day has 23 hours.
    let sunday = always.hours(of: CivilDate("2026-03-29")!)
    #expect(sunday.close - sunday.open == 23 * 3_600)
    let closed = Self.rail("Europe/London", "08:00", "08:00")
    Self.expect(
      closed, at: start + 40_000, day: "2026-03-30",
      begin: utcSecond("2026-03-30", "00:00", offset: 1))
  }

  @Test("hours follow the local clock when it changes")
  func daylight() {
    let rail = Self.rail("America/New_York", "21:00", "18:45", weekends: true)
    let change = rail.hours(of: CivilDate("2026-03-08")!)
    #expect(change.open == utcSecond("2026-03-07", "21:00", offset: -5))
    #expect(change.close == utcSecond("2026-03-08", "18:45", offset: -4))
    let back = rail.hours(of: CivilDate("2026-11-01")!)
    #expect(back.close - back.open == 22 * 3_600 + 2_700)
  }

  @Test(
    "through a year, work begins within hours of an open day and never too early",
    arguments: [
      ("America/New_York", "21:00", "18:45"), ("Europe/Berlin", "02:30", "18:00"),
      ("Asia/Tokyo", "08:30", "21:00"), ("Europe/London", "06:00", "06:00"),
    ])
  func always(zone: String, open: String, close: String) {
    let holidays = ["2026-01-01", "2026-12-25"]
    let rail = Self.rail(zone, open, close, holidays: holidays)
    var numbers = SplitMix(seed: 5)
    var second = utcSecond("2025-12-30", "00:00", offset: 0)
    var last: (day: CivilDate, begin: Int64)?
    for _ in 0..<1_500 {
      second += Int64(numbers.pick(0...50_000))
      let next = rail.next(at: second)
      #expect(next.begin >= second && next.begin < next.close)
      #expect(next.day.weekday < 5 && !holidays.contains(next.day.description))
      let hours = rail.hours(of: next.day)
      #expect(next.begin == max(second, hours.open) && next.close == hours.close)
      // No business day is left out: the one before was over.
      if let last { #expect(last.day <= next.day && last.begin <= next.begin) }
      last = (next.day, next.begin)
      var before = next.day.adding(days: -1)
      while before.weekday > 4 || holidays.contains(before.description) {
        before = before.adding(days: -1)
      }
      #expect(rail.hours(of: before).close <= second)
    }
  }
}
