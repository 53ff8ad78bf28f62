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
      #expect(difference.verdict == (metric.dimension == nil ? nil : .same))
      #expect(difference.pValue == nil && difference.median.value == 0)
      #expect(difference.mean.value == 0)
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
    let planted = try #require(result.difference("cost.settlement"))
    #expect(planted.verdict == .worse && planted.adjustedPValue! < 0.001)
    let relative = try #require(planted.mean.relative)
    #expect((0.005...0.010_5).contains(relative), "\(relative)")
    #expect(planted.mean.interval!.lower > 0 && planted.median.interval!.lower > 0)
    #expect(result.difference("cost.settlement", 2)?.verdict == .same)
    #expect(result.difference("delay.mean_seconds")?.verdict == .same)
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
    #expect(try #require(one).median.value == -(try #require(other).median.value))
    #expect(try #require(one).mean.value == -(try #require(other).mean.value))
    #expect(try #require(one?.rankPValue) == (try #require(other?.rankPValue)))
    #expect(backwards.conclusions.map(\.word).last == .baseline)
  }

  @Test("metrics asked for are compared, and named where no run has them")
  func metrics() throws {
    var comparison = SmallComparison("one_wire_per_payment,merchant_day")
    comparison.metrics = ["events", "challenge_latency.p99", "cost.total"]
    comparison.replications = 2
    comparison.alter = { _, outcome in
      outcome.result.metrics["challenge_latency.p99"] = nil
    }
    let result = try comparison.run()
    #expect(result.metrics.map(\.name) == ["events", "cost.total"])
    #expect(result.notes.contains("no run has samples of challenge_latency.p99"))
    #expect(result.difference("cost.total")?.verdict == .same)
    #expect(result.difference("events")?.verdict == nil)
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
    #expect(try note(two, 6, ["cost.total"]) == nil)
    #expect(
      try note(two, 5, ["cost.total", "wires"])
        == "5 replications can show nothing at 5 %: it takes 6")
    #expect(
      try note(two + ",merchant_day", 6, ["cost.total", "delay.mean_seconds"])
        == "6 replications may be too few to show anything at 5 %: 2 tests (2 dimensions, 1 "
        + "against the baseline) take 7, fewer strategies fewer")
    let six = two + ",size_threshold,hybrid,optimised,one_wire_per_payment"
    let standard = try #require(try note(six, 6, nil))
    #expect(standard.contains("(3 dimensions, 5 against the baseline) take 10"), "\(standard)")
    #expect(try note(six, 10, nil) == nil)
    #expect(try note(two, 2, ["wires"]) == nil)
  }

  @Test("an entry that names the scenario's own strategy keeps the parameters it has there")
  func inheriting() throws {
    var comparison = SmallComparison(
      "scenario,fixed_window,fixed_window:window=5min,merchant_day+rtgs")
    comparison.settings = ["settlement.strategy=fixed_window", "settlement.strategy.window=2h"]
    comparison.replications = 2
    let result = try comparison.run()
    #expect(
      result.strategies.map(\.label) == [
        "scenario", "fixed_window (as in the scenario)",
        "fixed_window:window=5min (fixed_window else as in the scenario)",
        "merchant_day+rtgs (rtgs else as in the scenario)",
      ])
    for replication in 0..<2 {
      let digests = result.runs.filter { $0.replication == replication }.map(\.identity.digest)
      // Its own window, not the default of the strategy: the very runs of the scenario.
      #expect(digests[0] == digests[1] && Set(digests).count == 3)
    }
  }

  @Test("entries that report in different currencies are refused, and both are named")
  func units() throws {
    let plan = try SmallComparison("scenario,scenario:costs.currency=EUR").plan
    let refusal = try #require(plan.mixedUnits(["USD", "EUR"]))
    #expect(
      refusal.hasPrefix(
        "`scenario` reports money in USD and `scenario:costs.currency=EUR` in EUR: amounts of two "
          + "currencies are neither added nor compared"))
    #expect(plan.mixedUnits(["EUR", "EUR"]) == nil)
    do {
      _ = try SmallComparison("scenario,scenario:costs.currency=EUR").run()
      Issue.record("it was compared")
    } catch ComparisonFailure<any Error>.units(let text) { #expect(text == refusal) }
  }

  @Test("replications are added until the intervals of cost are narrow, the same on any threads")
  func untilWidth() throws {
    var comparison = SmallComparison("one_wire_per_payment,merchant_day")
    comparison.metrics = ["cost.settlement", "wires"]
    let six = try comparison.run()
    #expect(six.precision == nil)
    let target = try #require(PrecisionGoal.width(six.metrics[0], baseline: 0)) / 2
    comparison.untilWidth = target
    let result = try comparison.run()
    let precision = try #require(result.precision)
    #expect(precision.isReached && precision.metric == "cost.settlement" && precision.start == 6)
    #expect(result.replications > 6 && result.runs.count == 2 * result.replications)
    let interval = try #require(result.difference("cost.settlement")?.mean.interval)
    let base = try #require(result.metrics[0].rows[0].mean)
    #expect(interval.width / base == precision.width && interval.width <= target * base)
    #expect(result.notes.contains { $0.contains("after \(result.replications) replications") })
    // The same runs as if their number had been asked for at once.
    var plain = comparison
    plain.untilWidth = nil
    plain.replications = result.replications
    #expect(try plain.run().metrics == result.metrics)
    comparison.threads = 5
    #expect(
      ComparisonText.render(try comparison.run(), as: .json)
        == ComparisonText.render(result, as: .json))
  }

  @Test("what cannot be reached ends at the limit and says so; a baseline of zero adds nothing")
  func untilLimit() throws {
    var comparison = SmallComparison("one_wire_per_payment,merchant_day")
    comparison.metrics = ["cost.settlement"]
    comparison.untilWidth = 0.000_01
    comparison.maximumReplications = 12
    let result = try comparison.run()
    #expect(result.replications == 12 && result.precision?.isReached == false)
    #expect(result.notes.contains { $0.contains("not reached") && $0.contains("12 replications") })
    comparison.alter = { index, outcome in
      outcome.result.metrics["cost.settlement"] = index % 2 == 0 ? 0 : Double(index)
    }
    let zero = try comparison.run()
    #expect(zero.replications == 6 && zero.precision?.width == nil)
    #expect(zero.notes.contains { $0.contains("nothing was added") })
    comparison.alter = { _, _ in }
    comparison.metrics = ["wires"]
    let none = try comparison.run()
    #expect(none.replications == 6 && none.precision?.metric == nil)
  }

  @Test("the looks at the intervals follow from the numbers alone")
  func looks() {
    var looks = [20]
    while let last = looks.last, last < 100 {
      looks.append(PrecisionGoal.next(after: last, limit: 100))
    }
    #expect(looks == [20, 25, 31, 38, 47, 58, 72, 90, 100])
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
