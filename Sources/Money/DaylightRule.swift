/// The rule of a POSIX TZ text, such as `CET-1CEST,M3.5.0,M10.5.0/3`: a standard offset and, where
/// clocks change, the yearly days on which they do.
struct DaylightRule: Equatable {
  /// A day of the year with a time, as wall clocks show it just before the change.
  struct Change: Equatable {
    enum Day: Equatable {
      /// 1 to 365, 29 February never counted (`J60` is 1 March).
      case dayWithoutLeap(Int)
      /// 0 to 365, 29 February counted.
      case day(Int)
      /// The `week`-th (5 is the last) `weekday` (Sunday is 0) of `month`.
      case weekday(month: Int, week: Int, weekday: Int)
    }
    var day: Day
    /// Seconds after local midnight, from -167 to 167 hours.
    var second: Int
  }

  /// Seconds east of UTC outside and inside daylight time.
  var standardOffset: Int
  var daylightOffset: Int
  /// When daylight time begins and ends; nil where clocks never change.
  var changes: (start: Change, end: Change)?

  static func == (first: DaylightRule, second: DaylightRule) -> Bool {
    first.standardOffset == second.standardOffset && first.daylightOffset == second.daylightOffset
      && first.changes?.start == second.changes?.start && first.changes?.end == second.changes?.end
  }

  /// The two changes of `year` in UTC seconds with the offset that begins, ascending; empty where
  /// clocks never change.
  func transitions(inYear year: Int) -> [(time: Int64, offset: Int)] {
    guard let changes else { return [] }
    let start = changes.start.second(inYear: year) - Int64(standardOffset)
    let end = changes.end.second(inYear: year) - Int64(daylightOffset)
    let both = [(time: start, offset: daylightOffset), (time: end, offset: standardOffset)]
    return start <= end ? both : [both[1], both[0]]
  }
}

extension DaylightRule.Change {
  /// Local seconds since 1970-01-01 00:00 of the change in `year`.
  func second(inYear year: Int) -> Int64 {
    let firstDay = CivilDate(year: year, month: 1, day: 1).dayNumber
    let number: Int
    switch day {
    case .dayWithoutLeap(let ordinal):
      number = firstDay + ordinal - 1 + (CivilDate.isLeap(year) && ordinal >= 60 ? 1 : 0)
    case .day(let ordinal):
      number = firstDay + ordinal
    case .weekday(let month, let week, let weekday):
      let first = CivilDate(year: year, month: month, day: 1)
      let sundayBased = (first.weekday + 1) % 7
      var dayOfMonth = 1 + (weekday - sundayBased + 7) % 7 + 7 * (week - 1)
      while dayOfMonth > CivilDate.days(inMonth: month, of: year) { dayOfMonth -= 7 }
      number = first.dayNumber + dayOfMonth - 1
    }
    return Int64(number) * 86_400 + Int64(second)
  }
}
