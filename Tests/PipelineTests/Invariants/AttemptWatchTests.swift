import Chance
import Scenario
import Testing

@testable import Pipeline

@Suite("Watch over attempts")
struct AttemptWatchTests {
  static let second: Int64 = 1_000_000_000

  /// One second, then two, then four, each a fifth more or less.
  private func watch(retries: Int = 3) -> AttemptWatch {
    var settings = AuthorizationSettings()
    settings.retries = retries
    return AttemptWatch(settings)
  }

  @Test("attempts as the policy has them pass: one second, two and four, a fifth more or less")
  func legal() {
    for factor in [0.8, 1, 1.2] {
      var watch = watch()
      var now: Int64 = 0
      for wait in [0, 1, 2, 4] {
        now += Int64(Double(wait) * factor * 1e9)
        #expect(watch.began(7, now: now) == nil)
        watch.failed(7, now: now)
      }
      #expect(watch.decided(7, exhausted: true) == nil)
      #expect(watch.isEmpty)
    }
  }

  @Test(
    "an attempt too early, too late or too many is found",
    arguments: [(1, 0.79), (1, 1.21), (2, 1.59), (2, 2.41), (3, 3.19), (3, 4.81)])
  func wait(_ attempt: Int, _ seconds: Double) {
    var watch = watch()
    var now: Int64 = 0
    for count in 0..<attempt {
      if count > 0 { now += Self.second << Int64(count - 1) }
      #expect(watch.began(7, now: now) == nil)
      watch.failed(7, now: now)
    }
    #expect(watch.began(7, now: now + Int64(seconds * 1e9)) != nil)
    #expect(watch.began(8, now: now) == nil)
  }

  @Test("one attempt more than allowed is found, and giving up before the last one")
  func count() {
    var watch = watch(retries: 1)
    #expect(watch.decided(1, exhausted: true) != nil)
    #expect(watch.began(1, now: 0) == nil)
    watch.failed(1, now: 0)
    watch.failed(2, now: 0)
    #expect(watch.decided(2, exhausted: true) != nil)
    #expect(watch.began(1, now: Self.second) == nil)
    watch.failed(1, now: Self.second)
    #expect(watch.began(1, now: 3 * Self.second) != nil)
    #expect(watch.decided(1, exhausted: true) == nil)
  }

  @Test("after an unknown outcome the wait begins with the end of the reversal")
  func reversal() {
    var watch = watch()
    watch.failed(3, now: 0)
    watch.isUnknown(3, at: 2)
    watch.reversed(3, now: Self.second / 2)
    #expect(watch.unknown(of: 3) == [2])
    #expect(watch.unknown(of: 4).isEmpty)
    watch.isUndone(3)
    #expect(watch.unknown(of: 3).isEmpty)
    #expect(watch.began(3, now: Self.second) != nil)
    #expect(watch.began(3, now: Self.second * 3 / 2) == nil)
    #expect(watch.decided(3, exhausted: false) == nil)
    #expect(watch.unknown(of: 3).isEmpty)
  }

  @Test("what the policy draws is within the bounds, whatever the settings")
  func policy() {
    var random = RandomStream(seed: 5, component: "test", purpose: "waits")
    for (delay, multiplier, jitter) in [(1.0, 2.0, 0.2), (0.001, 100, 1), (3, 1, 0), (7, 3, 0.999)]
    {
      var settings = AuthorizationSettings()
      settings.retries = 12
      settings.retryDelay = .nanoseconds(Int64(delay * 1e9))
      settings.retryMultiplier = multiplier
      settings.retryJitter = jitter
      let (policy, bounds) = (RetryPolicy(settings), RetryBounds(settings))
      for attempt in 0..<12 {
        for _ in 0..<200 {
          let wait = policy.wait(after: attempt, random: &random)!
          #expect(bounds.allows(wait, after: attempt + 1))
        }
      }
      #expect(!bounds.allows(Self.second, after: 13) && !bounds.allows(0, after: 0))
    }
  }
}
