import Text
import Chance
import Money
import Scenario

/// When an instruction is accepted, processed and final on a rail, and with which value date. Pure;
/// seconds are UTC since 1970-01-01.
public struct RailSchedule: Sendable {
  /// Who sends an instruction: customers' have an earlier cut-off on some rails.
  public enum Sender: Sendable {
    case customer
    case bank
  }

  /// What becomes of an instruction.
  public struct Times: Sendable, Equatable {
    /// When the rail takes it in: at once, or at the next opening.
    public var accepted: Int64
    /// When it is worked on: as it is taken in, or at the cut-off of its batch.
    public var processed: Int64
    /// When the money is final, with the usual latency: the median, or the mean if only that is
    /// given, in whole seconds, rounded up. For a correspondent, no earlier than the value date's
    /// opening.
    public var final: Int64
    /// The business day in which it is worked on.
    public var businessDay: CivilDate
    /// The day as of which the money counts.
    public var valueDate: CivilDate
  }

  /// The rail.
  public let settings: RailSettings
  /// Opening hours and open days.
  public let hours: RailHours
  /// The latency of `Times.final`, in seconds.
  public let usualLatency: Int64
  /// The latency that one instruction in 100,000 exceeds, in seconds.
  public let rareLatency: Int64

  /// The schedule that a rail's settings describe.
  /// - Precondition: the time zone exists.
  public init(_ settings: RailSettings) {
    self.settings = settings
    hours = RailHours(settings)
    func nanoseconds(_ latency: Duration) -> Double {
      Double(DurationText.nanoseconds(of: latency))
    }
    func seconds(_ latency: Duration, times factor: Double = 1) -> Int64 {
      Int64((nanoseconds(latency) / 1e9 * factor).rounded(.up))
    }
    switch settings.latency {
    case .constant(let latency):
      usualLatency = seconds(latency)
      rareLatency = usualLatency
    case .exponential(let mean):
      usualLatency = seconds(mean)
      rareLatency = seconds(mean, times: 5 * PortableMath.ln(10))
    case .logNormal(let median, let p99):
      usualLatency = seconds(median)
      // 4.265 and 2.326 deviations of the logarithm.
      let ratio = PortableMath.ln(nanoseconds(p99) / max(1, nanoseconds(median)))
      rareLatency = seconds(median, times: PortableMath.exp(max(0, ratio) * 4.265 / 2.326))
    }
  }

  /// What becomes of an instruction that arrives at `second`.
  ///
  /// - rtgs: processed at once while open and, from a customer, before its cut-off; otherwise at
  ///   the next opening (Fedwire's is on the evening before its business day).
  /// - batch: waits for the next cut-off of an open day and is final when that window settles.
  /// - instant: processed at once, on any day.
  /// - correspondent: as rtgs; the value date follows `value_days` business days later.
  public func times(at second: Int64, from sender: Sender = .customer) -> Times {
    switch settings.kind {
    case .batch: return batchTimes(at: second)
    case .instant:
      let day = hours.zone.localDateAndSecond(atUTC: second).date
      return Times(
        accepted: second, processed: second, final: second + usualLatency, businessDay: day,
        valueDate: day)
    case .rtgs, .correspondent:
      let (day, begin) = next(at: second, from: sender)
      let valueDate = hours.calendar.roll(day, businessDays: settings.valueDays)
      let confirmed = begin + usualLatency
      return Times(
        accepted: begin, processed: begin,
        final: valueDate == day ? confirmed : max(confirmed, hours.hours(of: valueDate).open),
        businessDay: day, valueDate: valueDate)
    }
  }

  /// When what a customer sends at `second` can be final at the earliest, whatever the rail's
  /// latency.
  public func soonest(at second: Int64) -> Int64 {
    let times = times(at: second, from: .customer)
    switch settings.kind {
    case .batch: return times.final - usualLatency
    case .instant, .rtgs: return times.processed
    case .correspondent:
      return times.valueDate == times.businessDay
        ? times.processed : max(times.processed, hours.hours(of: times.valueDate).open)
    }
  }

  /// The UTC seconds from which what customers send on a business day is too late for it, or on a
  /// batch rail for each of its windows.
  public func customerCutOffs(of day: CivilDate) -> [Int64] {
    switch settings.kind {
    case .batch: settings.windows.map { hours.zone.utcSeconds(of: day, at: $0.cutOff) }
    case .rtgs, .instant, .correspondent:
      [
        settings.customerCutOff.map { hours.zone.utcSeconds(of: day, at: $0) }
          ?? hours.hours(of: day).close
      ]
    }
  }

  /// The business day `count` open days after the first one on or after `date`: T+`count`.
  public func valueDate(_ date: CivilDate, plus count: Int) -> CivilDate {
    hours.calendar.roll(date, businessDays: count)
  }

  /// The business day and the second at which an instruction is worked on.
  private func next(at second: Int64, from sender: Sender) -> (day: CivilDate, begin: Int64) {
    let (day, begin, _) = hours.next(at: second)
    guard sender == .customer, let cutOff = settings.customerCutOff,
      begin >= hours.zone.utcSeconds(of: day, at: cutOff)
    else { return (day, begin) }
    let following = hours.calendar.next(onOrAfter: day.adding(days: 1))
    return (following, max(second, hours.hours(of: following).open))
  }

  private func batchTimes(at second: Int64) -> Times {
    precondition(!settings.windows.isEmpty, "the batch rail \(settings.name) has no window")
    let zone = hours.zone
    var day = hours.calendar.next(onOrAfter: zone.localDateAndSecond(atUTC: second).date)
    while true {
      for window in settings.windows {
        let cutOff = zone.utcSeconds(of: day, at: window.cutOff)
        guard second < cutOff else { continue }
        let valueDate = hours.calendar.roll(day, businessDays: window.businessDays)
        let settled = zone.utcSeconds(of: valueDate, at: window.settles)
        return Times(
          accepted: second, processed: cutOff, final: settled + usualLatency, businessDay: day,
          valueDate: valueDate)
      }
      day = hours.calendar.next(onOrAfter: day.adding(days: 1))
    }
  }
}
