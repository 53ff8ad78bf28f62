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
    #expect(MetricTraits.of("system_liquidity.upper_bound") == (.number, .unknown))
    #expect(MetricTraits.of("cost_per_payment") == (.number, .lower))
    let names = MetricTraits.all.map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test("the intervals of a median and of a mean are drawn from streams of their own")
  func streams() throws {
    var result = result(.paired)
    ComparisonAnalysis(asked: nil).fill(&result)
    func interval(_ metric: ComparedMetric, _ purpose: String) -> Bootstrap.Interval {
      let runs = result.runs.sorted { $0.replication < $1.replication }
      let differences = stride(from: 0, to: runs.count, by: 2).map { first in
        let sign: Double = runs[first].strategy == 0 ? 1 : -1
        return sign * (runs[first + 1].metrics[metric.name]! - runs[first].metrics[metric.name]!)
      }
      let random = RandomStream(seed: 1, component: "compare.b", purpose: purpose)
      return Bootstrap(differences, .mean, random: random).acceleratedInterval(confidence: 0.95)
    }
    let metric = try #require(
      result.metrics.first { interval($0, $0.name) != interval($0, "mean of \($0.name)") })
    let given = result.difference(metric.name)?.meanInterval
    #expect(given == interval(metric, "mean of \(metric.name)"))
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
    #expect(cost.interval.contains(cost.median) && cost.meanInterval!.contains(cost.mean))
    // The third metric is the same in all runs: there is nothing to test.
    #expect(cost.adjustedPValue == min(1, 2 * cost.pValue) && cost.isTested)
    #expect(result.metrics[2].rows[1].difference?.isTested == false)
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
      #expect(difference?.verdict == .same && difference?.isTested == false)
      #expect(difference?.adjustedPValue == 1)
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

  @Test("unpaired samples are compared by their medians and ranks")
  func unpaired() {
    var result = result(.unpaired)
    ComparisonAnalysis(asked: ["cost.total", "liquidity.usage", "ratio_of_what"]).fill(&result)
    let cost = result.metrics[0].rows[1].difference!
    #expect(cost.verdict == .better && cost.meanInterval == nil)
    #expect(cost.interval.upper < 0)
    #expect(
      cost.pValue
        == RankSumTest(
          result.runs.filter { $0.strategy == 1 }.map { $0.metrics["cost.total"]! },
          result.runs.filter { $0.strategy == 0 }.map { $0.metrics["cost.total"]! }
        ).pValue)
    #expect(result.metrics[1].rows[1].difference?.verdict == .same)
    #expect(result.metrics[2].preference == .unknown)
    #expect(result.conclusions[1].word == .better)
  }

  @Test("numbers that are none count as no samples")
  func notFinite() {
    var result = result(.paired)
    for index in result.runs.indices { result.runs[index].metrics["cost.total"] = .nan }
    ComparisonAnalysis(asked: ["cost.total"]).fill(&result)
    #expect(result.metrics.isEmpty && result.notes == ["no run has samples of cost.total"])
    #expect(result.conclusions.map(\.word) == [.baseline, .same])
  }
}
