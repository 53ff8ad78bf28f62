/// The closed days of a large-value payment system, by rule.
///
/// Weekends are not listed: no system here settles on them. The rules hold from 2016 on; single
/// proclaimed days (a coronation, a moved Olympic holiday) are listed by date up to 2026 and cannot
/// be foreseen after it. Against the calendars that the operators publish, the first three are
/// exact; Japan's equinoxes are computed for 1980 to 2099 and proclaimed in the February before.
public enum SettlementCalendar: String, Sendable, CaseIterable {
  /// No closed day beside weekends.
  case none
  /// Holidays of the Federal Reserve Banks (Regulation and Fedwire Funds Service): on a Sunday the
  /// Monday after is closed, on a Saturday nothing is.
  case fedwire
  /// The six closing days of TARGET (ECB, long-term calendar of 2000).
  case target
  /// Bank holidays of England and Wales (Banking and Financial Dealings Act 1971).
  case chaps
  /// National holidays of Japan (Act 178 of 1948) and the bank holidays around New Year.
  case bojnet

  /// Weekdays of `year` on which the system is closed, ascending.
  public func closedWeekdays(in year: Int) -> [CivilDate] {
    let days: [CivilDate] =
      switch self {
      case .none: []
      case .fedwire: HolidayRules.fedwire(year)
      case .target: HolidayRules.target(year)
      case .chaps: HolidayRules.chaps(year)
      case .bojnet: HolidayRules.bojnet(year)
      }
    var result: [CivilDate] = []
    for day in days.sorted() where day.weekday < 5 && result.last != day { result.append(day) }
    return result
  }
}

extension BusinessCalendar {
  /// Years of which the closed days of a system are laid out: those of a scenario's dates, and one
  /// more for what rolls over.
  static let systemYears = 1_970...2_100

  /// A calendar that is closed when `system` is, on `holidays` and, unless `weekends`, on Saturdays
  /// and Sundays.
  public init(weekends: Bool, system: SettlementCalendar, holidays: [CivilDate] = []) {
    let closed =
      system == .none ? [] : Self.systemYears.flatMap { system.closedWeekdays(in: $0) }
    self.init(weekends: weekends, holidays: closed + holidays)
  }
}
