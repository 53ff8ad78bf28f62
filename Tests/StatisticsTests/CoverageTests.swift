import Testing
import Chance

@testable import Statistics

/// Whether an interval of 95 % holds what it estimates in 95 % of the comparisons, and a test at
/// 5 % speaks in 5 % of those where there is nothing to say: counted, on fixed seeds.
@Suite("What intervals cover")
struct CoverageTests {
  private static let comparisons = 2_000

  private func stream(_ seed: Int, _ purpose: String) -> RandomStream {
    RandomStream(seed: UInt64(seed), component: "coverage", purpose: purpose)
  }

  /// The part of `comparisons` of `count` pairs whose interval holds the true mean, zero.
  private func coverage(
    _ differences: SimulatedDifferences, count: Int, of comparisons: Int = comparisons,
    confidence: Double = 0.95
  ) -> Double {
    var random = stream(count, differences.rawValue)
    let covered = (0..<comparisons).count { _ in
      MeanEstimate(Sample(differences.draw(count, &random)))!
        .interval(confidence: confidence).contains(0)
    }
    return Double(covered) / Double(comparisons)
  }

  @Test(
    "20 pairs: the mean's interval of 95 % covers it in 0.93 to 0.97 of 2,000 comparisons",
    arguments: [
      SimulatedDifferences.normal, .uniform, .studentFive, .logNormalHalf,
    ])
  func mild(_ differences: SimulatedDifferences) {
    let coverage = coverage(differences, count: 20)
    #expect((0.93...0.97).contains(coverage), "\(coverage)")
  }

  @Test(
    "20 pairs: of skewed differences it covers the mean in at least 0.90 of 2,000 comparisons",
    arguments: [SimulatedDifferences.exponential, .logNormalOne])
  func skewed(_ differences: SimulatedDifferences) {
    let coverage = coverage(differences, count: 20)
    #expect((0.90...0.98).contains(coverage), "\(coverage)")
  }

  @Test(
    "fewer and more pairs do as well", arguments: [10, 50], SimulatedDifferences.allCases)
  func counts(_ count: Int, _ differences: SimulatedDifferences) {
    // Of 10 pairs a log-normal tail is mostly not to be seen: simulated with 40,000, 0.89.
    let least = count < 20 && differences == .logNormalOne ? 0.87 : 0.91
    let coverage = coverage(differences, count: count, of: 1_000)
    #expect((least...0.98).contains(coverage), "\(coverage)")
  }

  @Test("other confidences are what they say", arguments: [0.8, 0.9, 0.99])
  func confidences(_ confidence: Double) {
    // Three standard deviations of 1,000 trials, and a hundredth for the approximation.
    let tolerance = 3 * (confidence * (1 - confidence) / 1_000).squareRoot() + 0.01
    for differences in [SimulatedDifferences.normal, .logNormalHalf] {
      let coverage = coverage(differences, count: 20, of: 1_000, confidence: confidence)
      #expect((coverage - confidence).magnitude < tolerance, "\(differences.rawValue): \(coverage)")
    }
  }

  @Test("Student's interval alone would not do for log-normal differences")
  func withoutCorrection() {
    var random = stream(20, "Student")
    let quantile = StudentDistribution(degrees: 19).upperQuantile(0.025)
    let covered = (0..<Self.comparisons).count { _ in
      let sample = Sample(SimulatedDifferences.logNormalOne.draw(20, &random))
      return sample.mean.magnitude
        <= quantile * sample.standardDeviation! / Double(20).squareRoot()
    }
    #expect(Double(covered) / Double(Self.comparisons) < 0.89)
  }

  @Test(
    "independent samples of 20 and 12: the difference of means is covered as often",
    arguments: SimulatedDifferences.allCases)
  func independent(_ values: SimulatedDifferences) {
    var random = stream(1, "independent \(values.rawValue)")
    let covered = (0..<1_000).count { _ in
      let (first, second) = (values.draw(20, &random), values.draw(12, &random).map { $0 * 2 })
      return MeanEstimate(Sample(first), minus: Sample(second))!
        .interval(confidence: 0.95).contains(0)
    }
    let least = values == .logNormalOne ? 0.87 : 0.92
    #expect((least...0.98).contains(Double(covered) / 1_000), "\(covered)")
  }

  @Test(
    "the median's interval covers the median of pairs at least as often as it says",
    arguments: [SimulatedDifferences.normal, .studentFive, .uniform])
  func medians(_ differences: SimulatedDifferences) {
    for count in [6, 20] {
      var random = stream(count, "median \(differences.rawValue)")
      let covered = (0..<1_000).count { _ in
        let interval = MedianInterval(differences.draw(count, &random), confidence: 0.95)!
        return interval.low <= 0 && 0 <= interval.high
      }
      // 0.969 and 0.959 by the binomial distribution; three standard deviations of the count.
      #expect((940...985).contains(covered), "\(count): \(covered)")
    }
  }

  @Test(
    "strategies equal in law: the mean's test at 5 % claims a difference in 5 % of comparisons",
    arguments: SimulatedDifferences.allCases)
  func nullRate(_ values: SimulatedDifferences) {
    var random = stream(20, "null \(values.rawValue)")
    var (mean, ranks) = (0, 0)
    for _ in 0..<Self.comparisons {
      // Both sides from one law, with a common part as of common arrivals.
      let common = values.draw(20, &random)
      let sides = (0..<2).map { _ in
        zip(common, values.draw(20, &random)).map { 3 * $0 + $1 }
      }
      let sample = PairedSample(variant: sides[0], baseline: sides[1])
      mean += MeanEstimate(sample.differences)!.pValue <= 0.05 ? 1 : 0
      ranks += SignedRankTest(sample.differences.values).pValue <= 0.05 ? 1 : 0
    }
    // 100 expected, standard deviation 9.7. Heavy tails make Student's test speak less: 0.03.
    #expect((50...130).contains(mean), "\(mean)")
    #expect((70...130).contains(ranks), "\(ranks)")
  }
}
