import Scenario

/// A rate limit measured the other way round than a token bucket: by the time at which everything
/// let through so far would have been earned at the rate (the generic cell rate algorithm, as ATM
/// networks police traffic). Exact in integers: a request is as many parts as a token. Pure.
struct RateMeter {
  /// When all requests so far are earned, in parts: nanoseconds times the rate.
  private var earned: Int128 = 0

  /// Whether a request at `now` (nanoseconds) keeps within `burst` and the rate; it counts if it
  /// does.
  mutating func conforms(now: Int64, _ rate: TokenRate, burst: Int) -> Bool {
    let present = Int128(now) * Int128(rate.perNanosecond)
    let after = max(earned, present) + Int128(rate.token)
    guard after - present <= Int128(burst) * Int128(rate.token) else { return false }
    earned = after
    return true
  }
}
