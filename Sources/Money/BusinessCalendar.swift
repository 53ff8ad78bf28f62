/// The days on which a rail or a bank is open.
public struct BusinessCalendar: Sendable, Equatable {
  /// Whether Saturdays and Sundays are open.
  public let weekends: Bool
  /// Closed days as day numbers, ascending, without repeats.
  private let closedDays: [Int]

  /// A calendar that is closed on `holidays` and, unless `weekends`, on Saturdays and Sundays.
  public init(weekends: Bool, holidays: [CivilDate]) {
    self.weekends = weekends
    var days: [Int] = []
    for day in holidays.map(\.dayNumber).sorted() where days.last != day { days.append(day) }
    closedDays = days
  }

  /// Whether business is done on `date`.
  public func isOpen(_ date: CivilDate) -> Bool {
    if !weekends && date.weekday >= 5 { return false }
    let day = date.dayNumber
    var low = 0
    var high = closedDays.count
    while low < high {
      let middle = (low + high) / 2
      if closedDays[middle] < day { low = middle + 1 } else { high = middle }
    }
    return low == closedDays.count || closedDays[low] != day
  }

  /// The first open day that is not before `date`.
  public func next(onOrAfter date: CivilDate) -> CivilDate {
    var candidate = date
    while !isOpen(candidate) { candidate = candidate.adding(days: 1) }
    return candidate
  }

  /// The day `businessDays` open days after the first open day on or after `date`: the value date
  /// of T+0, T+1, T+2. With zero the same as `next(onOrAfter:)`.
  /// - Precondition: `businessDays` is not negative.
  public func roll(_ date: CivilDate, businessDays: Int = 0) -> CivilDate {
    precondition(businessDays >= 0, "cannot roll a date back")
    var result = next(onOrAfter: date)
    for _ in 0..<businessDays { result = next(onOrAfter: result.adding(days: 1)) }
    return result
  }
}
