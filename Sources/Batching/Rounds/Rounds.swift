import Money
import Rails

/// When plans are made that look ahead: UTC seconds.
enum Rounds {
  /// Rounds of a day at most.
  static let most = 40
  private static let day: Int64 = 86_400
  /// Seconds before a cut-off at least: so long that an instruction that does not get through the
  /// first times still does.
  private static let leastLead: Int64 = 60
  /// Seconds before a cut-off at least at which what has come about since then is sent.
  private static let lastCall: Int64 = 10

  /// Before the customers' cut-offs of all rails, with two last calls for what comes about after
  /// that, at their openings, and every `grid` (ns) of the day.
  ///
  /// Of a day with more than `most`, the grid becomes coarser first, then last calls and openings
  /// are left out; of cut-offs the latest of the day are kept.
  static func seconds(
    grid: Int64, _ outlook: SettlementOutlook, from start: Int64, to last: Int64
  ) -> [Int64] {
    let dates = (Int(start / day) - 2...Int(last / day) + 2).map { CivilDate(dayNumber: $0) }
    var cutOffs: Set<Int64> = []
    var lastCalls: Set<Int64> = []
    var openings: Set<Int64> = []
    for (index, _) in outlook.systems {  // ordered: into sets, which are sorted below
      for rail in outlook.rails(of: index) where rail.settings.kind != .instant {
        let lead = lead(of: rail)
        let least = min(lead, max(lastCall, 2 * rail.usualLatency))
        for date in dates where rail.hours.calendar.next(onOrAfter: date) == date {
          for cutOff in rail.customerCutOffs(of: date) {
            cutOffs.insert(cutOff - lead)
            lastCalls.formUnion([cutOff - max(least, lead / 3), cutOff - least])
          }
          if rail.settings.kind == .rtgs { openings.insert(rail.hours.hours(of: date).open) }
        }
      }
    }
    var rounds: [Int64] = []
    for begin in stride(from: start / day * day, through: last, by: Int(day)) {
      let range = begin..<begin + day
      var own = Set(cutOffs.filter(range.contains).sorted().suffix(most))
      for others in [openings, lastCalls] {
        for second in others.filter(range.contains).sorted() where own.count < most {
          own.insert(second)
        }
      }
      let finest = grid / 1_000_000_000
      let regular = stride(from: finest, through: day, by: Int(finest)).lazy
        .map { own.union(stride(from: begin, to: begin + day, by: Int($0))) }
        .first { $0.count <= most }
      rounds += (regular ?? own).sorted()
    }
    return rounds.filter { $0 > start }
  }

  /// How long before a rail's cut-off a round is, in seconds: what one instruction in 100,000
  /// takes, and two usual latencies, an hour at most.
  static func lead(of rail: RailSchedule) -> Int64 {
    min(max(leastLead, 2 * rail.usualLatency, rail.rareLatency), day / 24)
  }
}
