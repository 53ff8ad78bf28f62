import Testing
import VirtualTime

@testable import Simulator

@Suite("Determinism of whole runs")
struct DeterminismTests {
  /// Delayed and partial captures, duplicates, short retries: all that has chance in it.
  private static let lively = [
    "workload.capture.immediate_share=1/2", "workload.capture.partial_share=1/2",
    "workload.client.duplicate_share=1/5", "workload.client.altered_share=1/2",
    "acquirers.northbank.unavailable_rate=1/10", "acquirers.northbank.late_rate=1/20",
    "authorization.hold_validity=3d", "results.trace_one_in=3",
  ]
  private static let reference = Result { try SmallWorld.kept(lively).run() }

  @Test(
    "a run is the same for any number of threads and for both ways of suspension",
    arguments: [1, 2, 3, 4, 8], Suspension.allCases)
  func threads(_ threads: Int, _ suspension: Suspension) throws {
    let expected = try Self.reference.get()
    var world = SmallWorld.kept(Self.lively)
    world.suspension = suspension
    let actual = try world.run(threads: threads)
    #expect(actual.contradictions == [])
    #expect(actual.result.identity.digestHex == expected.result.identity.digestHex)
    #expect(actual.result.identity.eventCount == expected.result.identity.eventCount)
    #expect(actual.summary == expected.summary)
    #expect(actual.result.series == expected.result.series)
    #expect(actual.result.arrivals == expected.result.arrivals)
    #expect(actual.result.distributions == expected.result.distributions)
    #expect(actual.files.count > 20)
    #expect(actual.extraFiles == expected.extraFiles)
  }

  @Test("a run is the same when it is repeated, and when its progress is watched")
  func repeated() throws {
    let expected = try Self.reference.get()
    var calls = 0
    var last = RunProgress(
      now: .start, arrivalsEnd: .start, requests: 0, expectedRequests: nil, events: 0)
    let actual = try SmallWorld.kept(Self.lively).run(threads: 2) { progress in
      calls += 1
      #expect(progress.now >= last.now && progress.events >= last.events)
      last = progress
      return true
    }
    #expect(actual.summary == expected.summary)
    #expect(actual.extraFiles == expected.extraFiles)
    #expect(calls > 100)
    #expect(last.requests == actual.count("payments.requests"))
    #expect(last.expectedRequests == 2_000)
  }

  @Test("every seed has a digest of its own")
  func seeds() throws {
    let digests = try (1...6).map { try SmallWorld("seed=\($0)").run().digest }
    #expect(Set(digests).count == 6)
  }

  @Test(
    "the digest changes with one setting, however little it is",
    arguments: [
      "merchants.fee_plans.standard.fixed=0.31 USD",
      "workload.generated.payments=2001",
      "workload.generated.amounts.scale.USD=0.3501",
      "acquirers.northbank.approval_rate=0.935",
      "authorization.hold_validity=167h",
      "bus.fetch_latency=1001us",
      "settlement.strategy=fixed_window",
      "settlement.task_time=41ms",
      "rails.t2.open=02:31",
    ])
  func sensitive(_ setting: String) throws {
    let before = try SmallWorld().run()
    let after = try SmallWorld(setting).run()
    #expect(after.contradictions == [])
    #expect(after.digest != before.digest)
  }

  @Test(
    "the digest does not change with what is only shown",
    arguments: [
      "description=another", "ledger.journal=true", "reconciliation.keep_files=true",
      "results.details=true", "results.trace_one_in=1",
      "thresholds=[payments.lost == 1]", "bus.lag_alert=1", "costs.wire=7.00 USD",
    ])
  func insensitive(_ setting: String) throws {
    let before = try SmallWorld().run()
    let after = try SmallWorld(setting).run()
    #expect(after.digest == before.digest)
    #expect(after.result.identity.eventCount == before.result.identity.eventCount)
  }
}
