import Chance
import Plants
import Scenario
import VirtualTime

/// How long to wait before the next attempt (SPEC B4): delay * multiplier^n, at most `maximum`,
/// with jitter to both sides.
struct RetryPolicy {
  /// Attempts after the first.
  let retries: Int
  private let delay: Double
  private let multiplier: Double
  private let maximum: Double
  private let jitter: Double

  init(_ settings: AuthorizationSettings) {
    retries = settings.retries
    delay = Double(settings.retryDelay.nanoseconds)
    multiplier = settings.retryMultiplier
    maximum = Double(settings.retryMaximumDelay.nanoseconds)
    jitter = settings.retryJitter
  }

  /// Nanoseconds to wait after attempt number `attempt` (from 0), or nil when there is no further
  /// one.
  func wait(after attempt: Int, random: inout RandomStream) -> Int64? {
    guard attempt < retries + (planted(Plant.retryBeyondCount) ? 1 : 0) else { return nil }
    var wait = planted(Plant.backOffHalved) ? delay / 2 : delay
    for _ in 0..<(planted(Plant.backOffNotGrown) ? 0 : attempt) { wait *= multiplier }
    return Int64(min(wait, maximum) * (1 + jitter * (2 * random.uniform() - 1)))
  }
}
