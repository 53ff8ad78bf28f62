import Testing

@testable import Measurement

/// Skewed values below 2^29 from a 64-bit linear congruential generator, as the golden script drew.
private func draws(_ count: Int, seed: UInt64) -> [Int64] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let high = state >> 33
    return Int64((high * high) >> 33)
  }
}

private func histogram(_ values: some Sequence<Int64>) -> LatencyHistogram {
  var result = LatencyHistogram()
  for value in values { result.record(value) }
  return result
}

/// What numpy and python-hdrhistogram (two significant digits, the same buckets) make of the draws.
struct Golden: Sendable, CustomTestStringConvertible {
  let count: Int
  var testDescription: String { "\(count) draws of seed \(seed)" }
  let seed: UInt64
  let sum: Int128
  let mean: Int64
  let min: Int64
  let max: Int64
  /// Quantiles 0, 0.01, 0.07, 0.5, 0.9, 0.95, 0.99, 0.999, 1: exact, and the upper bucket edges.
  let exact: [Int64]
  let edges: [Int64]
}

private let shares = [0, 0.01, 0.07, 0.5, 0.9, 0.95, 0.99, 0.999, 1]

private let goldens = [
  Golden(
    count: 1, seed: 1, sum: 96_156_802, mean: 96_156_802, min: 96_156_802, max: 96_156_802,
    exact: Array(repeating: 96_156_802, count: 9), edges: Array(repeating: 96_156_802, count: 9)),
  Golden(
    count: 100, seed: 7, sum: 16_543_134_507, mean: 165_431_345, min: 69_341, max: 528_913_186,
    exact: [
      69_341, 69_341, 2_304_609, 104_488_142, 427_560_531, 468_722_239, 517_002_265, 528_913_186,
      528_913_186,
    ],
    edges: [
      69_631, 69_631, 2_310_143, 104_857_599, 427_819_007, 469_762_047, 517_996_543, 528_913_186,
      528_913_186,
    ]),
  Golden(
    count: 9_999, seed: 42, sum: 1_770_552_252_043, mean: 177_072_932, min: 1, max: 536_396_262,
    exact: [
      1, 56_728, 2_502_287, 132_380_494, 431_005_231, 481_905_339, 525_801_656, 535_207_417,
      536_396_262,
    ],
    edges: [
      1, 56_831, 2_506_751, 132_644_863, 432_013_311, 482_344_959, 526_385_151, 536_396_262,
      536_396_262,
    ]),
  Golden(
    count: 100_000, seed: 3, sum: 17_893_806_577_811, mean: 178_938_066, min: 0, max: 536_863_822,
    exact: [
      0, 53_556, 2_570_871, 134_797_427, 434_864_117, 485_018_303, 526_536_586, 535_630_757,
      536_863_822,
    ],
    edges: [
      0, 53_759, 2_572_287, 135_266_303, 436_207_615, 486_539_263, 528_482_303, 536_863_822,
      536_863_822,
    ]),
]

@Suite struct LatencyHistogramTests {
  @Test("count, sum, mean and extremes equal numpy's", arguments: goldens)
  func exactFigures(golden: Golden) {
    let histogram = histogram(draws(golden.count, seed: golden.seed))
    #expect(histogram.count == golden.count)
    #expect(histogram.sum == golden.sum)
    #expect(histogram.mean == golden.mean)
    #expect(histogram.min == golden.min)
    #expect(histogram.max == golden.max)
  }

  @Test(
    "quantiles equal HdrHistogram's and stay within 1/128 above the exact ones", arguments: goldens)
  func quantiles(golden: Golden) throws {
    let histogram = histogram(draws(golden.count, seed: golden.seed))
    for (index, share) in shares.enumerated() {
      let value = try #require(histogram.quantile(share))
      #expect(value == golden.edges[index], "quantile \(share)")
      #expect(value >= golden.exact[index])
      #expect(value - golden.exact[index] <= golden.exact[index] / 128)
    }
  }

  @Test(
    "bucket edges equal HdrHistogram's",
    arguments: [
      [0, 0, 0], [255, 255, 255], [256, 256, 257], [257, 256, 257], [511, 510, 511],
      [512, 512, 515], [1_000, 1_000, 1_003], [1_000_000, 999_424, 1_003_519],
      [1_000_000_000, 998_244_352, 1_002_438_655],
      [86_400_000_000_000, 86_311_662_780_416, 86_861_418_594_303],
      [.max >> 1, 4_593_671_619_917_905_920, .max >> 1],
    ] as [[Int64]])
  func edges(row: [Int64]) {
    let index = LatencyHistogram.bucketIndex(row[0])
    #expect(LatencyHistogram.lowerEdge(index) == row[1])
    #expect(LatencyHistogram.upperEdge(index) == row[2])
  }

  @Test("buckets cover 0 to Int64.max without gap or overlap, none wider than 1/128")
  func bucketsAreAPartition() {
    var next: Int64 = 0
    for index in 0..<LatencyHistogram.bucketCount {
      let lower = LatencyHistogram.lowerEdge(index)
      let upper = LatencyHistogram.upperEdge(index)
      #expect(lower == next)
      #expect(LatencyHistogram.bucketIndex(lower) == index)
      #expect(LatencyHistogram.bucketIndex(upper) == index)
      #expect(lower < 256 ? upper == lower : (upper - lower + 1) <= lower / 128)
      next = upper &+ 1
    }
    #expect(next == .min, "the last bucket ends at Int64.max")
  }

  @Test("merging parts in any order gives the same content as recording it all in one")
  func mergeIsUnion() {
    let values = draws(5_000, seed: 11)
    let whole = histogram(values)
    let parts = (0..<5).map { part in
      histogram(values.indices.filter { $0 % 5 == part }.map { values[$0] })
    }
    for order in [[0, 1, 2, 3, 4], [4, 2, 0, 1, 3]] {
      var merged = LatencyHistogram()
      for part in order { merged.merge(parts[part]) }
      merged.merge(LatencyHistogram())
      #expect(merged == whole)
    }
  }

  @Test("the sum does not overflow 64 bits")
  func sumIsWide() {
    let histogram = histogram(Array(repeating: .max, count: 4))
    #expect(histogram.sum == 4 * Int128(Int64.max))
    #expect(histogram.mean == .max)
    #expect(histogram.quantile(1) == .max)
  }

  @Test("an empty histogram has no figures and takes no memory")
  func empty() {
    let histogram = LatencyHistogram()
    #expect(histogram.isEmpty && histogram.buckets.isEmpty)
    #expect(histogram.p50 == nil && histogram.mean == nil)
    #expect(histogram.min == nil && histogram.max == nil)
    #expect(histogram.countAbove(0) == 0)
  }

  @Test("countAbove counts the buckets above the threshold's own")
  func countAbove() {
    let histogram = histogram([1, 2, 3, 1_000, 1_000_000])
    #expect(histogram.countAbove(2) == 3)
    #expect(histogram.countAbove(1_003) == 1)
    #expect(histogram.countAbove(.max) == 0)
    #expect(histogram.filledBuckets.map(\.count) == [1, 1, 1, 1, 1])
  }
}
