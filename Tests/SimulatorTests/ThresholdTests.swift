import Declared
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
    let texts = MetricCatalog.figures.map { "\($0.name) >= \(Self.zero(of: $0.unit))" }
    // A list of at most 200 thresholds takes two runs.
    let half = texts.count / 2
    for asked in [texts[..<half], texts[half...]] {
      let outcome = try SmallWorld(everything + ["thresholds=[\(asked.joined(separator: ", "))]"])
        .run()
      #expect(outcome.errors == [])
      #expect(outcome.result.thresholds.count == asked.count)
      #expect(outcome.result.metrics.keys.sorted() == names)
    }
  }

  /// Zero as a threshold on a metric of this unit writes it.
  private static func zero(of unit: FigureUnit) -> String {
    switch unit {
    case .nanoseconds, .seconds: "0s"
    case .money: "0 USD"
    case .ratio: "0%"
    case .perSecond: "0/s"
    case .count, .number: "0"
    }
  }

  /// Settings with which a run has samples of every metric.
  private var everything: [String] {
    var settings: [String] = []
    settings += ["authorization.review_score=0", "authorization.challenge_score=1"]
    settings += ["workload.transfers.payments=100", "settlement.strategy=optimised"]
    let hours = Array(repeating: "1", count: 24).joined(separator: ", ")
    settings += ["spot_instances", "cold_tier", "compression"].map {
      "costs.infrastructure.\($0).enabled=true"
    }
    settings.append(
      "faults=[{id: f, kind: acquirer_down, target: northbank, at: 1h, for: 5min}]")
    settings.append("costs.volume_discount={rate: 0.1}")
    settings.append("costs.interbank={liquidity_rate: 0.01}")
    settings.append("workload.transfers.hour_weights=[\(hours)]")
    return settings
  }

  @Test(
    "a value in another unit than the metric's is refused before the run, and told what is right",
    arguments: [
      ("authorization_latency.p99 <= 500", "a duration such as `500ms`"),
      ("delay.mean_seconds <= 2", "a duration such as `500ms`"),
      ("authorization_latency.count <= 5s", "a bare number such as `0`"),
      ("payments.lost == 0%", "a bare number such as `0`"),
      ("savings_ratio >= 1s", "a ratio such as `95%` or `0.95`"),
      ("approval_rate >= 95", "a ratio such as `95%` or `0.95`"),
      ("cost.total <= 120", "an amount in USD, the reporting currency"),
      ("cost.total <= 120 EUR", "an amount in USD, the reporting currency"),
      ("throughput.peak_per_second >= 1s", "a rate such as `100/s`"),
      ("liquidity.turnover >= 1 USD", "a bare number such as `2.5`"),
    ])
  func units(_ threshold: String, _ expected: String) throws {
    var world = SmallWorld()
    world.scenario += "\nthresholds:\n  - payments.lost == 0\n  - \"\(threshold)\"\n"
    let error = #expect(throws: RunError.self) { try world.run() }
    #expect(error?.exitCode == 65)
    let text = "\(error!)"
    #expect(text.hasPrefix("small.yaml:9:5: thresholds[1]: expected \(expected)"), "\(text)")
    #expect(text.hasSuffix("found `\(threshold)`"), "\(text)")
  }

  @Test("durations are judged alike in nanoseconds and in seconds, money and shares exactly")
  func conversion() throws {
    let first = try SmallWorld().run()
    let seconds = first.metric("delay.mean_seconds")
    #expect(seconds > 3_600)
    let total = first.result.costComponents.reduce(0) { $0 + $1.amount.minorUnits }
    let units = "\(total / 100).\(total % 100 < 10 ? "0" : "")\(total % 100)"
    let outcome = try SmallWorld(
      "thresholds=[delay.mean_seconds <= 1s, delay.mean_seconds > 1h, cost.total == \(units) USD, "
        + "settlement_success_rate == 100 %]"
    ).run()
    #expect(outcome.result.thresholds.map(\.isPassed) == [false, true, true, true])
    let delay = outcome.result.thresholds[0]
    #expect(delay.expected == Quantity(1, .seconds))
    #expect(delay.actual == Quantity(seconds, .seconds))
    #expect(HumanFormat.quantity(delay.actual).contains(" h "))
    let cost = outcome.result.thresholds[2].actual
    #expect(cost.currency == "USD" && HumanFormat.quantity(cost).hasPrefix("USD "))
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
