import Chance

/// Confidence intervals by resampling (Efron and Tibshirani 1993, chapter 13).
///
/// Deterministic: the draws come from a counter-based stream, so the same samples, seed and names
/// give the same interval everywhere.
public enum Bootstrap {
  /// Resamples unless told otherwise: the ends of a 95 % interval are then good to about a
  /// twentieth of its half-width.
  public static let standardResamples = 4_000

  /// The percentile interval of the difference of the medians of two independent samples, each
  /// resampled by itself.
  ///
  /// - Parameters:
  ///   - resamples: at least one.
  ///   - confidence: inside 0...1.
  ///   - random: where the draws come from; two intervals must not share a stream's key.
  public static func differenceOfMedians(
    _ first: Sample, _ second: Sample, resamples: Int = standardResamples, confidence: Double,
    random: RandomStream
  ) -> Interval {
    precondition(resamples > 0, "a bootstrap needs at least one resample")
    precondition(confidence > 0 && confidence < 1, "a confidence lies inside 0...1")
    var random = random
    func median(_ sample: Sample) -> Double {
      var drawn = [Int](repeating: 0, count: sample.count)
      for _ in 0..<sample.count { drawn[Int(random.below(UInt64(sample.count)))] += 1 }
      return Self.median(of: sample.sorted, times: drawn)
    }
    let estimates = (0..<resamples).map { _ in median(first) - median(second) }.sorted()
    let tail = (1 - confidence) / 2
    return Interval(
      lower: Sample.quantile(tail, ofSorted: estimates),
      upper: Sample.quantile(1 - tail, ofSorted: estimates))
  }

  /// The median of a sample in which each of the ascending `values` occurs `times`.
  private static func median(of values: [Double], times: [Int]) -> Double {
    let count = times.reduce(0, +)
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
