import Reporting
import Statistics
import Chance

/// The differences of one metric between a strategy and the baseline.
struct DifferenceAnalysis {
  /// Of each interval.
  let confidence: Double
  /// Behind the interval of a difference of unpaired medians.
  let resamples: Int
  /// The figure whose test is the metric's.
  let leading: ComparedMetric.Leading

  /// Pairs by replication, of which those count where both sides have a value; nil without any.
  func paired(_ variant: [Double?], _ baseline: [Double?]) -> ComparedMetric.Difference? {
    let pairs = zip(variant, baseline).compactMap { variant, baseline in
      variant.flatMap { variant in baseline.map { (variant, $0) } }
    }
    guard !pairs.isEmpty else { return nil }
    let sample = PairedSample(variant: pairs.map(\.0), baseline: pairs.map(\.1))
    let differences = sample.differences
    let estimate = MeanEstimate(differences)
    let median = MedianInterval(differences.values, confidence: confidence)!
    var difference = ComparedMetric.Difference(
      count: pairs.count,
      mean: .init(
        differences.mean, relative: sample.relativeMeanDifference,
        interval: estimate?.interval(confidence: confidence)),
      median: .init(
        differences.median, relative: sample.relativeMedianDifference,
        // Of fewer values no two hold the median with the confidence asked for.
        interval: median.confidence < confidence
          ? nil : Interval(lower: median.low, upper: median.high)))
    take(estimate, &difference)
    guard pairs.count > 1 else { return difference }
    let test = SignedRankTest(differences.values)
    difference.rankPValue = test.pValue
    guard differences.values.contains(where: { $0 != 0 }) else { return difference }
    difference.pValue = pValue(
      difference, least: SignedRankTest.smallestPValue(count: pairs.count),
      ranks: test.positiveRankSum - test.negativeRankSum)
    return difference
  }

  /// Independent samples; nil where one is empty.
  func unpaired(
    _ variant: [Double], _ baseline: [Double], _ random: RandomStream
  ) -> ComparedMetric.Difference? {
    guard !variant.isEmpty, !baseline.isEmpty else { return nil }
    let (first, second) = (Sample(variant), Sample(baseline))
    let estimate = MeanEstimate(first, minus: second)
    let (mean, median) = (first.mean - second.mean, first.median - second.median)
    let count = min(first.count, second.count)
    let isEnough = count >= Self.fewestForMedians
    var difference = ComparedMetric.Difference(
      count: count,
      mean: .init(
        mean, relative: PairedSample.relative(mean, to: second.mean),
        interval: estimate?.interval(confidence: confidence)),
      median: .init(
        median, relative: PairedSample.relative(median, to: second.median),
        interval: isEnough
          ? Bootstrap.differenceOfMedians(
            first, second, resamples: resamples, confidence: confidence, random: random) : nil))
    take(estimate, &difference)
    guard count > 1 else { return difference }
    let test = RankSumTest(variant, baseline)
    difference.rankPValue = test.pValue
    guard (variant + baseline).contains(where: { $0 != variant[0] }) else { return difference }
    difference.pValue = pValue(
      difference, least: RankSumTest.smallestPValue(first.count, second.count),
      ranks: test.statistic - Double(first.count * second.count) / 2)
    return difference
  }

  /// Values of each sample from which on resampling holds the difference of medians as often as it
  /// says (simulated: 0.95 of 6, 0.90 of 3, 0.67 of 2).
  static let fewestForMedians = 6

  private func take(_ estimate: MeanEstimate?, _ difference: inout ComparedMetric.Difference) {
    difference.skewness = estimate?.skewness
    difference.isSkewed = estimate?.isSkewed ?? false
    difference.meanPValue = estimate?.pValue
  }

  /// The p-value of the figure that stands first.
  ///
  /// - Parameters:
  ///   - least: what the clearest outcome gives a test that assumes nothing about the values. No
  ///     claim rests on less, or two lucky replications would do.
  ///   - ranks: above zero where the ranks speak for larger values. Where they and the median point
  ///     to different sides, the median is not what they speak of.
  private func pValue(
    _ difference: ComparedMetric.Difference, least: Double, ranks: Double
  ) -> Double? {
    switch leading {
    case .mean: return difference.meanPValue.map { max($0, least) }
    case .median:
      let isContrary = ranks * difference.median.value < 0
      return isContrary ? 1 : difference.rankPValue
    }
  }
}
