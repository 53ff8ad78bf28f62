/// The median of a sample and where the median behind the sample lies, from the order of the values
/// alone: no assumption about their distribution.
///
/// The interval reaches from the k-th smallest to the k-th largest value, k the largest number for
/// which fewer than k of n values fall on one side of the true median with a probability of at most
/// half of 1 - confidence (W. J. Conover, Practical Nonparametric Statistics, 3.2).
struct RatioInterval: Equatable {
  /// The median; of an even number of values the mean of the middle two.
  let median: Double
  /// Where the true median lies.
  let interval: ClosedRange<Double>

  /// - Parameters:
  ///   - values: at least one.
  ///   - confidence: of the interval, below 1. A sample too small for it gives its whole range.
  init(_ values: [Double], confidence: Double = 0.99) {
    precondition(!values.isEmpty, "a median needs a value")
    let sorted = values.sorted()
    let middle = sorted.count / 2
    median =
      sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    let rank = Self.rank(count: sorted.count, confidence: confidence)
    interval = sorted[rank - 1]...sorted[sorted.count - rank]
  }

  /// The k of the interval, at least 1.
  static func rank(count: Int, confidence: Double) -> Int {
    let tail = (1 - confidence) / 2
    // The chance that exactly i of the values lie below the median: binomial, one half.
    var chance = 1.0
    for _ in 0..<count { chance /= 2 }
    var sum = 0.0
    var rank = 0
    while rank < count / 2, sum + chance <= tail {
      sum += chance
      chance *= Double(count - rank) / Double(rank + 1)
      rank += 1
    }
    return max(rank, 1)
  }
}
