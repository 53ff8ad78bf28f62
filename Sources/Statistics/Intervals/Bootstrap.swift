import Chance

/// A confidence interval by resampling (Efron and Tibshirani 1993, chapters 13 and 14).
///
/// Deterministic: the draws come from a counter-based stream, so the same sample, seed and names
/// give the same interval everywhere.
public struct Bootstrap: Sendable, Equatable {
  /// The figure that is estimated.
  public enum Statistic: String, Sendable, CaseIterable {
    /// The middle value.
    case median
    /// The arithmetic mean.
    case mean
  }

  /// The ends of an interval.
  public struct Interval: Sendable, Equatable {
    /// The lower end.
    public var lower: Double
    /// The upper end.
    public var upper: Double

    /// The interval between two ends.
    public init(lower: Double, upper: Double) {
      self.lower = lower
      self.upper = upper
    }

    /// Whether `value` lies inside, the ends included.
    public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
  }

  /// Resamples unless told otherwise: the ends of a 95 % interval are then good to about a
  /// twentieth of its half-width.
  public static let standardResamples = 4_000

  private let sample: Sample
  private let statistic: Statistic
  /// The statistic of each resample, ascending.
  private let estimates: [Double]

  /// Draws the resamples.
  ///
  /// - Parameters:
  ///   - values: at least one, all finite.
  ///   - resamples: at least one.
  ///   - random: where the draws come from; two intervals must not share a stream's key.
  public init(
    _ values: [Double], _ statistic: Statistic, resamples: Int = standardResamples,
    random: RandomStream
  ) {
    precondition(resamples > 0, "a bootstrap needs at least one resample")
    sample = Sample(values)
    self.statistic = statistic
    guard sample.sorted.first != sample.sorted.last else {
      estimates = [sample.sorted[0]]
      return
    }
    var random = random
    let count = UInt64(values.count)
    var drawn = [Int](repeating: 0, count: values.count)
    var estimates: [Double] = []
    estimates.reserveCapacity(resamples)
    for _ in 0..<resamples {
      for i in drawn.indices { drawn[i] = 0 }
      for _ in 0..<count { drawn[Int(random.below(count))] += 1 }
      estimates.append(Self.estimate(statistic, sample.sorted, times: drawn))
    }
    self.estimates = estimates.sorted()
  }

  /// The statistic of the sample itself.
  public var estimate: Double { statistic == .median ? sample.median : sample.mean }

  /// The interval between quantiles of the resamples' statistics.
  ///
  /// - Parameter confidence: 0.95, for instance; inside 0...1.
  public func percentileInterval(confidence: Double) -> Interval {
    let tail = Self.tail(confidence)
    return interval(tail, 1 - tail)
  }

  /// The bias-corrected and accelerated interval (Efron 1987): as the percentile interval, at
  /// quantiles shifted for the bias of the resamples and for a spread that changes with the value.
  /// Where the jackknife tells no acceleration, as with a median between two equal values, none is
  /// applied.
  public func acceleratedInterval(confidence: Double) -> Interval {
    let tail = Self.tail(confidence)
    guard estimates.count > 1, let bias else { return interval(tail, 1 - tail) }
    let acceleration = acceleration
    func level(_ probability: Double) -> Double {
      let shifted = bias + NormalDistribution.quantile(probability)
      return NormalDistribution.cumulative(bias + shifted / (1 - acceleration * shifted))
    }
    return interval(level(tail), level(1 - tail))
  }

  private static func tail(_ confidence: Double) -> Double {
    precondition(confidence > 0 && confidence < 1, "a confidence lies inside 0...1")
    return (1 - confidence) / 2
  }

  private func interval(_ lower: Double, _ upper: Double) -> Interval {
    Interval(
      lower: Sample.quantile(lower, ofSorted: estimates),
      upper: Sample.quantile(upper, ofSorted: estimates))
  }

  /// How far the estimate lies from the middle of the resamples, as a normal quantile; estimates
  /// equal to it count by half. Nil where all lie on one side.
  private var bias: Double? {
    let value = estimate
    let below = estimates.reduce(0.0) { $0 + ($1 < value ? 1 : $1 == value ? 0.5 : 0) }
    let share = below / Double(estimates.count)
    return share > 0 && share < 1 ? NormalDistribution.quantile(share) : nil
  }

  /// A sixth of the skewness of the jackknife's estimates.
  private var acceleration: Double {
    guard sample.count > 1 else { return 0 }
    var times = [Int](repeating: 1, count: sample.count)
    let left = sample.sorted.indices.map { index in
      times[index] = 0
      defer { times[index] = 1 }
      return Self.estimate(statistic, sample.sorted, times: times)
    }
    let mean = Sample(left).mean
    let squares = Sample.sum(left.map { (mean - $0) * (mean - $0) })
    let cubes = Sample.sum(left.map { (mean - $0) * (mean - $0) * (mean - $0) })
    return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
  }

  /// The statistic of a sample in which each of the ascending `values` occurs `times`.
  private static func estimate(
    _ statistic: Statistic, _ values: [Double], times: [Int]
  ) -> Double {
    let count = times.reduce(0, +)
    switch statistic {
    case .mean:
      return Sample.sum(values.indices.map { values[$0] * Double(times[$0]) }) / Double(count)
    case .median:
      var passed = 0
      var lower: Double?
      for (value, times) in zip(values, times) {
        passed += times
        if lower == nil, 2 * passed >= count { lower = value }
        if 2 * passed > count { return count % 2 == 1 ? value : (lower! + value) / 2 }
      }
      preconditionFailure("a resample has a middle")
    }
  }
}

extension Bootstrap {
  /// The percentile interval of the difference of the medians of two independent samples, each
  /// resampled by itself.
  ///
  /// - Parameters:
  ///   - resamples: at least one.
  ///   - confidence: inside 0...1.
  ///   - random: where the draws come from.
  public static func differenceOfMedians(
    _ first: Sample, _ second: Sample, resamples: Int = standardResamples, confidence: Double,
    random: RandomStream
  ) -> Interval {
    precondition(resamples > 0, "a bootstrap needs at least one resample")
    var random = random
    func median(_ sample: Sample) -> Double {
      var drawn = [Int](repeating: 0, count: sample.count)
      for _ in 0..<sample.count { drawn[Int(random.below(UInt64(sample.count)))] += 1 }
      return estimate(.median, sample.sorted, times: drawn)
    }
    let estimates = (0..<resamples).map { _ in median(first) - median(second) }.sorted()
    let tail = tail(confidence)
    return Interval(
      lower: Sample.quantile(tail, ofSorted: estimates),
      upper: Sample.quantile(1 - tail, ofSorted: estimates))
  }
}
