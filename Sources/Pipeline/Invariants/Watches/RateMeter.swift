/// A rate limit measured the other way round than a token bucket: by the time at which everything
/// let through so far would have been earned at the rate (the generic cell rate algorithm, as ATM
/// networks police traffic). Exact in integers: a request is a billion parts. Pure.
struct RateMeter {
  /// When all requests so far are earned, in parts: nanoseconds times the rate.
  private var earned: Int128 = 0

  /// Whether a request at `now` (nanoseconds) keeps within `burst` plus `perSecond`; it counts if
  /// it does.
  mutating func conforms(now: Int64, perSecond: Int64, burst: Int) -> Bool {
    let present = Int128(now) * Int128(perSecond)
    let after = max(earned, present) + 1_000_000_000
    guard after - present <= Int128(burst) * 1_000_000_000 else { return false }
    earned = after
    return true
  }
}
