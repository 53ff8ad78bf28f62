import Testing

@testable import Statistics

@Suite("Intervals of medians")
struct MedianIntervalTests {
  /// Lower ranks and confidences from the binomial distribution in exact rational arithmetic.
  @Test(
    "the interval has the ranks and the confidence of the binomial distribution",
    arguments: [
      (1, 1, 0.0), (2, 1, 0.5), (5, 1, 0.9375), (6, 1, 0.96875), (8, 1, 0.9921875),
      (9, 2, 0.9609375), (10, 2, 0.978515625), (20, 6, 0.9586105346679688),
      (50, 18, 0.9671608624357315), (100, 40, 0.9647997997822951), (1_000, 469, 0.9537088026395019),
      (5_000, 2_431, 0.9506841418958282),
    ])
  func ranks(_ count: Int, _ rank: Int, _ confidence: Double) throws {
    let interval = try #require(MedianInterval((1...count).reversed().map(Double.init)))
    #expect(interval.count == count)
    #expect(interval.median == Double(count + 1) / 2)
    #expect(interval.low == Double(rank) && interval.high == Double(count + 1 - rank))
    #expect(abs(interval.confidence - confidence) < 1e-9)
    #expect(count < 6 || interval.confidence >= 0.95)
  }

  /// As above: the largest tail of at most half a per cent.
  @Test(
    "more confidence takes lower ranks",
    arguments: [(7, 1), (8, 1), (9, 1), (11, 1), (12, 2), (20, 4)])
  func confidence(_ count: Int, _ rank: Int) throws {
    let interval = try #require(MedianInterval((1...count).map(Double.init), confidence: 0.99))
    #expect(interval.low == Double(rank) && interval.high == Double(count + 1 - rank))
    #expect(count < 8 || interval.confidence >= 0.99)
  }

  @Test("equal and extreme values stay what they are")
  func extremes() throws {
    #expect(MedianInterval([]) == nil && MedianInterval([1, .nan]) == nil)
    #expect(try #require(MedianInterval([0.1, 0.1])).median == 0.1)
    let large = Double.greatestFiniteMagnitude
    #expect(try #require(MedianInterval([large, large.nextDown])).median.isFinite)
  }
}
