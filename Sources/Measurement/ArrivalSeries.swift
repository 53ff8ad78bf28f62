/// What happens while payments come, slot by slot: counts in slots of 10 s, percentiles of
/// latencies in slots of 60 s, and the lag of each partition in slots of 60 s.
///
/// Slots grow in number with the latest event; when they would be too many, their length doubles,
/// that of counts, of percentiles and of lag each for itself. All of it is integers that commute:
/// the same for any order of events and any number of threads.
public struct ArrivalSeries: Sendable, Equatable {
  /// A latency over time.
  public struct Latency: Sendable, Equatable {
    /// What is measured: `authorization`, or an acquirer's name.
    public let name: String
    /// The durations.
    public var slots: LatencySlots
  }

  /// Events in each slot, one column a kind.
  public var counts: TimeSeries
  /// Latencies, in the order of their positions.
  public var latencies: [Latency]
  /// The largest lag of each partition in a slot, in records; nil without partitions. The columns
  /// are named `lag_partition_7`.
  public private(set) var lag: TimeSeries?
  /// The numbers of the partitions, in the order of the columns of `lag`.
  public private(set) var partitions: [Int] = []
  private let expected: Int64

  /// Nothing yet.
  ///
  /// - Parameters:
  ///   - counts: names of the kinds of events.
  ///   - latencies: names of the latencies.
  ///   - parts: how many such series there are at the same time; they share 128 MiB at most.
  ///   - expected: until when events are expected (ns), for which room is made at once: growing
  ///     would take as much again. It changes nothing else.
  public init(counts: [String], latencies: [String], parts: Int, until expected: Int64 = 0) {
    func slots(_ bytes: Int, atMost limit: Int) -> Int {
      max(64, min(limit, 67_108_864 / max(1, parts * bytes))) & ~1
    }
    self.counts = TimeSeries(
      columns: counts.map { TimeSeries.Column($0) }, slotLength: 10_000_000_000,
      maximumSlots: slots(8 * counts.count, atMost: 16_384))
    let size = slots(latencies.count * 272, atMost: 2_048)
    self.latencies = latencies.map {
      Latency(name: $0, slots: LatencySlots(maximumSlots: size))
    }
    self.expected = expected
    self.counts.makeRoom(until: expected)
    for place in self.latencies.indices { self.latencies[place].slots.makeRoom(until: expected) }
  }

  /// Follows the lag of `partitions`, by their numbers in a topic of `all`.
  public mutating func follow(partitions: [Int], of all: Int) {
    guard !partitions.isEmpty else { return }
    self.partitions = partitions
    lag = TimeSeries(
      columns: partitions.map { TimeSeries.Column("lag_partition_\($0)", .maximum) },
      maximumSlots: max(16, min(4_096, 4_194_304 / max(1, all))) & ~1)
    lag?.makeRoom(until: expected)
  }

  /// Notes that partition `position`, among those that are followed, stood at a lag of `level`
  /// from `start` until `end` (ns).
  public mutating func hold(
    partition position: Int, at level: Int, from start: Int64, until end: Int64
  ) {
    if level > 0 { lag?.hold(position, from: start, until: end, at: level) }
  }

  /// Notes that partition `position` has reached a lag of `level` at `now` (ns).
  public mutating func raise(partition position: Int, to level: Int, at now: Int64) {
    lag?.raise(position, at: now, to: level)
  }

  /// Adds what another part has seen; partitions of both stand side by side, those of `other`
  /// last. O(slots).
  public mutating func merge(_ other: ArrivalSeries) {
    precondition(latencies.map(\.name) == other.latencies.map(\.name), "latencies differ")
    counts.merge(other.counts)
    for place in latencies.indices { latencies[place].slots.merge(other.latencies[place].slots) }
    guard let beside = other.lag else { return }
    lag = lag.map { $0.beside(beside) } ?? beside
    partitions += other.partitions
  }
}

/// What a series becomes for people and files.
extension ArrivalSeries {
  /// Whether nothing was recorded.
  public var isEmpty: Bool { counts.slotCount == 0 }

  /// Where the last slot ends (ns): no event of what is counted came later.
  public var end: Int64 { Int64(counts.slotCount) * counts.slotLength }

  /// Positions of the partitions whose lag was largest, the worst first: by the largest lag, then
  /// by the sum over slots, then by number.
  public func worstPartitions(_ count: Int) -> [Int] {
    guard let lag else { return [] }
    return lag.columns.indices.map { column in
      let values = lag.values(column)
      return Standing(
        column: column, number: partitions[column], peak: values.max() ?? 0,
        sum: values.reduce(0, +))
    }
    .sorted { ($1.peak, $1.sum, $0.number) < ($0.peak, $0.sum, $1.number) }
    .prefix(count).map(\.column)
  }

  private struct Standing {
    let column: Int
    let number: Int
    let peak: Int
    let sum: Int
  }

  /// The same with at most `count` partitions, the worst, in the order of their numbers.
  public func withPartitions(atMost count: Int) -> ArrivalSeries {
    guard let lag else { return self }
    let chosen = worstPartitions(count).sorted { partitions[$0] < partitions[$1] }
    var copy = self
    copy.lag = lag.choosing(chosen)
    copy.partitions = chosen.map { partitions[$0] }
    return copy
  }

  /// Doubles the length of counts' slots, and of the others where they would no longer begin with
  /// one of those.
  public mutating func coarsen() {
    counts.coarsen()
    align()
  }

  /// Every slot of percentiles and of lag must begin where one of counts does.
  public mutating func align() {
    func isAligned(_ length: Int64) -> Bool { length.isMultiple(of: counts.slotLength) }
    for place in latencies.indices {
      while !isAligned(latencies[place].slots.slotLength) { latencies[place].slots.coarsen() }
    }
    while let length = lag?.slotLength, !isAligned(length) { lag?.coarsen() }
  }
}
