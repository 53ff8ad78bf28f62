/// Rules of public holidays, one function for each payment system.
enum HolidayRules {
  /// Easter Sunday of the Gregorian calendar, by the anonymous algorithm of 1876 (Meeus, Jones and
  /// Butcher).
  static func easter(_ year: Int) -> CivilDate {
    let golden = year % 19
    let (century, rest) = year.quotientAndRemainder(dividingBy: 100)
    let correction = (century - (century + 8) / 25 + 1) / 3
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30
    let offset = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7
    let shift = (golden + 11 * epact + 22 * offset) / 451
    let month = (epact + offset - 7 * shift + 114) / 31
    let day = (epact + offset - 7 * shift + 114) % 31 + 1
    return CivilDate(year: year, month: month, day: day)
  }

  /// The `count`-th `weekday` (Monday is 0) of a month.
  static func nth(_ count: Int, weekday: Int, _ month: Int, _ year: Int) -> CivilDate {
    let first = CivilDate(year: year, month: month, day: 1)
    let gap = (weekday - first.weekday + 7) % 7
    return first.adding(days: gap + 7 * (count - 1))
  }

  /// The last Monday of a month.
  static func lastMonday(_ month: Int, _ year: Int) -> CivilDate {
    let last = CivilDate(
      year: year, month: month, day: CivilDate.days(inMonth: month, of: year))
    return last.adding(days: -last.weekday)
  }

  /// New Year, Martin Luther King's birthday, Washington's birthday, Memorial Day, Juneteenth (from
  /// 2022), Independence Day, Labor Day, Columbus Day, Veterans Day, Thanksgiving and Christmas.
  static func fedwire(_ year: Int) -> [CivilDate] {
    var fixed = [(1, 1), (7, 4), (11, 11), (12, 25)]
    if year >= 2_022 { fixed.append((6, 19)) }
    let observed = fixed.map { month, day in
      let date = CivilDate(year: year, month: month, day: day)
      return date.weekday == 6 ? date.adding(days: 1) : date
    }
    return observed + [
      nth(3, weekday: 0, 1, year), nth(3, weekday: 0, 2, year), lastMonday(5, year),
      nth(1, weekday: 0, 9, year), nth(2, weekday: 0, 10, year), nth(4, weekday: 3, 11, year),
    ]
  }

  /// New Year, Good Friday, Easter Monday, Labour Day and the two days of Christmas.
  static func target(_ year: Int) -> [CivilDate] {
    let easter = easter(year)
    return [
      CivilDate(year: year, month: 1, day: 1), easter.adding(days: -2), easter.adding(days: 1),
      CivilDate(year: year, month: 5, day: 1), CivilDate(year: year, month: 12, day: 25),
      CivilDate(year: year, month: 12, day: 26),
    ]
  }

  /// New Year, Easter, the May, spring and summer bank holidays, Christmas and Boxing Day, with
  /// their substitutes; proclaimed days and those moved for jubilees.
  static func chaps(_ year: Int) -> [CivilDate] {
    let easter = easter(year)
    let newYear = CivilDate(year: year, month: 1, day: 1)
    var days = [
      afterWeekend(newYear), easter.adding(days: -2), easter.adding(days: 1),
      lastMonday(8, year),
    ]
    // The 75th anniversary of VE day took the place of May Day.
    days.append(
      year == 2_020 ? CivilDate(year: year, month: 5, day: 8) : nth(1, weekday: 0, 5, year))
    if year == 2_022 {
      // The Platinum Jubilee moved the spring holiday; the state funeral of Elizabeth II.
      days += [(6, 2), (6, 3), (9, 19)].map { CivilDate(year: year, month: $0, day: $1) }
    } else {
      days.append(lastMonday(5, year))
    }
    // The coronation of Charles III.
    if year == 2_023 { days.append(CivilDate(year: year, month: 5, day: 8)) }
    let christmas = CivilDate(year: year, month: 12, day: 25)
    switch christmas.weekday {
    case 4: days += [christmas, christmas.adding(days: 3)]
    case 5: days += [christmas.adding(days: 2), christmas.adding(days: 3)]
    case 6: days += [christmas.adding(days: 1), christmas.adding(days: 2)]
    default: days += [christmas, christmas.adding(days: 1)]
    }
    return days
  }

  private static func afterWeekend(_ date: CivilDate) -> CivilDate {
    date.weekday < 5 ? date : date.adding(days: 7 - date.weekday)
  }
}
