import Rails
import Scenario

/// The settlement days of a currency over which figures are averaged.
///
/// The scenario alone gives them, whatever a strategy or a settlement mode makes of them: a mean
/// over the days on which something happened to be sent would fall when a strategy spreads the same
/// payments over more days.
public struct SettlementHorizon: Sendable, Equatable {
  /// Settlement days from the start of the run on: at least one.
  public let days: Int
  /// How long the settlement system is open on them, from the start of the run on (ns).
  public let openTime: Int64

  /// From the first settlement day on or after the second `start` to the one in which what arrives
  /// last, just before the second `end`, is due at the latest.
  init(_ hours: RailHours, start: Int64, end: Int64) {
    let latest = hours.next(at: max(start, end - 1)).day
    let last = hours.calendar.roll(latest, businessDays: SettlementHorizon.longestWindow)
    var (day, begin, close) = hours.next(at: start)
    var days = 0
    var seconds: Int64 = 0
    while true {
      days += 1
      seconds += close - begin
      guard day < last else { break }
      day = hours.calendar.next(onOrAfter: day.adding(days: 1))
      (begin, close) = hours.hours(of: day)
    }
    self.days = days
    openTime = seconds * 1_000_000_000
  }

  /// Business days of the longest settlement window, T+2.
  private static let longestWindow = 2
}

extension Deployment {
  /// The settlement days of each currency of the run, by position.
  public var horizons: [SettlementHorizon] {
    let end = epochSecond + settings.time.duration.nanoseconds / 1_000_000_000
    return currencies.map { currency in
      let rail = settings.rails.first { $0.currency == currency }!
      return SettlementHorizon(RailHours(rail), start: epochSecond, end: end)
    }
  }
}
