import Money
import Rails

/// When plans are made that look ahead: UTC seconds.
enum Rounds {
  /// Rounds of a day at most.
  static let most = 40
  private static let day: Int64 = 86_400
  /// Seconds before a cut-off at least.
  private static let margin: Int64 = 60

  /// Before the customers' cut-offs of all rails, at their openings, and every `grid` (ns) of the
  /// day.
  ///
  /// Of a day with more than `most`, the grid is left out first and then openings; of cut-offs the
  /// latest of the day are kept.
  static func seconds(
    grid: Int64, _ outlook: SettlementOutlook, from start: Int64, to last: Int64
  ) -> [Int64] {
    let dates = (Int(start / day) - 2...Int(last / day) + 2).map { CivilDate(dayNumber: $0) }
    var cutOffs: Set<Int64> = []
    var openings: Set<Int64> = []
    for (index, _) in outlook.systems {  // ordered: into sets, which are sorted below
      for rail in outlook.rails(of: index) where rail.settings.kind != .instant {
        let lead = max(margin, 2 * rail.usualLatency)
        for date in dates where rail.hours.calendar.next(onOrAfter: date) == date {
          cutOffs.formUnion(rail.customerCutOffs(of: date).map { $0 - min(lead, day / 24) })
          if rail.settings.kind == .rtgs { openings.insert(rail.hours.hours(of: date).open) }
        }
      }
    }
    var rounds: [Int64] = []
    for begin in stride(from: start / day * day, through: last, by: Int(day)) {
      let range = begin..<begin + day
      var own = Set(cutOffs.filter(range.contains).sorted().suffix(most))
      for second in openings.filter(range.contains).sorted() where own.count < most {
        own.insert(second)
      }
      let regular = stride(from: begin, to: begin + day, by: Int(grid / 1_000_000_000))
      if own.union(regular).count <= most { own.formUnion(regular) }
      rounds += own.sorted()
    }
    return rounds.filter { $0 > start }
  }
}
