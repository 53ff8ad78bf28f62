import Testing
import Chance

@testable import Statistics

@Suite("Means with their intervals")
struct MeanEstimateTests {
  private func sample(_ seed: Int, _ count: Int = 20, shift: Double = 0) -> Sample {
    var random = RandomStream(seed: UInt64(seed), component: "test", purpose: "means")
    return Sample(SimulatedDifferences.exponential.draw(count, &random).map { $0 + shift })
  }

  @Test("a single value has no interval, and two have Student's")
  func few() throws {
    #expect(MeanEstimate(Sample([3])) == nil)
    #expect(MeanEstimate(Sample([3, 4]), minus: Sample([1])) == nil)
    let interval = try #require(MeanEstimate(Sample([1, 3]))).interval(confidence: 0.95)
    // t(0.975; 1) = 12.7062; the standard error is 1.
    #expect(abs(interval.lower - (2 - 12.706_204_736)) < 1e-8)
    #expect(abs(interval.upper - (2 + 12.706_204_736)) < 1e-8)
  }

  @Test("of a symmetric sample it is Student's interval")
  func symmetric() throws {
    let values = (1...10).map(Double.init)
    let estimate = try #require(MeanEstimate(Sample(values)))
    // R: t.test(1:10) gives 3.334149 to 7.665851, p = 0.000278; the skewness is zero.
    let interval = estimate.interval(confidence: 0.95)
    #expect(abs(interval.lower - 3.334_149) < 1e-6 && abs(interval.upper - 7.665_851) < 1e-6)
    #expect(abs(estimate.pValue - 0.000_278_196) < 1e-8)
  }

  @Test("the longer tail gets the longer arm, and neither arm is shorter than Student's")
  func arms() throws {
    let skewed = Sample([1, 1, 1, 2, 2, 2, 3, 3, 4, 30])
    let estimate = try #require(MeanEstimate(skewed))
    let interval = estimate.interval(confidence: 0.95)
    let student =
      StudentDistribution(degrees: 9).upperQuantile(0.025) * estimate.standardError
    #expect(agree([estimate.value - interval.lower], [student]))
    #expect(interval.upper - estimate.value > 1.5 * student)
    let mirrored = try #require(MeanEstimate(Sample(skewed.values.map { -$0 })))
      .interval(confidence: 0.95)
    #expect(agree([mirrored.lower, mirrored.upper], [-interval.upper, -interval.lower]))
  }

  @Test("the p-value is one less the confidence at which the interval touches zero")
  func inversion() throws {
    for seed in 1...40 {
      let estimate = try #require(MeanEstimate(sample(seed, shift: seed % 2 == 0 ? 0.4 : -0.3)))
      let pValue = estimate.pValue
      guard pValue > 1e-9, pValue < 0.999 else { continue }
      for (confidence, holds) in [(1 - pValue * 1.001, true), (1 - pValue * 0.999, true)] {
        let interval = estimate.interval(confidence: confidence)
        #expect(interval.contains(0) == (confidence > 1 - pValue) && holds, "seed \(seed)")
      }
    }
  }

  @Test("equal values have an interval of one point, and are certain unless they are zero")
  func constant() throws {
    let estimate = try #require(MeanEstimate(Sample([2.5, 2.5, 2.5])))
    #expect(estimate.interval(confidence: 0.95) == Interval(lower: 2.5, upper: 2.5))
    #expect(estimate.pValue == 0 && !estimate.isSkewed)
    #expect(try #require(MeanEstimate(Sample([0, 0, 0]))).pValue == 1)
  }

  @Test("the unit of the values does not matter, nor does the order")
  func scale() throws {
    let sample = sample(3, shift: 0.2)
    let one = try #require(MeanEstimate(sample))
    let cents = try #require(MeanEstimate(Sample(sample.values.reversed().map { $0 * 1_024 })))
    #expect(agree([one.pValue], [cents.pValue], tolerance: 1e-10))
    let (small, large) = (one.interval(confidence: 0.9), cents.interval(confidence: 0.9))
    #expect(
      agree(
        [small.lower * 1_024, small.upper * 1_024], [large.lower, large.upper], tolerance: 1e-10))
  }

  @Test("a skewness beyond the stated limit is told, one within is not")
  func skewness() throws {
    #expect(try #require(MeanEstimate(Sample([1, 1, 1, 1, 1, 1, 1, 9]))).isSkewed)
    #expect(try #require(MeanEstimate(Sample([-1, -1, -1, -1, -1, -1, -9]))).isSkewed)
    #expect(!(try #require(MeanEstimate(Sample([1, 2, 3, 4, 5, 6, 7, 9]))).isSkewed))
    #expect(try #require(MeanEstimate(Sample([1, 9]))).skewness == nil)
  }

  @Test("two samples of one size and spread have the degrees of freedom of both")
  func welch() throws {
    let estimate = try #require(
      MeanEstimate(Sample([1, 2, 3, 4, 5]), minus: Sample([11, 12, 13, 14, 15])))
    #expect(agree([estimate.value, estimate.degrees, estimate.standardError], [-10, 8, 1]))
  }
}
