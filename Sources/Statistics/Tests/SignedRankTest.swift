/// Wilcoxon's signed-rank test (Wilcoxon 1945): whether paired differences lie about zero.
///
/// Differences of zero say nothing and are left out, as Wilcoxon did. Up to `exactLimit` others the
/// p-value is exact given the ranks: the distribution of the sum over all 2^n signs, by
/// convolution of the (shared) ranks, so ties cost nothing. Beyond that it is the normal
/// approximation with the variance corrected for ties, without a continuity correction.
public struct SignedRankTest: Sendable, Equatable {
  /// Most differences for which the p-value is exact.
  public static let exactLimit = 50

  /// Differences that are not zero.
  public let count: Int
  /// Sum of the ranks of the differences above zero.
  public let positiveRankSum: Double
  /// Sum of the ranks of the differences below zero.
  public let negativeRankSum: Double
  /// Two-sided p-value; 1 where no difference is other than zero.
  public let pValue: Double
  /// Whether the p-value is exact.
  public let isExact: Bool

  /// Tests the differences, which are finite.
  public init(_ differences: [Double]) {
    let differences = differences.filter { $0 != 0 }
    count = differences.count
    let ranks = Ranks(differences.map(\.magnitude))
    let positive = zip(differences, ranks.doubled).reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
    let total = count * (count + 1)
    positiveRankSum = Double(positive) / 2
    negativeRankSum = Double(total - positive) / 2
    isExact = count <= Self.exactLimit
    guard count > 0 else {
      pValue = 1
      return
    }
    pValue =
      isExact
      ? TwoTails(Self.distribution(ranks.doubled), observed: positive).twoSided
      : Self.approximation(positiveRankSum, ranks)
  }

  /// How many of the 2^n choices of signs give each (doubled) sum; exact in doubles up to n = 53.
  private static func distribution(_ doubledRanks: [Int]) -> [Double] {
    var ways = [Double](repeating: 0, count: doubledRanks.reduce(0, +) + 1)
    ways[0] = 1
    var largest = 0
    for rank in doubledRanks {
      for sum in stride(from: largest, through: 0, by: -1) where ways[sum] > 0 {
        ways[sum + rank] += ways[sum]
      }
      largest += rank
    }
    return ways
  }

  private static func approximation(_ sum: Double, _ ranks: Ranks) -> Double {
    let n = Double(ranks.doubled.count)
    let mean = n * (n + 1) / 4
    let variance = (n * (n + 1) * (2 * n + 1) - ranks.tieTerm / 2) / 24
    return min(1, 2 * NormalDistribution.upperTail(abs(sum - mean) / variance.squareRoot()))
  }

  /// The smallest p-value that `count` differences can give: all of one sign.
  public static func smallestPValue(count: Int) -> Double {
    count < 1 ? 1 : min(1, 2 / Double(sign: .plus, exponent: min(count, 1_000), significand: 1))
  }
}
