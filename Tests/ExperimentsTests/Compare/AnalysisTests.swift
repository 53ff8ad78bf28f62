import Chance
import Reporting
import Simulator
import Statistics
import Testing
import VirtualTime

@testable import Experiments

@Suite("Analysis of runs")
struct AnalysisTests {
  @Test("a point is dominated by those nowhere worse and somewhere better")
  func pareto() {
    let points: [[Double]] = [[1, 5], [2, 2], [2, 3], [5, 1], [5, 1], [6, 6]]
    #expect(ParetoSet.dominators(of: points) == [[], [], [1], [], [], [0, 1, 2, 3, 4]])
    #expect(ParetoSet.dominators(of: [[], []]) == [[], []])
    #expect(ParetoSet.dominators(of: []) == [])
  }

  @Test("the Pareto set of drawn points is what a search through all pairs finds")
  func paretoSearch() {
    for seed in 0..<50 {
      let points = (0..<12).map { point in
        (0..<3).map { axis in Double((seed * 7 + point * 31 + axis * 17 + point * point) % 5) }
      }
      let dominators = ParetoSet.dominators(of: points)
      for (index, point) in points.enumerated() {
        for (other, rival) in points.enumerated() {
          let noWorse = (0..<3).allSatisfy { rival[$0] <= point[$0] }
          let equal = rival == point
          #expect(dominators[index].contains(other) == (noWorse && !equal))
        }
      }
    }
  }

  @Test("every metric of runs has a unit, and a dimension only metrics with a good side")
  func traits() {
    for name in MetricTraits.dimensions.flatMap(\.metrics) {
      #expect(MetricTraits.of(name).preference != .unknown, "\(name)")
      #expect(MetricTraits.standardNames.contains(name), "\(name)")
    }
    #expect(MetricTraits.of("authorization_latency.p99") == (.nanoseconds, .lower))
    #expect(MetricTraits.of("authorization_latency.count") == (.count, .unknown))
    #expect(MetricTraits.of("payments.voided") == (.count, .unknown))
    #expect(MetricTraits.of("savings_ratio") == (.ratio, .higher))
    #expect(MetricTraits.of("something.new") == (.number, .unknown))
    #expect(MetricTraits.of("netting.realised_efficiency") == (.ratio, .higher))
    // What could be saved, and what systems see of wires, is neither better nor worse.
    #expect(MetricTraits.of("netting.multilateral_potential") == (.ratio, .unknown))
    #expect(MetricTraits.of("system_netting.multilateral_efficiency") == (.ratio, .unknown))
    #expect(MetricTraits.of("transfer_liquidity.upper_bound") == (.money, .unknown))
    #expect(MetricTraits.of("cost_per_payment") == (.money, .lower))
  }

  @Test("the intervals of a metric are those of its differences, whatever else is compared")
  func intervals() throws {
    var result = result(.paired)
    ComparisonAnalysis(asked: nil).fill(&result)
    let runs = result.runs.sorted { ($0.replication, $0.strategy) < ($1.replication, $1.strategy) }
    let differences = stride(from: 0, to: runs.count, by: 2).map { first in
      runs[first + 1].metrics["cost.total"]! - runs[first].metrics["cost.total"]!
    }
    let cost = try #require(result.difference("cost.total"))
    let estimate = try #require(MeanEstimate(Sample(differences)))
    #expect(cost.mean.interval == estimate.interval(confidence: 0.95))
    #expect(cost.meanPValue == estimate.pValue && cost.skewness == estimate.skewness)
    let median = try #require(MedianInterval(differences))
    #expect(cost.median.interval == Interval(lower: median.low, upper: median.high))
    #expect(cost.mean.relative == Sample(differences).mean / result.metrics[0].rows[0].mean!)
  }

  /// Two strategies with three metrics; the second is cheaper, slower and needs as much money.
  private func result(_ pairing: ComparisonResult.Pairing) -> ComparisonResult {
    var result = ComparisonResult(
      identity: RunIdentity(scenarioName: "s", scenarioText: "", seed: 1))
    result.pairing = pairing
    result.replications = 20
    result.strategies = [ComparedStrategy("a"), ComparedStrategy("b")]
    for replication in 0..<20 {
      let wave = Double((replication * 7) % 20)
      for strategy in 0..<2 {
        let metrics = [
          "cost.total": 1_000 + wave - (strategy == 1 ? 100 + wave / 10 : 0),
          "settlement_latency.mean": 5e9 + 1e8 * wave + (strategy == 1 ? 4e9 : 0),
          "liquidity.usage": 300 + wave, "ratio_of_what": Double(strategy) + wave,
        ]
        result.runs.append(
          ComparedRun(
            strategy: strategy, replication: replication,
            identity: RunIdentity(
              scenarioName: "s", scenarioText: "", seed: UInt64(replication + 1)),
            metrics: metrics))
      }
    }
    return result
  }

  @Test("verdicts, words and the Pareto set follow from the differences")
  func words() {
    var result = result(.paired)
    ComparisonAnalysis(asked: nil).fill(&result)
    #expect(
      result.metrics.map(\.name) == ["cost.total", "settlement_latency.mean", "liquidity.usage"])
    #expect(result.conclusions[1].verdicts == [.cost: .better, .delay: .worse, .liquidity: .same])
    #expect(result.conclusions.map(\.word) == [.baseline, .mixed])
    #expect(result.conclusions.map(\.dominatedBy) == [[], []])
    let cost = result.metrics[0].rows[1].difference!
    #expect(cost.median.interval!.contains(cost.median.value))
    #expect(cost.mean.interval!.contains(cost.mean.value))
    // The third metric is the same in all runs: there is nothing to test.
    #expect(cost.adjustedPValue == min(1, 2 * cost.pValue!))
    let same = result.metrics[2].rows[1].difference
    #expect(same?.pValue == nil && same?.adjustedPValue == nil && same?.verdict == .same)
  }

  @Test("liquidity is judged by what it costs, and by the largest days only where it costs nothing")
  func liquidityDimension() {
    for price in [0.0, 1.0] {
      var result = result(.paired)
      for index in result.runs.indices {
        let isSecond = result.runs[index].strategy == 1
        // A larger day, on fewer days: dear by its day, cheap by its cost.
        result.runs[index].metrics["liquidity.usage"]! += isSecond ? 400 : 0
        result.runs[index].metrics["cost.funding"] = price * (isSecond ? 50 : 90)
      }
      ComparisonAnalysis(asked: nil).fill(&result)
      let judged = result.metrics.first { $0.dimension == .liquidity }
      #expect(judged?.name == (price == 0 ? "liquidity.usage" : "cost.funding"))
      #expect(result.conclusions[1].verdicts[.liquidity] == (price == 0 ? .worse : .better))
      #expect(result.metrics.contains { $0.name == "cost.funding" } == (price > 0))
    }
  }

  @Test("what is equal in all runs, and a strategy beside itself, makes no other claim harder")
  func untested() {
    var result = result(.paired)
    ComparisonAnalysis(asked: ["cost.total"]).fill(&result)
    let alone = result.metrics[0].rows[1].difference!
    result.strategies.append(ComparedStrategy("a#2"))
    result.runs += result.runs.filter { $0.strategy == 0 }.map { run in
      var copy = run
      copy.strategy = 2
      return copy
    }
    result.metrics = []
    ComparisonAnalysis(asked: ["cost.total", "liquidity.usage"]).fill(&result)
    #expect(result.metrics[0].rows[1].difference == alone)
    for difference in [result.metrics[0].rows[2].difference, result.metrics[1].rows[1].difference] {
      #expect(difference?.verdict == .same && difference?.pValue == nil)
      #expect(difference?.adjustedPValue == nil)
    }
  }

  @Test("of a strategy of which a run did not come to rest there are figures, but no claim")
  func unrest() {
    var result = result(.paired)
    result.runs[1].unrest = "queues are in deadlock"
    result.runs[1].metrics["cost.total"] = nil
    result.strategies.append(ComparedStrategy("c"))
    result.runs += result.runs.filter { $0.strategy == 0 }.map { run in
      var copy = run
      copy.strategy = 2
      copy.metrics["cost.total"]! += 5
      return copy
    }
    ComparisonAnalysis(asked: nil).fill(&result)
    #expect(result.strategies.map(\.restless) == [0, 1, 0])
    let cost = result.metrics[0]
    #expect(cost.rows[1].difference == nil && cost.rows[1].median != nil)
    #expect(cost.rows[1].count == 19 && cost.dimension == .cost)
    #expect(cost.rows[2].difference?.verdict == .worse)
    #expect(result.conclusions.map(\.word) == [.baseline, .notAtRest, .worse])
    #expect(result.conclusions.map(\.isPareto) == [true, false, false])
    #expect(result.conclusions[2].dominatedBy == [0], "b, which is cheaper, is no rival")
    #expect(result.notes.contains { $0.hasPrefix("b: 1 of 20 runs did not come to rest; no diff") })
  }

  @Test("where the baseline did not come to rest nothing is claimed of any strategy")
  func unrestOfBaseline() {
    var result = result(.paired)
    result.runs[0].unrest = "queues are in deadlock"
    ComparisonAnalysis(asked: nil).fill(&result)
    #expect(result.metrics.count == 3)
    #expect(result.metrics.allSatisfy { $0.rows.allSatisfy { $0.difference == nil } })
    #expect(result.metrics.allSatisfy { $0.rows.allSatisfy { $0.median != nil } })
    #expect(result.conclusions.map(\.word) == [.notAtRest, .unjudged])
    #expect(result.conclusions.allSatisfy { !$0.isPareto && $0.verdicts.isEmpty })
  }

  @Test("figures of money stand in the reporting currency, spans in seconds")
  func measures() {
    var result = result(.paired)
    result.currency = "EUR"
    ComparisonAnalysis(asked: ["cost.total", "liquidity.usage", "ratio_of_what"]).fill(&result)
    #expect(
      result.metrics.map(\.label) == ["cost.total, EUR", "liquidity.usage, EUR", "ratio_of_what"])
    #expect(MetricTraits.measure(of: "delay.mean_seconds", currency: "EUR") == "s")
    #expect(MetricTraits.measure(of: "cost_per_payment", currency: "EUR") == "EUR")
    #expect(MetricTraits.measure(of: "settlement_latency.mean", currency: "EUR").isEmpty)
  }

  @Test("the parts of the settlement's cost are compared unasked, those that are all zero are not")
  func parts() {
    var result = result(.paired)
    for index in result.runs.indices {
      result.runs[index].metrics = [
        "cost.settlement": 12, "cost.wires": 10, "cost.discount": 1, "cost.rail_operators": 3,
        "cost.credit": 0, "cost.missed_deadlines": 0,
      ]
    }
    ComparisonAnalysis(asked: nil).fill(&result)
    #expect(
      result.metrics.map(\.name) == [
        "cost.settlement", "cost.wires", "cost.discount", "cost.rail_operators",
      ])
    result.metrics = []
    ComparisonAnalysis(asked: ["cost.credit"]).fill(&result)
    #expect(result.metrics.map(\.name) == ["cost.credit"])
  }

  @Test("unpaired samples are compared by Welch's interval of means, others by ranks")
  func unpaired() {
    var result = result(.unpaired)
    ComparisonAnalysis(asked: ["cost.total", "settlement_latency.mean", "ratio_of_what"])
      .fill(&result)
    func values(_ name: String, _ strategy: Int) -> [Double] {
      result.runs.filter { $0.strategy == strategy }.map { $0.metrics[name]! }
    }
    let cost = result.metrics[0].rows[1].difference!
    let estimate = MeanEstimate(
      Sample(values("cost.total", 1)), minus: Sample(values("cost.total", 0)))!
    #expect(cost.verdict == .better && cost.mean.interval!.upper < 0)
    #expect(cost.mean.interval == estimate.interval(confidence: 0.95))
    #expect(cost.median.interval!.upper < 0)
    let delay = result.metrics[1].rows[1].difference!
    #expect(delay.verdict == .worse)
    #expect(
      delay.pValue
        == RankSumTest(
          values("settlement_latency.mean", 1), values("settlement_latency.mean", 0)
        ).pValue)
    #expect(result.metrics[2].preference == .unknown)
    #expect(result.metrics[2].rows[1].difference?.verdict == nil)
    #expect(result.conclusions[1].word == .mixed)
  }

  @Test("metrics of no dimension are descriptive: figures and intervals, no test, no word")
  func descriptive() {
    var result = result(.paired)
    ComparisonAnalysis(asked: ["ratio_of_what"]).fill(&result)
    let difference = result.metrics[0].rows[1].difference!
    #expect(difference.median.value == 1 && difference.median.interval != nil)
    #expect(difference.rankPValue != nil && difference.adjustedPValue == nil)
    #expect(difference.verdict == nil)
    #expect(result.conclusions.map(\.word) == [.baseline, .undecided])
    #expect(result.notes.contains { $0.contains("all of this is descriptive") })
  }

  @Test("other metrics make no claim of a dimension harder")
  func family() {
    var alone = result(.paired)
    ComparisonAnalysis(asked: ["cost.total"]).fill(&alone)
    var among = result(.paired)
    ComparisonAnalysis(asked: ["cost.total", "ratio_of_what"]).fill(&among)
    #expect(alone.metrics[0] == among.metrics[0])
  }

  @Test("a cost that is mostly lower and rarely much higher is not better, though its median is")
  func budgets() {
    var result = result(.paired)
    for index in result.runs.indices where result.runs[index].strategy == 1 {
      let isDear = result.runs[index].replication % 10 == 3
      let before = result.runs[index - 1].metrics["cost.total"]!
      result.runs[index].metrics["cost.total"] =
        before + (isDear ? 600 : -20 - Double(result.runs[index].replication) / 10)
    }
    ComparisonAnalysis(asked: ["cost.total"]).fill(&result)
    let cost = result.metrics[0].rows[1].difference!
    #expect(cost.median.value < 0 && cost.median.interval!.upper < 0)
    #expect(cost.mean.value > 0 && cost.mean.interval!.contains(0))
    #expect(cost.rankPValue! < 0.05, "\(cost.rankPValue!)")
    #expect(cost.verdict == .same && result.conclusions[1].word == .same)
    #expect(cost.isSkewed)
    #expect(
      result.notes.contains {
        $0.contains("skewness beyond 1.5") && $0.contains("interval may be too narrow: cost.total")
      })
  }

  @Test("one replication has a difference, but no interval and no verdict")
  func single() {
    var result = result(.paired)
    result.runs = result.runs.filter { $0.replication == 0 }
    result.replications = 1
    ComparisonAnalysis(asked: nil).fill(&result)
    for metric in result.metrics {
      let difference = metric.rows[1].difference!
      #expect(difference.mean.interval == nil && difference.median.interval == nil)
      #expect(difference.verdict == nil && difference.pValue == nil)
    }
    #expect(result.metrics[0].rows[1].difference!.mean.value == -100)
    #expect(result.conclusions[1].word == .undecided && result.conclusions[1].verdicts.isEmpty)
    #expect(
      result.notes.contains(
        "one replication has no interval and no verdict: intervals of means take 2, those of "
          + "medians 6, claims 7"))
  }

  @Test("three replications have intervals of means alone, and can claim nothing however clear")
  func few() {
    var result = result(.paired)
    result.runs = result.runs.filter { $0.replication < 3 }
    result.replications = 3
    ComparisonAnalysis(asked: ["cost.total"]).fill(&result)
    let cost = result.metrics[0].rows[1].difference!
    #expect(cost.mean.interval!.upper < 0 && cost.median.interval == nil)
    #expect(cost.pValue == 0.25 && cost.verdict == .same)
    #expect(result.notes.contains { $0.contains("3 replications are too few to claim") })
    #expect(result.notes.contains("medians of fewer than 6 pairs have no interval of 95.0 %"))
  }

  @Test("no difference is a part of zero")
  func zeroBaseline() {
    var result = result(.paired)
    for index in result.runs.indices {
      result.runs[index].metrics["cost.total"] = Double(result.runs[index].strategy)
      result.runs[index].metrics["liquidity.usage"] = 0
    }
    ComparisonAnalysis(asked: ["cost.total", "liquidity.usage"]).fill(&result)
    for metric in result.metrics {
      let difference = metric.rows[1].difference!
      #expect(difference.mean.relative == nil && difference.median.relative == nil)
    }
    // What is zero in all runs stands for no dimension.
    #expect(result.metrics.map { $0.rows[1].difference!.verdict } == [.worse, nil])
  }

  @Test("numbers that are none count as no samples")
  func notFinite() {
    var result = result(.paired)
    for index in result.runs.indices { result.runs[index].metrics["cost.total"] = .nan }
    ComparisonAnalysis(asked: ["cost.total"]).fill(&result)
    #expect(result.metrics.isEmpty && result.notes == ["no run has samples of cost.total"])
    #expect(result.conclusions.map(\.word) == [.baseline, .undecided])
  }
}
