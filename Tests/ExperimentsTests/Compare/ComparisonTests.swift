import Reporting
import Simulator
import Testing

@testable import Experiments
@testable import VirtualTime

@Suite("Comparing by simulation")
struct ComparisonTests {
  @Test("a strategy compared with itself shows no difference in any metric")
  func itself() throws {
    let result = try SmallComparison("merchant_day,merchant_day").run()
    #expect(result.strategies.map(\.name) == ["merchant_day", "merchant_day#2"])
    #expect(result.metrics.count >= 3)
    for metric in result.metrics {
      let difference = try #require(metric.rows[1].difference)
      #expect(difference.verdict == .same && difference.pValue == 1 && difference.median == 0)
    }
    #expect(result.conclusions.map(\.word) == [.baseline, .same])
    #expect(result.conclusions.allSatisfy { $0.dominatedBy.isEmpty })
  }

  @Test("a planted difference of 1 % of the cost is found with 20 replications")
  func onePercent() throws {
    var comparison = SmallComparison(
      "one_wire_per_payment,one_wire_per_payment:costs.wire=5.05 USD,one_wire_per_payment")
    comparison.replications = 20
    // Acquirers' and rails' fees are not touched: the plant is 1 % of the wires' part.
    let result = try comparison.run()
    let planted = try #require(result.difference("cost_per_payment"))
    #expect(planted.verdict == .worse && planted.adjustedPValue < 0.001)
    let relative = try #require(planted.relative)
    #expect((0.005...0.010_5).contains(relative), "\(relative)")
    #expect(planted.interval.lower > 0)
    #expect(result.difference("cost_per_payment", 2)?.verdict == .same)
    #expect(result.difference("settlement_latency.mean")?.verdict == .same)
    #expect(result.conclusions.map(\.word) == [.baseline, .worse, .same])
    #expect(result.conclusions[1].dominatedBy == [0, 2])
  }

  @Test("every strategy of a replication met the same arrivals, and each replication others")
  func arrivals() throws {
    let result = try SmallComparison("one_wire_per_payment,merchant_day").run()
    let arrivals = result.runs.map(\.identity.arrivalDigest)
    for replication in 0..<6 {
      #expect(arrivals[2 * replication] == arrivals[2 * replication + 1])
    }
    #expect(Set(arrivals).count == 6 && !arrivals.contains(0))
    #expect(Set(result.runs.map(\.identity.digest)).count == 12)
  }

  @Test("the command of each run makes that very run again")
  func reproducible() throws {
    var comparison = SmallComparison("fixed_window:window=2h,merchant_day")
    comparison.settings = ["costs.wire=4.00 USD"]
    comparison.replications = 2
    let plan = try comparison.plan
    let result = try comparison.run()
    for (index, run) in result.runs.enumerated() {
      let again = try ScenarioRun(SmallComparison.load(plan.overrides(run: index))).run(threads: 1)
      #expect(again.result.identity.digest == run.identity.digest)
      #expect(again.result.metrics == run.metrics)
      #expect(run.identity.seed == 1 + UInt64(run.replication))
    }
    #expect(
      result.runs[0].identity.reproducingCommand
        == "settlesim run small.yaml --seed 1 --set 'costs.wire=4.00 USD' "
        + "--set settlement.strategy=fixed_window --set settlement.strategy.window=2h")
    #expect(
      result.reproducingCommand
        == "settlesim compare small.yaml --strategies fixed_window:window=2h,merchant_day "
        + "--replications 2 --seed 1 --set 'costs.wire=4.00 USD'")
  }

  @Test("the number of threads changes nothing", arguments: [1, 3, 7])
  func threads(_ threads: Int) throws {
    var comparison = SmallComparison("one_wire_per_payment,merchant_day,fixed_window")
    comparison.replications = 4
    let expected = try comparison.run()
    comparison.threads = threads
    let actual = try comparison.run()
    #expect(
      ComparisonText.render(actual, as: .json) == ComparisonText.render(expected, as: .json))
    #expect(actual.runs == expected.runs)
  }

  @Test("the baseline may be another than the first, and differences change their sign")
  func baseline() throws {
    var comparison = SmallComparison("one_wire_per_payment,merchant_day")
    let forwards = try comparison.run()
    comparison.baseline = "merchant_day"
    let backwards = try comparison.run()
    #expect(backwards.difference("instructions", 1) == nil)
    let (one, other) = (
      forwards.difference("instructions"), backwards.difference("instructions", 0)
    )
    #expect(try #require(one?.median) == -(try #require(other?.median)))
    #expect(try #require(one?.pValue) == (try #require(other?.pValue)))
    #expect(backwards.conclusions.map(\.word).last == .baseline)
  }

  @Test("metrics asked for are compared, and named where no run has them")
  func metrics() throws {
    var comparison = SmallComparison("one_wire_per_payment,merchant_day")
    comparison.metrics = ["events", "challenge_latency.p99", "payments.lost"]
    comparison.replications = 2
    comparison.alter = { _, outcome in
      outcome.result.metrics["challenge_latency.p99"] = nil
    }
    let result = try comparison.run()
    #expect(result.metrics.map(\.name) == ["events", "payments.lost"])
    #expect(result.notes.contains("no run has samples of challenge_latency.p99"))
    #expect(result.difference("payments.lost")?.verdict == .same)
    #expect(result.notes.contains { $0.contains("too few to claim any difference in 1 test,") })
  }

  @Test("before the runs it is told how many replications are enough, where these may be too few")
  func limits() throws {
    let settings = try SmallComparison.load([]).settings
    func note(_ strategies: String, _ replications: Int, _ metrics: [String]?) throws -> String? {
      var comparison = SmallComparison(strategies)
      comparison.replications = replications
      comparison.metrics = metrics
      return try comparison.plan.limits(of: settings)
    }
    let two = "merchant_day,fixed_window"
    #expect(try note(two, 6, ["wires"]) == nil)
    #expect(
      try note(two, 5, ["wires"]) == "5 replications can show nothing at 5 %: it takes 6")
    #expect(
      try note(two + ",merchant_day", 6, ["wires", "events"])
        == "6 replications may be too few to show anything at 5 %: 2 tests (2 metrics, 1 against "
        + "the baseline) take 7, fewer metrics fewer")
    let six = two + ",size_threshold,hybrid,optimised,one_wire_per_payment"
    let standard = try #require(try note(six, 6, nil))
    #expect(standard.contains("(25 metrics, 5 against the baseline) take 13"), "\(standard)")
    #expect(try note(six, 13, nil) == nil)
  }

  @Test("a metric that some runs lack is paired where both have it")
  func gaps() throws {
    var comparison = SmallComparison("one_wire_per_payment,merchant_day")
    comparison.metrics = ["instructions"]
    comparison.alter = { index, outcome in
      if index == 0 || index == 3 { outcome.result.metrics["instructions"] = nil }
    }
    let result = try comparison.run()
    #expect(result.metric("instructions")?.rows.map(\.count) == [5, 5])
    #expect(result.difference("instructions")?.count == 4)
  }
}
