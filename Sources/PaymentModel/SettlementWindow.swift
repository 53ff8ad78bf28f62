/// When an obligation may settle, seen from the moment of planning; the earlier is the smaller.
///
/// The four windows that corporate payment orders are offered: at once over a real-time gross
/// settlement system, or with the value of the same, the next or the second business day.
public enum SettlementWindow: UInt8, CaseIterable, Sendable, Comparable {
  /// At once, over a real-time gross settlement system.
  case rtgs
  /// With the same day's value (T+0).
  case sameDay
  /// With the next business day's value (T+1).
  case nextDay
  /// With the second business day's value (T+2).
  case secondDay

  /// Business days from planning to the value date: 0, 0, 1, 2.
  @inlinable
  public var valueDays: Int { self == .rtgs ? 0 : Int(rawValue) - 1 }

  /// Order of time.
  @inlinable
  public static func < (first: SettlementWindow, second: SettlementWindow) -> Bool {
    first.rawValue < second.rawValue
  }
}
