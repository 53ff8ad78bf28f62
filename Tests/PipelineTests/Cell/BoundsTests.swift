import Scenario
import Testing
import VirtualTime

@testable import Pipeline

@Suite struct BoundsTests {
  private static func bounds(
    obligations: Int = 0, attempts: Int = 1, ticks: Double = 0
  ) throws -> WorkBounds {
    var bounds = DeploymentBounds(try deployment(), payments: 0)
    bounds.obligations = obligations
    bounds.attempts = attempts
    bounds.ticks = ticks
    return bounds.bounds
  }

  @Test("what may happen at one instant grows with the payments, which may all come at once")
  func instant() throws {
    #expect(try Self.bounds().perInstant == 4_000_000)
    #expect(try Self.bounds(obligations: 5_000_000, attempts: 9).perInstant == 504_000_000)
  }

  @Test("what may happen in all grows with payments, their attempts, and what is periodic")
  func total() throws {
    #expect(try Self.bounds().total == 20_000_000)
    #expect(try Self.bounds(obligations: 20_000, attempts: 12).total == 44_000_000)
    #expect(try Self.bounds(ticks: 1_000_000).total == 24_000_000)
    #expect(try Self.bounds(ticks: .infinity).total == 1_000_000_000_000_000_000)
  }

  @Test("attempts of clients, at acquirers and over rails count, and so does every file")
  func settings() throws {
    func of(_ change: (inout ScenarioSettings) -> Void = { _ in }) throws -> DeploymentBounds {
      DeploymentBounds(try deployment(change), payments: 10)
    }
    let usual = try of()
    #expect(usual.obligations == 10)
    #expect(try of { $0.workload.client.retries += 5 }.attempts == usual.attempts + 5)
    #expect(try of { $0.authorization.retries += 5 }.attempts == usual.attempts + 5)
    #expect(
      try of { $0.settlement.instructionRetryDelays += [.seconds(60)] }.attempts == usual.attempts
        + 1)
    #expect(try of { $0.time.drainLimit *= 2 }.ticks > 1.9 * usual.ticks)
    let settings = ScenarioSettings(name: "usual")
    let seconds = Double(
      (settings.time.duration + settings.time.drainLimit).components.seconds)
    let everySecond = try of {
      for index in $0.acquirers.indices { $0.acquirers[index].fileInterval = .seconds(1) }
    }
    let more = (everySecond.ticks - usual.ticks) / (seconds * Double(settings.acquirers.count))
    #expect((0.99...1).contains(more), "a file a second from each acquirer")
  }
}
