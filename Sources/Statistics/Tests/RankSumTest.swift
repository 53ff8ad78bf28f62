/// The test of Mann and Whitney (1947): whether one of two independent samples tends to larger
/// values.
///
/// Where both have at most `exactLimit` values the p-value is exact given the ranks, ties included:
/// the distribution of the rank sum over all ways of choosing the first sample from both. Beyond
/// that it is the normal approximation with the variance corrected for ties and a continuity
/// correction of one half.
public struct RankSumTest: Sendable, Equatable {
  /// Most values of each sample for which the p-value is exact.
  public static let exactLimit = 25

  /// U of the first sample: pairs in which its value is the larger, equal ones by half.
  public let statistic: Double
  /// Two-sided p-value; 1 where all values are equal.
  public let pValue: Double
  /// Whether the p-value is exact.
  public let isExact: Bool

  /// Compares two samples.
  /// - Precondition: both have at least one value, all are finite.
  public init(_ first: [Double], _ second: [Double]) {
    precondition(!first.isEmpty && !second.isEmpty, "a sample has at least one value")
    let ranks = Ranks(first + second)
    let sum = ranks.doubled.prefix(first.count).reduce(0, +)
    statistic = Double(sum - first.count * (first.count + 1)) / 2
    isExact = first.count <= Self.exactLimit && second.count <= Self.exactLimit
    if ranks.groups.count == 1 {
      pValue = 1
    } else if isExact {
      let ways = Self.distribution(ranks.doubled, choosing: first.count)
      pValue = TwoTails(ways, observed: sum).twoSided
    } else {
      pValue = Self.approximation(statistic, first.count, second.count, ranks)
    }
  }

  /// How many choices of `size` values give each (doubled) rank sum; exact in doubles while their
  /// number is below 2^53, to a rounding beyond.
  private static func distribution(_ doubledRanks: [Int], choosing size: Int) -> [Double] {
    let width = doubledRanks.reduce(0, +) + 1
    var ways = [[Double]](
      repeating: [Double](repeating: 0, count: width), count: size + 1)
    ways[0][0] = 1
    for (index, rank) in doubledRanks.enumerated() {
      for chosen in stride(from: min(index, size - 1), through: 0, by: -1) {
        for sum in 0..<(width - rank) where ways[chosen][sum] > 0 {
          ways[chosen + 1][sum + rank] += ways[chosen][sum]
        }
      }
    }
    return ways[size]
  }

  private static func approximation(
    _ statistic: Double, _ first: Int, _ second: Int, _ ranks: Ranks
  ) -> Double {
    let product = Double(first) * Double(second)
    let n = Double(first + second)
    let variance = product / 12 * (n + 1 - ranks.tieTerm / (n * (n - 1)))
    let distance = abs(statistic - product / 2) - 0.5
    return min(1, 2 * NormalDistribution.upperTail(distance / variance.squareRoot()))
  }

  /// The smallest p-value that samples of these sizes can give: all values of one above all of the
  /// other.
  public static func smallestPValue(_ first: Int, _ second: Int) -> Double {
    // Two over the number of ways to choose the one from both.
    var share = 2.0
    for place in stride(from: 1, through: min(first, second), by: 1) {
      share *= Double(place) / Double(max(first, second) + place)
    }
    return min(1, share)
  }
}
