import Testing

@testable import Measurement

@Suite struct LatencySlotsTests {
  /// Durations from tens of microseconds to hours, by a generator of their own.
  private func durations(_ count: Int, seed: UInt64, octaves: UInt64) -> [Int64] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let exponent = 20 + (state >> 33) % octaves
      return Int64(1) << Int64(exponent) | Int64((state >> 12) & ((1 << exponent) - 1))
    }
  }

  @Test(
    "a percentile is within the stated error of the exact one, whatever the spread",
    arguments: [1, 2, 4, 8, 16, 24])
  func error(octaves: UInt64) {
    for seed in 1...5 as ClosedRange<UInt64> {
      let values = durations(2_000, seed: seed, octaves: octaves)
      var slots = LatencySlots()
      for value in values { slots.record(value, at: 5) }
      let sorted = values.sorted()
      let shares = [0, 0.5, 0.95, 0.99, 1]
      let found = slots.quantiles(shares, 0..<1)!
      for (share, value) in zip(shares, found) {
        let exact = sorted[max(1, Int((share * 2_000).rounded(.up))) - 1]
        let off = (Double(value) - Double(exact)).magnitude / Double(exact)
        #expect(off <= slots.relativeError, "\(share) of seed \(seed): \(value), \(exact)")
      }
      // Four octaves are 16 buckets each, and so on.
      #expect(slots.relativeError <= (octaves <= 4 ? 0.032 : octaves <= 8 ? 0.063 : 0.25))
      #expect(slots.count(0..<1) == 2_000)
    }
  }

  @Test("the order of records and the way they are spread over parts change nothing")
  func commutes() {
    let values = durations(600, seed: 9, octaves: 24)
    var forwards = LatencySlots(slotLength: 10, maximumSlots: 8)
    var backwards = forwards
    var parts = [forwards, forwards, forwards]
    for (index, value) in values.enumerated() {
      forwards.record(value, at: Int64(index))
      parts[index % 3].record(value, at: Int64(index))
    }
    for (index, value) in values.enumerated().reversed() {
      backwards.record(value, at: Int64(index))
    }
    for order in [[0, 1, 2], [2, 0, 1]] {
      var merged = LatencySlots(slotLength: 10, maximumSlots: 8)
      for part in order { merged.merge(parts[part]) }
      #expect(merged.slotLength == 80 && merged.slotCount == 8)
      for slot in 0..<8 {
        let range = slot..<slot + 1
        #expect(
          merged.quantiles([0.1, 0.5, 0.99], range) == forwards.quantiles([0.1, 0.5, 0.99], range))
        #expect(merged.count(range) == forwards.count(range))
        #expect(backwards.quantiles([0.1, 0.5], range) == forwards.quantiles([0.1, 0.5], range))
      }
    }
  }

  @Test("a bucket counts beyond 65,536, also when buckets, slots and series are taken together")
  func manyInOneBucket() {
    let (short, long) = (1 << 20, 1 << 30) as (Int64, Int64)
    var slots = LatencySlots(slotLength: 10, maximumSlots: 2)
    for index in 0..<140_000 { slots.record(short, at: Int64(index % 20)) }
    for _ in 0..<65_536 { slots.record(short + 8_192, at: 5) }
    #expect(slots.count(0..<1) == 135_536 && slots.count(1..<2) == 70_000)
    // A long one takes the buckets of the short ones together.
    for _ in 0..<150_000 { slots.record(long, at: 5) }
    #expect(slots.count(0..<1) == 285_536)
    #expect(slots.quantiles([0.47, 0.48], 0..<1)!.map { $0 > 1 << 25 } == [false, true])
    var sum = LatencySlots(slotLength: 10, maximumSlots: 2)
    sum.merge(slots)
    sum.merge(slots)
    #expect(sum.count(0..<2) == 711_072)
    sum.record(short, at: 35)
    #expect(sum.slotLength == 20 && sum.count(0..<1) == 711_072 && sum.count(1..<2) == 1)
    #expect(sum.quantiles([0.57, 0.58], 0..<1)!.map { $0 > 1 << 25 } == [false, true])
  }

  @Test("what is shorter than the floor counts as it, and an empty slot has no percentile")
  func ends() {
    var slots = LatencySlots(slotLength: 10)
    slots.record(0, at: 25)
    #expect(slots.quantiles([0.5], 2..<3)! == [LatencySlots.floor + 255])
    #expect(slots.quantiles([0.5], 0..<2) == nil)
    #expect(LatencySlots().relativeError == 0 && slots.relativeError == 1.0 / 256)
    slots.record(.max, at: 25)
    #expect(slots.count(0..<99) == 2)
  }
}

@Suite struct ArrivalSeriesTests {
  private func series(_ partitions: [Int]) -> ArrivalSeries {
    var series = ArrivalSeries(counts: ["requests"], latencies: ["authorization"], parts: 1)
    series.follow(partitions: partitions, of: 4)
    return series
  }

  @Test("partitions of all parts stand side by side, the worst first, by peak and then by sum")
  func partitions() {
    var first = series([0, 3])
    var second = series([1])
    let minute: Int64 = 60_000_000_000
    first.raise(partition: 0, to: 5, at: 1)
    first.raise(partition: 1, to: 9, at: 2 * minute)
    second.raise(partition: 0, to: 5, at: minute)
    second.hold(partition: 0, at: 5, from: minute, until: 3 * minute)
    first.merge(second)
    #expect(first.partitions == [0, 3, 1])
    #expect(first.worstPartitions(2).map { first.partitions[$0] } == [3, 1])
    let chosen = first.withPartitions(atMost: 2)
    #expect(chosen.partitions == [1, 3])
    #expect(chosen.lag?.columns.map(\.name) == ["lag_partition_1", "lag_partition_3"])
    #expect(chosen.lag?.values(0) == [0, 5, 5] && chosen.lag?.values(1) == [0, 0, 9])
  }

  @Test("slots of percentiles and of lag always begin with a slot of counts")
  func aligned() {
    var series = series([0])
    let day: Int64 = 86_400_000_000_000
    series.counts.add(0, at: 3 * day)
    series.latencies[0].slots.record(1_000_000, at: 3 * day)
    series.raise(partition: 0, to: 1, at: 3 * day)
    for _ in 0..<6 {
      series.coarsen()
      let length = series.counts.slotLength
      #expect(series.latencies[0].slots.slotLength.isMultiple(of: length))
      #expect(series.lag!.slotLength.isMultiple(of: length))
      #expect(series.counts.values(0).reduce(0, +) == 1)
    }
    #expect(series.end > 3 * day)
  }
}
