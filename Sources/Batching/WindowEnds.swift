import Money
import Rails

/// The ends of windows in a run, laid out beforehand, in nanoseconds since its start.
struct WindowEnds: Sendable {
  private static let day: Int64 = 86_400
  /// By lane, ascending.
  private let lanes: [WindowLane: [Int64]]
  /// Those of all lanes, ascending.
  let all: [Int64]

  /// The ends by a rule after the start of the run: until `end`, and a week more, so that what is
  /// planned last still finds one.
  /// - Precondition: the rule is of windows that need a calendar.
  init(_ rule: SettlementCycle.Rule, _ outlook: SettlementOutlook, until end: Int64) {
    let last = outlook.second(end) + 8 * Self.day
    var lanes: [WindowLane: [Int64]] = [:]
    func put(_ seconds: [Int64], _ lane: UInt16) {
      let ends = Set(seconds.filter { $0 > outlook.epochSecond }).sorted()
      lanes[WindowLane(lane)] = ends.map(outlook.nanoseconds)
    }
    if case .at(let times, let name) = rule {
      put(Self.times(times, of: name, from: outlook.epochSecond, to: last), 0)
    } else if case .rounds(let grid) = rule {
      put(Rounds.seconds(grid: grid, outlook, from: outlook.epochSecond, to: last), 0)
    } else {
      for (index, schedule) in outlook.systems {  // ordered: each is put in its own place
        put(Self.ends(rule, schedule, from: outlook.epochSecond, to: last), UInt16(index) + 1)
      }
    }
    self.lanes = lanes
    all = Set(lanes.values.joined()).sorted()
  }

  /// The first end after `time`; every 24 hours after the last one laid out. O(log ends).
  func end(after time: Int64, _ lane: WindowLane) -> Int64 {
    let ends = lanes[lane]!
    var (low, high) = (0, ends.count)
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] <= time { low = middle + 1 } else { high = middle }
    }
    if low < ends.count { return ends[low] }
    let last = ends.last ?? 0
    return last + ((time - last) / TimeSlots.day + 1) * TimeSlots.day
  }

  private static func times(
    _ times: [TimeOfDay], of name: String, from start: Int64, to last: Int64
  ) -> [Int64] {
    guard let zone = CivilTimeZone(identifier: name) else {
      preconditionFailure("there is no time zone \(name)")
    }
    return days(from: start, to: last).flatMap { date in
      times.map { zone.utcSeconds(of: date, at: $0) }
    }
  }

  private static func ends(
    _ rule: SettlementCycle.Rule, _ schedule: RailSchedule, from start: Int64, to last: Int64
  ) -> [Int64] {
    let hours = schedule.hours
    // From well before the run, so that the opening of the window in which it starts is among them.
    let dates = days(from: start - 30 * day, to: last).filter {
      hours.calendar.next(onOrAfter: $0) == $0
    }
    switch rule {
    case .beforeCutOff(let lead):
      return dates.flatMap { date in
        schedule.customerCutOffs(of: date).map { $0 - lead / 1_000_000_000 }
      }
    case .everyFromOpening(let length):
      let openings = dates.map { hours.hours(of: $0).open }
      return zip(openings, openings.dropFirst()).flatMap { open, next in
        Array(stride(from: open, to: next, by: Int(length / 1_000_000_000)))
      }
    case .everyFromMidnight, .at, .rounds:
      preconditionFailure("\(rule) needs no rail")
    }
  }

  private static func days(from start: Int64, to last: Int64) -> [CivilDate] {
    (Int(start / day) - 1...Int(last / day) + 1).map { CivilDate(dayNumber: $0) }
  }
}
