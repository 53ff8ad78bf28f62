import Chance
import Reporting
import Simulator
import Testing
import VirtualTime

@testable import Experiments

@Suite("Simulated comparisons of equals")
struct NullComparisonTests {
  /// Runs of one strategy with seeds of their own, from which comparisons are drawn.
  private static let pool: [ComparedRun] = {
    var comparison = SmallComparison("merchant_day,merchant_day")
    comparison.replications = 60
    let result = try! comparison.run()
    return result.runs.filter { $0.strategy == 0 }
  }()

  /// Two groups of ten runs with different seeds, paired at random as if they belonged together.
  private func claims(_ seed: Int) -> Bool {
    var random = RandomStream(seed: UInt64(seed), component: "test", purpose: "groups")
    let drawn = Self.pool.shuffled(using: &random).prefix(20)
    var result = ComparisonResult(identity: drawn[0].identity)
    result.replications = 10
    result.strategies = [ComparedStrategy("a"), ComparedStrategy("b")]
    result.runs = drawn.enumerated().map { index, run in
      ComparedRun(
        strategy: index % 2, replication: index / 2, identity: run.identity, metrics: run.metrics)
    }
    ComparisonAnalysis(asked: nil, resamples: 10).fill(&result)
    #expect(result.metrics.count >= 3)
    let judged = result.metrics.filter { $0.dimension != nil }
    #expect(judged.count == 3)
    return judged.contains { $0.rows[1].difference!.verdict != .same }
  }

  @Test("with independent seeds at most 5 % of 1,000 comparisons claim anything")
  func nothingFromNoise() {
    let claims = (1...1_000).filter(claims)
    // 50 expected at most; 71 is three standard deviations more.
    #expect(claims.count <= 71, "\(claims.count) of 1,000")
    #expect(claims.count >= 5, "the test has lost its power: \(claims.count)")
  }
}
