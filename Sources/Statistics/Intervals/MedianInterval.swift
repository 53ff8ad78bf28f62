import Chance
import Chance

/// The median of a sample, and an interval that holds the median of what it was drawn from.
///
/// The interval lies between two order statistics; its confidence follows from the binomial
/// distribution alone, whatever is sampled (Conover, Practical Nonparametric Statistics, 3.2;
/// Hahn and Meeker, Statistical Intervals, 5.2). It is the narrowest symmetric one with at least
/// the confidence that is asked for; of too few values there is none (for 95 %, below six), and the
/// whole range is given with the confidence that it has.
public struct MedianInterval: Equatable, Sendable {
  /// How many values there are.
  public let count: Int
  /// The middle value, or the mean of the two in the middle.
  public let median: Double
  /// The lower end.
  public let low: Double
  /// The upper end.
  public let high: Double
  /// The probability that such an interval holds the median, 0...1; zero for a single value.
  public let confidence: Double

  /// Nil without values; all must be finite.
  ///
  /// - Parameter confidence: at least that of the interval, inside 0...1.
  public init?(_ values: [Double], confidence asked: Double = 0.95) {
    guard !values.isEmpty, values.allSatisfy(\.isFinite) else { return nil }
    let sorted = values.sorted()
    count = sorted.count
    let (lower, upper) = (sorted[(count - 1) / 2], sorted[count / 2])
    median = lower == upper ? lower : lower / 2 + upper / 2
    let (rank, tail) = Self.rank(count, limit: (1 - asked) / 2)
    low = sorted[rank - 1]
    high = sorted[count - rank]
    confidence = 1 - 2 * tail
  }

  /// The highest rank, from 1, whose lower tail is at most `limit`, else 1; and the tail.
  private static func rank(_ count: Int, limit: Double) -> (rank: Int, tail: Double) {
    // ln of the probability that exactly k of `count` values lie below the median.
    var logarithm = -Double(count) * PortableMath.ln(2)
    var tail = PortableMath.exp(logarithm)
    var rank = 1
    while rank < (count + 1) / 2 {
      logarithm += PortableMath.ln(Double(count - rank + 1)) - PortableMath.ln(Double(rank))
      let next = tail + PortableMath.exp(logarithm)
      guard next <= limit else { break }
      tail = next
      rank += 1
    }
    return (rank, tail)
  }
}
