import Scenario
import Testing
import VirtualTime

@testable import Pipeline

@Suite("Watch over breakers")
struct BreakerWatchTests {
  /// Two failures open it for ten units, a failed probe for twenty.
  private var settings: AuthorizationSettings {
    var settings = AuthorizationSettings()
    settings.breakerFailures = 2
    settings.breakerOpen = .nanoseconds(10)
    settings.breakerReopen = .nanoseconds(20)
    return settings
  }

  private func opened(at now: Int64) -> BreakerWatch {
    var watch = BreakerWatch(settings)
    for _ in 0..<2 { watch.ended(watch.began(), answered: false, now: now) }
    return watch
  }

  @Test("a call through an open breaker is found until its time is over")
  func open() {
    let watch = opened(at: 100)
    #expect(watch.opened == 1)
    #expect(watch.violation(ofCallAt: 109) == .noCallWhileOpen)
    #expect(watch.violation(ofCallAt: 110) == nil)
  }

  @Test("a second call beside the probe is found, and a call too early after a failed probe")
  func probe() {
    var watch = opened(at: 100)
    let probe = watch.began()
    #expect(watch.violation(ofCallAt: 110) == .oneProbe)
    watch.ended(probe, answered: false, now: 112)
    #expect(watch.opened == 2)
    #expect(watch.violation(ofCallAt: 131) == .noCallWhileOpen)
    #expect(watch.violation(ofCallAt: 132) == nil)
    let second = watch.began()
    watch.ended(second, answered: true, now: 133)
    #expect(watch.violation(ofCallAt: 133) == nil)
  }

  @Test("every sequence of nine steps leaves the breaker and its watch of one mind")
  func agreement() {
    for code in 0..<(1 << 18) where code % 7 == 0 {
      var breaker = CircuitBreaker(settings)
      var watch = BreakerWatch(settings)
      var calls: [(CircuitBreaker.Permit, BreakerWatch.Call)] = []
      var now: Int64 = 0
      for step in 0..<9 {
        switch code >> (2 * step) & 3 {
        case 0: now += 6
        case 1:
          let holdsBack = watch.violation(ofCallAt: now) != nil
          let permit = breaker.permit(now: now)
          #expect((permit == nil) == holdsBack, "sequence \(code)")
          if let permit { calls.append((permit, watch.began())) }
        case let end:
          guard let (permit, call) = calls.popLast() else { continue }
          if end == 2 { breaker.succeeded(permit) } else { breaker.failed(permit, now: now) }
          watch.ended(call, answered: end == 2, now: now)
        }
      }
      #expect(breaker.opened == watch.opened, "sequence \(code)")
    }
  }
}
