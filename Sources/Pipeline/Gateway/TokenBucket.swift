import Plants
import Scenario

/// A rate limit: tokens flow in at a rate, at most `burst` are kept, a request takes one.
///
/// In integers: a token is so many parts that the flow of each nanosecond is exact.
struct TokenBucket {
  private var parts: Int64
  private var updated: Int64 = 0

  /// A full bucket.
  init(burst: Int, _ rate: TokenRate) { parts = Int64(burst) * rate.token }

  /// Takes a token at `now` (nanoseconds); false when there is none.
  mutating func take(now: Int64, _ rate: TokenRate, burst: Int) -> Bool {
    let full = Int64(planted(Plant.bucketOverfilled) ? 4 * burst : burst) * rate.token
    let elapsed = now - updated
    updated = now
    let (flow, overflow) = elapsed.multipliedReportingOverflow(by: rate.perNanosecond)
    parts = overflow || flow > full - parts ? full : parts + flow
    guard parts >= rate.token else { return false }
    parts -= rate.token
    return true
  }
}
