import Testing

@testable import Measurement

private let columns = [TimeSeries.Column("accepted"), TimeSeries.Column("lag", .maximum)]

@Suite struct TimeSeriesTests {
  @Test("counters add up and gauges keep the largest value of their slot")
  func slots() {
    var series = TimeSeries(columns: columns, slotLength: 10)
    series.add(0, at: 0)
    series.add(0, at: 9, 4)
    series.add(0, at: 10)
    series.raise(1, at: 35, to: 7)
    series.raise(1, at: 36, to: 3)
    series.add(0, at: 5)
    #expect(series.values(0) == [6, 1, 0, 0])
    #expect(series.values(1) == [0, 0, 0, 7])
    #expect(series.value(0, slot: 99) == 0)
    #expect(series.index(of: "lag") == 1 && series.index(of: "none") == nil)
  }

  @Test("a level that stands raises every slot in which it stands, and no other")
  func levels() {
    var series = TimeSeries(columns: columns, slotLength: 10, maximumSlots: 8)
    series.hold(1, from: 12, until: 41, at: 3)
    #expect(series.values(1) == [0, 3, 3, 3, 3])
    series.hold(1, from: 31, until: 40, at: 5)
    series.hold(1, from: 45, until: 45, at: 9)
    #expect(series.values(1) == [0, 3, 3, 5, 3])
    series.hold(1, from: 41, until: 95, at: 2)
    #expect(series.slotLength == 20)
    #expect(series.values(1) == [3, 5, 3, 2, 2])
  }

  @Test("the slot length doubles until the latest time fits, and nothing is lost")
  func coarsens() {
    var series = TimeSeries(columns: columns, slotLength: 10, maximumSlots: 4)
    for time in 0..<40 { series.add(0, at: Int64(time)) }
    series.raise(1, at: 15, to: 9)
    series.raise(1, at: 5, to: 4)
    #expect(series.slotLength == 10)
    series.add(0, at: 170)
    #expect(series.slotLength == 80)
    #expect(series.values(0) == [40, 0, 1])
    #expect(series.values(1) == [9, 0, 0])
  }

  @Test("a year of minutes stays within 4,096 slots")
  func year() {
    var series = TimeSeries(columns: columns)
    let day: Int64 = 86_400_000_000_000
    for number in 0..<365 { series.add(0, at: Int64(number) * day) }
    #expect(series.slotCount <= 4_096)
    #expect(series.slotLength == 128 * 60_000_000_000)
    #expect(series.values(0).reduce(0, +) == 365)
  }

  @Test("a time near Int64.max is recorded")
  func farFuture() {
    var series = TimeSeries(columns: columns)
    series.add(0, at: 1)
    series.add(0, at: .max - 1)
    #expect(series.values(0).reduce(0, +) == 2)
  }

  @Test("merging islands gives what one island would have recorded", arguments: 1...20)
  func merge(seed: UInt64) {
    var state = seed
    var whole = TimeSeries(columns: columns, slotLength: 10, maximumSlots: 16)
    var islands = Array(repeating: whole, count: 3)
    for _ in 0..<200 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let time = Int64((state >> 40) % (50 * (seed + 1)))
      let island = Int((state >> 33) % 3)
      whole.add(0, at: time, 2)
      whole.raise(1, at: time, to: Int(time))
      islands[island].add(0, at: time, 2)
      islands[island].raise(1, at: time, to: Int(time))
    }
    for order in [[0, 1, 2], [2, 0, 1]] {
      var merged = islands[order[0]]
      merged.merge(islands[order[1]])
      merged.merge(islands[order[2]])
      #expect(merged.slotLength == whole.slotLength, "seed \(seed)")
      #expect(merged.values(0) == whole.values(0), "seed \(seed)")
      #expect(merged.values(1) == whole.values(1), "seed \(seed)")
    }
  }

  @Test("a series can be recorded into after a merge")
  func recordAfterMerge() {
    var series = TimeSeries(columns: columns, slotLength: 10, maximumSlots: 4)
    var late = series
    series.add(0, at: 12)
    late.add(0, at: 100)
    series.merge(late)
    series.add(0, at: 13)
    #expect(series.values(0) == [2, 0, 1])
  }
}
