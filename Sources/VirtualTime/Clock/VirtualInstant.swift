/// A point of virtual time: nanoseconds since the start of the run.
@frozen
public struct VirtualInstant: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Nanoseconds since the start of the run.
  public var nanoseconds: Int64

  /// - Parameter nanoseconds: since the start of the run.
  @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// The start of the run.
  @inlinable public static var start: VirtualInstant { VirtualInstant(nanoseconds: 0) }
  /// Later than everything that happens.
  @inlinable public static var never: VirtualInstant { VirtualInstant(nanoseconds: .max) }

  /// Whether `a` is earlier than `b`.
  @inlinable public static func < (a: VirtualInstant, b: VirtualInstant) -> Bool {
    a.nanoseconds < b.nanoseconds
  }
  /// The instant `nanoseconds` later; traps when it leaves Int64.
  @inlinable public static func + (instant: VirtualInstant, nanoseconds: Int64) -> VirtualInstant {
    VirtualInstant(nanoseconds: instant.nanoseconds + nanoseconds)
  }
  /// Nanoseconds from `b` to `a`.
  @inlinable public static func - (a: VirtualInstant, b: VirtualInstant) -> Int64 {
    a.nanoseconds - b.nanoseconds
  }

  /// `2d 03:04:05.678`.
  public var description: String {
    let seconds = nanoseconds / 1_000_000_000
    let milliseconds = nanoseconds / 1_000_000 % 1_000
    func two(_ n: Int64) -> String { n < 10 ? "0\(n)" : "\(n)" }
    let clock = "\(two(seconds / 3_600 % 24)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    let fraction = "00\(milliseconds)".suffix(3)
    return seconds < 86_400 ? "\(clock).\(fraction)" : "\(seconds / 86_400)d \(clock).\(fraction)"
  }
}

extension Duration {
  /// Whole nanoseconds, rounded towards zero; traps beyond 292 years.
  public var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
