import Plants

/// A rate limit: `perSecond` tokens flow in, at most `burst` are kept, a request takes one.
///
/// In integers: a token is a billion parts, so the flow is exact for rates in tokens per second.
struct TokenBucket {
  private var parts: Int64
  private var updated: Int64 = 0

  /// A full bucket.
  init(burst: Int) { parts = Int64(burst) * 1_000_000_000 }

  /// Takes a token at `now` (nanoseconds); false when there is none.
  mutating func take(now: Int64, perSecond: Int64, burst: Int) -> Bool {
    let full = Int64(planted(Plant.bucketOverfilled) ? 4 * burst : burst) * 1_000_000_000
    let elapsed = now - updated
    updated = now
    let (flow, overflow) = elapsed.multipliedReportingOverflow(by: perSecond)
    parts = overflow || flow > full - parts ? full : parts + flow
    guard parts >= 1_000_000_000 else { return false }
    parts -= 1_000_000_000
    return true
  }
}
