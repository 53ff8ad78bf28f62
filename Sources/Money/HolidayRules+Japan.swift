extension HolidayRules {
  /// National holidays, their substitutes, the days between two of them, and the bank holidays of
  /// 31 December, 2 and 3 January.
  static func bojnet(_ year: Int) -> [CivilDate] {
    let holidays = nationalHolidays(year).sorted()
    var days = holidays
    // A holiday on a Sunday closes the next day that is no holiday itself.
    for holiday in holidays where holiday.weekday == 6 {
      var substitute = holiday.adding(days: 1)
      while holidays.contains(substitute) { substitute = substitute.adding(days: 1) }
      days.append(substitute)
    }
    // A day between two holidays is one.
    for holiday in holidays {
      let between = holiday.adding(days: 1)
      if !holidays.contains(between), holidays.contains(holiday.adding(days: 2)) {
        days.append(between)
      }
    }
    days += [(1, 2), (1, 3), (12, 31)].map { CivilDate(year: year, month: $0, day: $1) }
    return days
  }

  private static func nationalHolidays(_ year: Int) -> [CivilDate] {
    var fixed = [(1, 1), (2, 11), (4, 29), (5, 3), (5, 4), (5, 5), (11, 3), (11, 23)]
    fixed.append((3, springEquinox(year)))
    fixed.append((9, autumnEquinox(year)))
    // The Emperor's birthday; 2019 had none.
    if year <= 2_018 { fixed.append((12, 23)) }
    if year >= 2_020 { fixed.append((2, 23)) }
    // Abdication and enthronement.
    if year == 2_019 { fixed += [(5, 1), (10, 22)] }
    var days = [nth(2, weekday: 0, 1, year), nth(3, weekday: 0, 9, year)]
    switch year {
    // The Olympic Games moved three holidays, in the year they were to be held and a year later.
    case 2_020: fixed += [(7, 23), (7, 24), (8, 10)]
    case 2_021: fixed += [(7, 22), (7, 23), (8, 8)]
    default:
      if year >= 2_016 { fixed.append((8, 11)) }
      days += [nth(3, weekday: 0, 7, year), nth(2, weekday: 0, 10, year)]
    }
    return days + fixed.map { CivilDate(year: year, month: $0, day: $1) }
  }

  /// Day of March of the vernal equinox in Japan, 1980 to 2099: 20.8431 + 0.242194 (year - 1980),
  /// less the leap days since.
  private static func springEquinox(_ year: Int) -> Int { equinox(208_431, year) }

  /// Day of September of the autumnal equinox, likewise from 23.2488.
  private static func autumnEquinox(_ year: Int) -> Int { equinox(232_488, year) }

  private static func equinox(_ tenThousandths: Int, _ year: Int) -> Int {
    let years = year - 1_980
    let leapDays = (years - (years % 4 + 4) % 4) / 4
    return (tenThousandths * 100 + years * 242_194) / 1_000_000 - leapDays
  }
}
