import Chance
import Scenario
import Testing
import VirtualTime

@testable import Pipeline

@Suite("Retry policy")
struct RetryPolicyTests {
  static let second = 1e9

  @Test("without jitter the waits are 1, 2 and 4 s, and there is no fourth retry")
  func waits() {
    var settings = AuthorizationSettings()
    settings.retryJitter = 0
    let policy = RetryPolicy(settings)
    var random = RandomStream(seed: 1, component: "test", purpose: "retry")
    #expect(policy.wait(after: 0, random: &random) == 1_000_000_000)
    #expect(policy.wait(after: 1, random: &random) == 2_000_000_000)
    #expect(policy.wait(after: 2, random: &random) == 4_000_000_000)
    #expect(policy.wait(after: 3, random: &random) == nil)
  }

  @Test("waits stop growing at 10 s")
  func maximum() {
    var settings = AuthorizationSettings()
    settings.retries = 60
    settings.retryJitter = 0
    let policy = RetryPolicy(settings)
    var random = RandomStream(seed: 1, component: "test", purpose: "retry")
    let waits = (0..<60).map { policy.wait(after: $0, random: &random)! / 1_000_000_000 }
    #expect(waits == [1, 2, 4, 8] + Array(repeating: 10, count: 56))
    #expect(policy.wait(after: 60, random: &random) == nil)
  }

  @Test("jitter spreads a wait evenly over 20 % to both sides", arguments: 0..<3)
  func jitter(attempt: Int) {
    let policy = RetryPolicy(AuthorizationSettings())
    var random = RandomStream(seed: 7, component: "test", purpose: "retry")
    let middle = [1, 2, 4][attempt] * Self.second
    let waits = (0..<5_000).map { _ in
      Double(policy.wait(after: attempt, random: &random)!) / middle
    }
    #expect(waits.allSatisfy { (0.8...1.2).contains($0) })
    #expect(waits.min()! < 0.801 && waits.max()! > 1.199)
    #expect(isClose(waits.reduce(0, +) / 5_000, 1, within: 0.006))
  }

  @Test("a policy of no retries gives up at once and draws nothing")
  func none() {
    var settings = AuthorizationSettings()
    settings.retries = 0
    var random = RandomStream(seed: 7, component: "test", purpose: "retry")
    var untouched = random
    #expect(RetryPolicy(settings).wait(after: 0, random: &random) == nil)
    #expect(random.next() == untouched.next())
  }
}
