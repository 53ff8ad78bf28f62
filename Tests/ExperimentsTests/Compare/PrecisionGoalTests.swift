import Chance
import Statistics
import Testing

@testable import Experiments

/// What it costs to stop as soon as an interval is narrow, counted over simulated comparisons.
@Suite("Replications until an interval is narrow")
struct PrecisionGoalTests {
  /// The part of 600 comparisons whose last interval holds the true mean, zero, and their mean
  /// number of replications. They stop at the width that about 40 pairs have.
  private func coverage(
    _ purpose: String, deviation: Double, _ draw: (Double) -> Double
  ) -> (share: Double, replications: Double) {
    var random = RandomStream(seed: 1, component: "stopping", purpose: purpose)
    let width = 2 * 1.96 * deviation / Double(40).squareRoot()
    var (covered, replications) = (0, 0)
    for _ in 0..<600 {
      var values: [Double] = []
      var count = 20
      while true {
        while values.count < count {
          values.append(draw(NormalDistribution.quantile(random.uniform() + 0x1p-54)))
        }
        let interval = MeanEstimate(Sample(values))!.interval(confidence: 0.95)
        guard interval.width > width, count < 400 else {
          covered += interval.contains(0) ? 1 : 0
          replications += count
          break
        }
        count = PrecisionGoal.next(after: count, limit: 400)
      }
    }
    return (Double(covered) / 600, Double(replications) / 600)
  }

  @Test("intervals that are stopped at still cover what the result says of them")
  func optionalStopping() {
    let normal = coverage("normal", deviation: 1) { $0 }
    // 0.945 in 4,000 comparisons reckoned apart; three standard deviations of 600 are 0.028.
    #expect(normal.share > 0.917 && (40...55).contains(normal.replications), "\(normal)")
    let sigma = 0.5
    let mean = PortableMath.exp(sigma * sigma / 2)
    let deviation = mean * (PortableMath.exp(sigma * sigma) - 1).squareRoot()
    let skewed = coverage("log-normal", deviation: deviation) {
      PortableMath.exp(sigma * $0) - mean
    }
    // 0.925 reckoned apart.
    #expect(skewed.share > 0.893, "\(skewed)")
  }

  @Test("a quarter more follows, at least five, and never more than the limit")
  func growth() {
    #expect(PrecisionGoal.next(after: 1, limit: 1_000) == 6)
    #expect(PrecisionGoal.next(after: 998, limit: 1_000) == 1_000)
  }
}
