import Chance
import Testing
import Chance

@testable import Statistics

/// What a comparison of many metrics claims, on made-up costs of a realistic shape: a common part
/// that differs from seed to seed, cents, and metrics that are tied in most replications.
@Suite("Claims from noise and from planted differences")
struct ClaimTests {
  private static let replications = 20
  private static let metrics = 6

  private struct World {
    var random: RandomStream

    /// A skewed cost in whole cents, or a small count, by turns; `shift` as a part of it.
    mutating func value(metric: Int, common: Double, shift: Double) -> Double {
      let noise = NormalDistribution.quantile(random.uniform() + 0x1p-54)
      if metric % 3 == 2 { return Double(random.below(3)) }
      let scale = 40_000.0 * Double(metric + 1)
      return (scale * PortableMath.exp(0.25 * common + 0.004 * noise) * (1 + shift)).rounded()
    }

    mutating func common() -> Double { NormalDistribution.quantile(random.uniform() + 0x1p-54) }
  }

  /// The verdicts of all metrics, as `compare` gives them.
  private func verdicts(_ seed: Int, shift: Double, independent: Bool) -> [DifferenceVerdict] {
    var world = World(
      random: RandomStream(seed: UInt64(seed), component: "test", purpose: "worlds"))
    let samples = (0..<Self.metrics).map { metric in
      var (variant, baseline): ([Double], [Double]) = ([], [])
      for _ in 0..<Self.replications {
        let common = world.common()
        baseline.append(world.value(metric: metric, common: common, shift: 0))
        let other = independent ? world.common() : common
        variant.append(world.value(metric: metric, common: other, shift: shift))
      }
      return PairedSample(variant: variant, baseline: baseline)
    }
    let adjusted = Holm.adjusted(samples.map { SignedRankTest($0.differences.values).pValue })
    return zip(samples, adjusted).map { sample, pValue in
      DifferenceVerdict(
        difference: sample.differences.median, relative: sample.relativeMedianDifference,
        pValue: pValue, level: 0.05, effectFloor: 0.001, preference: .lower)
    }
  }

  @Test("in 1,000 comparisons of equals with independent seeds at most 5 % claim anything")
  func nothingFromNoise() {
    let claims = (1...1_000).filter { seed in
      verdicts(seed, shift: 0, independent: true).contains { $0 != .same }
    }
    // 50 expected at most; 71 is three standard deviations more.
    #expect(claims.count <= 71, "\(claims.count) of 1,000: seeds \(claims.prefix(5))")
    #expect(claims.count >= 10, "the test has lost its power: \(claims.count)")
  }

  @Test("the same holds for pairs on common arrivals")
  func nothingFromPairs() {
    let claims = (1...1_000).filter { seed in
      verdicts(seed, shift: 0, independent: false).contains { $0 != .same }
    }
    #expect(claims.count <= 71, "\(claims.count) of 1,000: seeds \(claims.prefix(5))")
  }

  @Test("a planted difference of 1 % is found with 20 replications, and nothing beside it")
  func onePercent() {
    var beside = 0
    for seed in 1...100 {
      let verdicts = verdicts(seed, shift: 0.01, independent: false)
      for metric in [0, 1, 3, 4] { #expect(verdicts[metric] == .worse, "metric \(metric)") }
      beside += [2, 5].contains { verdicts[$0] != .same } ? 1 : 0
    }
    // 5 expected at most; 12 is three standard deviations more.
    #expect(beside <= 12)
  }

  @Test("a difference below the floor is no claim, however certain")
  func floor() {
    let baseline = (1...20).map { Double($0) * 1_000 }
    let sample = PairedSample(variant: baseline.map { $0 * 1.000_5 }, baseline: baseline)
    let test = SignedRankTest(sample.differences.values)
    #expect(test.pValue < 1e-5)
    #expect(
      DifferenceVerdict(
        difference: sample.differences.median, relative: sample.relativeMedianDifference,
        pValue: test.pValue, level: 0.05, effectFloor: 0.001, preference: .lower) == .same)
  }
}
