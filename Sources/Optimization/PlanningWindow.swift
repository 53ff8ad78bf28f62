/// When a payment settles: gross at once, or with one of the value dates T+0 to T+2.
///
/// `rtgs` and `sameDay` have the same value date but liquidity and limits of their own.
public enum PlanningWindow: Int, CaseIterable, Comparable, Codable, Sendable {
  /// Real-time gross settlement, now.
  case rtgs
  /// Value today, T+0.
  case sameDay
  /// Value on the next business day, T+1.
  case nextDay
  /// Value on the business day after that, T+2.
  case secondDay

  /// Business days until the value date: 0, 0, 1, 2.
  public var days: Int { max(0, rawValue - 1) }

  /// Earlier windows come first.
  public static func < (first: PlanningWindow, second: PlanningWindow) -> Bool {
    first.rawValue < second.rawValue
  }
}

/// What may settle in each window, in minor units of the reporting currency.
public struct WindowLimits: Equatable, Codable, Sendable {
  private var limits: [Int64?]

  /// A limit for each window; nil is no limit.
  public init(
    rtgs: Int64? = nil, sameDay: Int64? = nil, nextDay: Int64? = nil, secondDay: Int64? = nil
  ) {
    limits = [rtgs, sameDay, nextDay, secondDay]
  }

  /// No limit in any window.
  public static let unlimited = WindowLimits()

  /// The limit of a window; nil if there is none.
  public subscript(window: PlanningWindow) -> Int64? {
    get { limits[window.rawValue] }
    set { limits[window.rawValue] = newValue }
  }

  /// Whether there is one entry per window, which a decoded value may lack.
  var isComplete: Bool { limits.count == PlanningWindow.allCases.count }
}
