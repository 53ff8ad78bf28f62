/// An amount measured once a day: its three most extreme days and its average, as BCBS 248
/// ("Monitoring tools for intraday liquidity management", 2013) asks for.
public struct DailyExtremes: Sendable, Equatable {
  /// Whether the largest or the smallest days are kept.
  public enum Side: Sendable, Equatable {
    /// The three largest.
    case largest
    /// The three smallest.
    case smallest
  }
  /// Which days are kept.
  public let side: Side
  /// The three most extreme values, the most extreme first; fewer if there were fewer days. Minor
  /// units.
  public private(set) var extremes: [Int64] = []
  /// Number of days.
  public private(set) var days = 0
  /// Sum over all days, in minor units.
  public private(set) var sum: Int128 = 0

  /// No day yet.
  public init(_ side: Side) { self.side = side }

  /// Notes a day, or several alike.
  public mutating func note(_ value: Int64, days count: Int = 1) {
    days += count
    sum += Int128(value) * Int128(count)
    for _ in 0..<min(count, 3) {
      let place = extremes.firstIndex { side == .largest ? value > $0 : value < $0 }
      extremes.insert(value, at: place ?? extremes.count)
      if extremes.count > 3 { extremes.removeLast() }
    }
  }

  /// Mean over `days` days in minor units, rounded down, whether or not something happened on each;
  /// nil for none. A mean is of days that the scenario gives: days on which nothing was sent are
  /// not seen here, and how many those are is what strategies differ in.
  public func mean(over days: Int) -> Int64? { days == 0 ? nil : Int64(sum / Int128(days)) }
}
