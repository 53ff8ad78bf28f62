import Reporting
import Scenario
import Testing

@testable import Simulator

@Suite("Thresholds and verdicts")
struct ThresholdTests {
  @Test("thresholds that hold pass, and their margin is told")
  func passed() throws {
    let outcome = try SmallWorld(
      "thresholds=[payments.lost == 0, authorization_latency.p99 <= 5s, savings_ratio > 0.1]"
    ).run()
    #expect(outcome.contradictions == [])
    #expect(outcome.result.verdict == .passed)
    #expect(outcome.result.thresholds.map(\.isPassed) == [true, true, true])
    let latency = outcome.result.thresholds[1]
    #expect(latency.expected == Quantity(5e9, .nanoseconds))
    #expect(latency.actual.value == outcome.metric("authorization_latency.p99"))
    #expect(latency.margin.value == 5e9 - latency.actual.value)
  }

  @Test("one threshold that is missed decides the verdict, and the run is complete all the same")
  func missed() throws {
    let outcome = try SmallWorld(
      "thresholds=[payments.lost == 0, authorization_latency.p50 < 1ms]"
    ).run()
    #expect(outcome.contradictions == [])
    #expect(outcome.result.verdict == .thresholdMissed)
    #expect(outcome.result.thresholds.map(\.isPassed) == [true, false])
    #expect(outcome.result.thresholds[1].margin.value < 0)
  }

  @Test(
    "an unknown metric is refused before the run, with the names close to it",
    arguments: [
      ("authorization_latency.p98 <= 5s", "authorization_latency.p99"),
      ("payments.lots == 0", "payments.lost"),
      ("nothing_of_the_kind == 0", "list metrics"),
    ])
  func unknown(_ threshold: String, _ hint: String) throws {
    let error = #expect(throws: RunError.self) {
      try SmallWorld("thresholds=[\(threshold)]").run()
    }
    #expect(error?.exitCode == 65)
    #expect("\(error!)".contains(hint), "\(error!)")
    #expect(!"\(error!)".contains("\n"))
  }

  @Test("every metric of the catalogue can be asked for, and every figure is in it")
  func catalogue() throws {
    let names = MetricCatalog.names
    #expect(names == Array(Set(names)).sorted())
    var settings = ["thresholds=[\(names.map { "\($0) >= 0" }.joined(separator: ", "))]"]
    settings += ["authorization.review_score=0", "authorization.challenge_score=1"]
    settings += ["workload.transfers.payments=100", "settlement.strategy=optimised"]
    let hours = Array(repeating: "1", count: 24).joined(separator: ", ")
    settings += ["spot_instances", "cold_tier", "compression"].map {
      "costs.infrastructure.\($0).enabled=true"
    }
    settings.append("costs.volume_discount={rate: 0.1}")
    settings.append("workload.transfers.hour_weights=[\(hours)]")
    let outcome = try SmallWorld(settings).run()
    #expect(outcome.errors == [])
    #expect(outcome.result.thresholds.count == names.count)
    #expect(outcome.result.metrics.keys.sorted() == names)
  }

  @Test("a threshold on a metric without samples is an error")
  func noSamples() throws {
    let outcome = try SmallWorld(
      "thresholds=[challenge_latency.p99 <= 90s]", "authorization.block_score=100",
      "authorization.challenge_score=99", "workload.generated.payments=50"
    ).run()
    #expect(outcome.errors.count == 1)
    #expect(outcome.errors.first?.contains("no samples of challenge_latency.p99") == true)
    #expect(outcome.result.thresholds.isEmpty)
  }

  @Test("a run that is stopped says so, and claims nothing", arguments: [0, 1, 40])
  func interrupted(_ windows: Int) throws {
    var calls = 0
    let outcome = try SmallWorld.kept(["thresholds=[payments.lost == 0]"]).run(threads: 2) { _ in
      calls += 1
      return calls <= windows
    }
    #expect(outcome.result.verdict == .interrupted)
    #expect(!outcome.result.isComplete)
    #expect(outcome.breach == nil)
    #expect(outcome.result.thresholds.isEmpty)
    #expect(calls == windows + 1)
    let atRest = ["flow.nothing_lost", "ledger.clearing_zero", "bank.conservation"]
    for row in outcome.result.invariants where atRest.contains(row.name) {
      #expect(row.checks == 0, "\(row)")
    }
    #expect(outcome.count("payments.settled") == 0)
    #expect(outcome.result.virtualTimeNanoseconds < 7_200_000_000_000)
  }

  @Test("a run that does not come to rest ends, and says why")
  func stuck() throws {
    let outcome = try SmallWorld("time.drain_limit=1h").run()
    #expect(outcome.result.verdict == .notAtRest)
    #expect(outcome.errors.count == 1)
    #expect(outcome.errors.first?.contains("time.drain_limit") == true)
    let poor = try SmallWorld(
      "banks.opening_balance=1.00 USD", "settlement.strategy=one_wire_per_payment",
      "workload.generated.payments=200"
    ).run()
    #expect(poor.result.verdict == .notAtRest && poor.errors.count == 1)
  }
}
