import VirtualTime

/// How long an approval may be captured, and from when on it has expired. Pure.
struct HoldTerm {
  /// How long a hold lives, nanoseconds.
  let validity: Int64

  /// Whether a hold of `began` may be captured at `now`.
  func allowsCapture(_ now: VirtualInstant, since began: VirtualInstant) -> Bool {
    now - began < validity
  }

  /// Whether a hold of `began` has expired at `now`.
  func hasExpired(_ now: VirtualInstant, since began: VirtualInstant) -> Bool {
    now - began >= validity
  }
}
