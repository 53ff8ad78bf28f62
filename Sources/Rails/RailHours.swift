import Money
import Scenario

/// When a rail is open. Pure; seconds since 1970-01-01.
///
/// A business day opens at `open` and closes at `close` local time; where `open` is not before
/// `close` the day opens on the evening before (Fedwire: 21:00 to 18:45), and equal times mean
/// around the clock.
public struct RailHours: Sendable {
  let zone: CivilTimeZone
  /// Days on which it is open.
  public let calendar: BusinessCalendar
  private let open: TimeOfDay
  private let close: TimeOfDay

  /// The hours that a rail's settings describe.
  /// - Precondition: the time zone exists.
  public init(_ settings: RailSettings) {
    zone = CivilTimeZone(identifier: settings.timeZone)!
    calendar = BusinessCalendar(
      weekends: settings.weekends, system: settings.calendar, holidays: settings.holidays)
    open = settings.open
    close = settings.close
  }

  private var isAroundTheClock: Bool { open == close }

  /// Opening and closing of a business day.
  public func hours(of day: CivilDate) -> (open: Int64, close: Int64) {
    if isAroundTheClock {
      let midnight = TimeOfDay(hour: 0, minute: 0)
      return (
        zone.utcSeconds(of: day, at: midnight),
        zone.utcSeconds(of: day.adding(days: 1), at: midnight)
      )
    }
    let opens = open < close ? day : day.adding(days: -1)
    return (zone.utcSeconds(of: opens, at: open), zone.utcSeconds(of: day, at: close))
  }

  /// When the clock shows `time` in the hours of a business day: of a day that opens on the evening
  /// before, on that evening from the opening on.
  public func instant(of time: TimeOfDay, in day: CivilDate) -> Int64 {
    let isEvening = close < open && time >= open
    return zone.utcSeconds(of: isEvening ? day.adding(days: -1) : day, at: time)
  }

  /// The business day in which something that arrives at `second` is processed, and when at the
  /// earliest: at once while the rail is open, else at the next opening.
  public func next(at second: Int64) -> (day: CivilDate, begin: Int64, close: Int64) {
    var day = calendar.next(onOrAfter: zone.localDateAndSecond(atUTC: second).date)
    while true {
      let (opens, closes) = hours(of: day)
      if second < closes { return (day, max(second, opens), closes) }
      day = calendar.next(onOrAfter: day.adding(days: 1))
    }
  }
}
