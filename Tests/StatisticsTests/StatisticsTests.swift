import Chance
import Testing
import Chance

@testable import Statistics

@Suite("Statistics")
struct StatisticsTests {
  private func stream(_ seed: Int, _ purpose: String = "draws") -> RandomStream {
    RandomStream(seed: UInt64(seed), component: "test", purpose: purpose)
  }

  /// Normal draws by the quantile function.
  private func normal(_ count: Int, _ random: inout RandomStream) -> [Double] {
    (0..<count).map { _ in NormalDistribution.quantile((random.uniform() + 0x1p-54)) }
  }

  @Test("the normal distribution is symmetric and undoes its quantiles")
  func normalDistribution() {
    for step in 1..<1_000 {
      let p = Double(step) / 1_000
      #expect(abs(NormalDistribution.cumulative(NormalDistribution.quantile(p)) - p) < 1e-14)
    }
    #expect(NormalDistribution.cumulative(0) == 0.5)
    #expect(NormalDistribution.cumulative(-.infinity) == 0)
    #expect(NormalDistribution.upperTail(-.infinity) == 1)
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
  }

  @Test("the exact signed-rank test equals going through all signs", arguments: 1...9)
  func allSigns(_ count: Int) {
    var random = stream(count)
    for _ in 0..<20 {
      let differences = (0..<count).map { _ in Double(random.below(7)) - 3 }
      let kept = differences.filter { $0 != 0 }
      let ranks = Ranks(kept.map(\.magnitude)).doubled
      let observed = zip(kept, ranks).reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
      var (lower, upper) = (0, 0)
      for signs in 0..<(1 << kept.count) {
        let sum = ranks.indices.reduce(0) { $0 + (signs >> $1 & 1) * ranks[$1] }
        lower += sum <= observed ? 1 : 0
        upper += sum >= observed ? 1 : 0
      }
      let expected = min(1, 2 * Double(min(lower, upper)) / Double(1 << kept.count))
      #expect(abs(SignedRankTest(differences).pValue - expected) < 1e-14)
    }
  }

  @Test("signed ranks tell when they are exact and what is the least they can give")
  func exactness() {
    let values = (1...51).map(Double.init)
    #expect(SignedRankTest(Array(values.prefix(50))).isExact)
    #expect(!SignedRankTest(values).isExact)
    for count in 1...50 {
      let least = SignedRankTest(Array(values.prefix(count))).pValue
      #expect(agree([least], [SignedRankTest.smallestPValue(count: count)]))
    }
    #expect(SignedRankTest.smallestPValue(count: 0) == 1)
    #expect(SignedRankTest([]).pValue == 1)
    let test = SignedRankTest([3, -1, 0, 2])
    #expect((test.count, test.positiveRankSum, test.negativeRankSum) == (3, 5, 1))
  }

  @Test("the rank-sum test does not depend on the order of values or samples")
  func symmetry() {
    for seed in 1...20 {
      var random = stream(seed)
      let first = (0..<(1 + seed)).map { _ in Double(random.below(9)) }
      let second = (0..<7).map { _ in Double(random.below(9)) }
      let test = RankSumTest(first, second)
      let other = RankSumTest(second.reversed(), first)
      #expect(agree([test.pValue], [other.pValue]))
      #expect(test.statistic + other.statistic == Double(first.count * second.count))
    }
  }

  @Test("Holm's values are those of a worked example, and never below the raw ones")
  func holm() {
    #expect(agree(Holm.adjusted([0.01, 0.02, 0.03, 0.005]), [0.03, 0.04, 0.04, 0.02]))
    #expect(Holm.adjusted([]) == [])
    #expect(Holm.adjusted([0.7, 0.7]) == [1, 1])
  }

  @Test(
    "verdicts need a difference beyond chance and beyond the floor",
    arguments: [
      (-0.02, 0.01, Preference.lower, DifferenceVerdict.better), (0.02, 0.01, .lower, .worse),
      (0.02, 0.01, .higher, .better), (-0.02, 0.01, .higher, .worse),
      (0.02, 0.01, .unknown, .differs), (0.02, 0.06, .lower, .same), (0.02, 0.05, .lower, .worse),
      (0.0009, 0.01, .lower, .same), (-0.001, 0.01, .lower, .better), (0, 0.01, .lower, .same),
    ])
  func verdicts(
    _ relative: Double, _ pValue: Double, _ preference: Preference, _ expected: DifferenceVerdict
  ) {
    #expect(
      DifferenceVerdict(
        difference: relative * 50, relative: relative, pValue: pValue, level: 0.05,
        effectFloor: 0.001, preference: preference) == expected)
  }

  @Test("a difference from a baseline of zero is beyond every floor")
  func zeroBaseline() {
    #expect(
      DifferenceVerdict(
        difference: 1e-9, relative: nil, pValue: 0.01, level: 0.05, effectFloor: 0.5,
        preference: .lower) == .worse)
    #expect(PairedSample(variant: [1, 2], baseline: [0, 0]).relativeMedianDifference == nil)
    // Nothing has a size against zero, not even no difference.
    #expect(PairedSample(variant: [0, 0], baseline: [0, 0]).relativeMedianDifference == nil)
    #expect(PairedSample(variant: [0, 1], baseline: [1, -1]).relativeMeanDifference == nil)
    #expect(PairedSample(variant: [3, 1], baseline: [2, 2]).relativeMeanDifference == 0)
    #expect(PairedSample(variant: [-3], baseline: [-2]).relativeMedianDifference == -0.5)
  }

  @Test("a resampled interval is the same for the same stream, and another stream's is near")
  func repeatable() {
    var random = stream(1)
    let samples = (Sample(normal(30, &random)), Sample(normal(20, &random)))
    func interval(_ purpose: String) -> Interval {
      Bootstrap.differenceOfMedians(
        samples.0, samples.1, confidence: 0.9, random: stream(1, purpose))
    }
    #expect(interval("a") == interval("a"))
    #expect(interval("a") != interval("b") || interval("a") != interval("c"))
    #expect(abs(interval("a").lower - interval("b").lower) < 0.3)
    let constant = Sample([2.5, 2.5, 2.5])
    #expect(
      Bootstrap.differenceOfMedians(
        constant, constant, resamples: 9, confidence: 0.95, random: stream(1, "c"))
        == Interval(lower: 0, upper: 0))
  }
}
