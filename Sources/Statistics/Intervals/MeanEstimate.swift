/// The mean of a sample, or the difference of two samples' means: an interval for what the mean
/// would be over all samples, and the test whether that is zero.
///
/// Costs are skewed, and Student's interval is then too short on the side of the long tail. Hall
/// (1992, J. R. Stat. Soc. B 54, 221) makes the studentised mean T nearly symmetric by
///
///     g(T) = T + k T^2 / 3 + k^2 T^3 / 27 + k / 6,   k = skewness / sqrt(n)
///
/// Where a sample's skewness is no more than chance would give, it makes the interval worse instead
/// of better; so k is damped to k s^4 / (1 + s^4) with s the skewness in units of 1.5 times its
/// standard error in normal samples. Each end is the further out of Student's and Hall's, so that
/// the correction never shortens an interval.
///
/// Simulated with 20 values and 95 %: 0.94 to 0.96 for normal, uniform, Student's t with 5 degrees
/// and log-normal (sigma 0.5) values, 0.95 for exponential and 0.92 for log-normal (sigma 1) ones.
public struct MeanEstimate: Sendable, Equatable {
  /// The mean, or the difference of the means.
  public let value: Double
  /// The estimated standard deviation of `value`.
  public let standardError: Double
  /// Degrees of freedom of the standard error; of two samples by Welch (1947).
  public let degrees: Double
  /// The sample's skewness; of two samples that of the difference of their means, times the square
  /// root of their mean size. Nil below three values.
  public let skewness: Double?
  /// The damped k of Hall's transformation.
  private let correction: Double

  /// A sample's skewness beyond which its mean hangs on few values: 0.8 % of normal samples of 20
  /// have such a one, 40 % of exponential and two thirds of log-normal (sigma 1) samples.
  public static let skewnessLimit = 1.5

  /// Whether so few values decide the mean that its interval may be too narrow.
  public var isSkewed: Bool { (skewness ?? 0).magnitude > Self.skewnessLimit }

  /// The mean of `sample`; nil for a single value, which tells nothing of its error.
  public init?(_ sample: Sample) { self.init([(sample, 1)]) }

  /// The mean of `first` minus that of `second`, which are independent; nil where one of them is a
  /// single value.
  public init?(_ first: Sample, minus second: Sample) { self.init([(first, 1), (second, -1)]) }

  private init?(_ parts: [(sample: Sample, sign: Double)]) {
    guard parts.allSatisfy({ $0.sample.count > 1 }) else { return nil }
    let errors = parts.map { $0.sample.variance! / Double($0.sample.count) }
    let square = errors.reduce(0, +)
    value = parts.reduce(0) { $0 + $1.sign * $1.sample.mean }
    standardError = square.squareRoot()
    let weights = errors.map { square > 0 ? $0 / square : 1 / Double(errors.count) }
    degrees =
      1
      / zip(parts, weights).reduce(0) { $0 + $1.1 * $1.1 / Double($1.0.sample.count - 1) }
    // Third cumulants add like variances; each part stands in units of the whole's error.
    var (skew, variance) = (0.0, 0.0)
    for (part, weight) in zip(parts, weights) {
      let count = Double(part.sample.count)
      guard let skewness = part.sample.skewness else { continue }
      skew += part.sign * skewness / count.squareRoot() * weight * weight.squareRoot()
      variance += Sample.skewnessVariance(count: count) / count * weight * weight * weight
    }
    let size = parts.reduce(0) { $0 + Double($1.sample.count) } / Double(parts.count)
    skewness = variance > 0 ? skew * size.squareRoot() : nil
    let fourth = skew * skew * skew * skew
    let scale = 1.5 * 1.5 * variance
    correction = fourth > 0 ? skew * fourth / (fourth + scale * scale) : 0
  }

  /// The interval that holds the mean with `confidence`, which is inside 0...1.
  public func interval(confidence: Double) -> Interval {
    precondition(confidence > 0 && confidence < 1, "a confidence lies inside 0...1")
    let quantile = StudentDistribution(degrees: degrees).upperQuantile((1 - confidence) / 2)
    let above = max(quantile, Self.untransformed(quantile, correction))
    let below = min(-quantile, Self.untransformed(-quantile, correction))
    return Interval(lower: value - above * standardError, upper: value - below * standardError)
  }

  /// Two-sided: one less the highest confidence whose interval leaves zero out; 1 where the mean is
  /// zero, 0 where all values are equal and not zero.
  public var pValue: Double {
    if value == 0 { return 1 }
    if standardError == 0 { return 0 }
    let student = (value / standardError).magnitude
    let k = value > 0 ? correction : -correction
    let hall =
      student + k * student * student / 3 + k * k * student * student * student / 27 + k / 6
    return min(1, 2 * StudentDistribution(degrees: degrees).upperTail(max(0, min(student, hall))))
  }

  /// The T of which g(T) is `quantile`.
  private static func untransformed(_ quantile: Double, _ k: Double) -> Double {
    // (c - 1) 3 / k with c the root of 1 + k (quantile - k / 6), without dividing by k.
    let shifted = quantile - k / 6
    let root = CubeRoot.of(1 + k * shifted)
    return 3 * shifted / (root * root + root + 1)
  }
}
