/// Figures of a sample of finite numbers.
public struct Sample: Sendable, Equatable {
  /// The values in the order given.
  public let values: [Double]
  /// The values in ascending order.
  public let sorted: [Double]

  /// - Precondition: at least one value, all finite.
  public init(_ values: [Double]) {
    precondition(!values.isEmpty, "a sample has at least one value")
    precondition(values.allSatisfy(\.isFinite), "a sample holds finite numbers")
    self.values = values
    sorted = values.sorted()
  }

  /// How many values there are.
  public var count: Int { values.count }

  /// The arithmetic mean, by Neumaier's compensated sum: it does not depend on the order of the
  /// values by more than a rounding.
  public var mean: Double { Self.sum(values) / Double(count) }

  /// The unbiased variance (divisor n - 1), in two passes; nil for a single value.
  public var variance: Double? {
    guard count > 1 else { return nil }
    let mean = mean
    return Self.sum(values.map { ($0 - mean) * ($0 - mean) }) / Double(count - 1)
  }

  /// The square root of the variance; nil for a single value.
  public var standardDeviation: Double? { variance?.squareRoot() }

  /// The adjusted Fisher-Pearson skewness G1 (Joanes and Gill 1998): zero for symmetric values, 2
  /// in the long run for exponential ones; never beyond the square root of the count. Nil below
  /// three values; zero where all are equal.
  public var skewness: Double? {
    guard count > 2 else { return nil }
    let mean = mean
    let n = Double(count)
    let second = Self.sum(values.map { ($0 - mean) * ($0 - mean) }) / n
    guard second > 0 else { return 0 }
    // In units of the deviation, so that the third power of small or large values keeps its digits.
    let deviation = second.squareRoot()
    let third =
      Self.sum(
        values.map {
          let unit = ($0 - mean) / deviation
          return unit * unit * unit
        }) / n
    return third * (n * (n - 1)).squareRoot() / (n - 2)
  }

  /// The variance of `skewness` in normal samples of `count` values, three at least.
  static func skewnessVariance(count n: Double) -> Double {
    6 * n * (n - 1) / ((n - 2) * (n + 1) * (n + 3))
  }

  /// The middle value, or the mean of the two middle ones.
  public var median: Double { quantile(0.5) }

  /// The value below which the part `probability` of the sample lies, interpolated linearly between
  /// order statistics (type 7 of Hyndman and Fan 1996, the default of R and NumPy).
  public func quantile(_ probability: Double) -> Double {
    Self.quantile(probability, ofSorted: sorted)
  }

  static func quantile(_ probability: Double, ofSorted sorted: [Double]) -> Double {
    precondition((0...1).contains(probability), "a quantile needs a probability in 0...1")
    let place = probability * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    let share = place - Double(below)
    // Equal neighbours give their very value, whatever the share.
    if sorted[below] == sorted[above] || share == 0 { return sorted[below] }
    return sorted[below] + (sorted[above] - sorted[below]) * share
  }

  static func sum(_ values: [Double]) -> Double {
    var sum = 0.0
    var lost = 0.0
    for value in values {
      let next = sum + value
      lost += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
      sum = next
    }
    return sum + lost
  }
}

/// Numbers observed in pairs: the same replication under two variants.
public struct PairedSample: Sendable, Equatable {
  /// Second minus first, pair by pair.
  public let differences: Sample
  /// What the variant that is compared came to.
  public let variant: Sample
  /// What it is compared with.
  public let baseline: Sample

  /// Pairs by position.
  /// - Precondition: as many values on both sides, at least one, all finite.
  public init(variant: [Double], baseline: [Double]) {
    precondition(variant.count == baseline.count, "pairs need two values each")
    self.variant = Sample(variant)
    self.baseline = Sample(baseline)
    differences = Sample(zip(variant, baseline).map { $0 - $1 })
  }

  /// The mean difference as a part of the baseline's mean; nil where that is zero.
  public var relativeMeanDifference: Double? {
    Self.relative(differences.mean, to: baseline.mean)
  }

  /// The median difference as a part of the baseline's median; nil where that is zero.
  public var relativeMedianDifference: Double? {
    Self.relative(differences.median, to: baseline.median)
  }

  /// `difference` as a part of `base`; nil where `base` is zero: nothing has a size against zero,
  /// no difference included.
  public static func relative(_ difference: Double, to base: Double) -> Double? {
    base == 0 ? nil : difference / abs(base)
  }
}
