import Measurement

/// Events of a slot as events in a second, a minute or an hour, whichever suits the largest.
struct Rate {
  private let series: TimeSeries
  private let fold: Int
  private let factor: Double
  /// `a second, by 10 s`.
  let unit: String

  /// - Parameter columns: those that are shown on one axis.
  init(of series: TimeSeries, _ columns: [Int]) {
    self.series = series
    let fold = Self.fold(series, columns, events: 50)
    self.fold = fold
    let nanoseconds = series.slotLength * Int64(fold)
    let length = Double(nanoseconds) * 1e-9
    let largest = columns.flatMap { Self.folded(series, $0, fold) }.max() ?? 0
    let name: String
    switch largest / length {
    case 1...: (factor, name) = (1 / length, "a second")
    case (1.0 / 60)...: (factor, name) = (60 / length, "a minute")
    default: (factor, name) = (3_600 / length, "an hour")
    }
    unit = "\(name), by \(Self.words(nanoseconds))"
  }

  /// `10 s`, `5 min`, `2 h`: the length of slots.
  static func words(_ nanoseconds: Int64) -> String {
    let seconds = nanoseconds / 1_000_000_000
    if seconds % 3_600 == 0 { return "\(seconds / 3_600) h" }
    if seconds % 60 == 0, seconds > 60 { return "\(seconds / 60) min" }
    return "\(seconds) s"
  }

  /// Slots that are taken together, so that the busiest column has about `events` in each: fewer
  /// show the chance of single events more than what goes on. At least 48 stretches are left.
  static func fold(_ series: TimeSeries, _ columns: [Int], events: Int) -> Int {
    let largest = columns.map { series.values($0).reduce(0, +) }.max() ?? 0
    var fold = 1
    for next in [1, 3, 6, 12, 30, 60, 90, 180, 360] where series.slotCount / next >= 48 {
      fold = next
      if largest * fold >= events * series.slotCount { break }
    }
    return fold
  }

  private static func folded(_ series: TimeSeries, _ column: Int, _ fold: Int) -> [Double] {
    let values = series.values(column)
    return stride(from: 0, to: values.count, by: fold).map { first in
      let some = values[first..<min(first + fold, values.count)]
      // The last stretch may be shorter.
      return Double(some.reduce(0, +)) * Double(fold) / Double(some.count)
    }
  }

  /// The rate of `column`, level in each stretch.
  func points(_ column: Int) -> [LineChart.Point] {
    Self.steps(
      Self.folded(series, column, fold).map { $0 * factor }, series.slotLength * Int64(fold))
  }

  /// A level for each slot of `length` (ns).
  static func steps(_ values: [Double], _ length: Int64) -> [LineChart.Point] {
    runs(values, length).first ?? []
  }

  /// A level for each slot of `length` (ns), in runs of those that have one: a point in the middle
  /// of each where they are many, steps where they are few or a slot stands alone.
  static func runs(_ values: [Double?], _ length: Int64) -> [[LineChart.Point]] {
    var runs: [[LineChart.Point]] = []
    for run in values.indices.split(whereSeparator: { values[$0] == nil }) {
      let isStepped = values.count <= 180 || run.count == 1
      runs.append(
        run.flatMap { index -> [LineChart.Point] in
          let times =
            isStepped
            ? [Int64(index) * length, Int64(index + 1) * length]
            : [Int64(index) * length + length / 2]
          return times.map { LineChart.Point(time: $0, value: values[index]!) }
        })
    }
    return runs
  }
}

/// p50, p95 and p99 over time.
struct LatencyCurves {
  let lines: [LineChart.Line]
  /// `ms, by 60 s`.
  let unit: String

  /// - Parameter range: what is shown of virtual time.
  init(_ slots: LatencySlots, _ range: Range<Int64>) {
    let shown = Int((range.upperBound + slots.slotLength - 1) / slots.slotLength)
    let fold = Self.fold(slots, shown)
    let length = slots.slotLength * Int64(fold)
    let found = stride(from: 0, to: min(shown, slots.slotCount), by: fold).map {
      slots.quantiles(SeriesFile.shares.map(\.share), $0..<$0 + fold)
    }
    let largest = found.compactMap { $0?.max() }.max() ?? 0
    let scale = DurationUnit(largest)
    unit = "\(scale.name), by \(Rate.words(length))"
    let colours = [1, 2, 5]
    lines =
      largest == 0
      ? []
      : SeriesFile.shares.indices.map { place in
        LineChart.Line(
          name: SeriesFile.shares[place].name,
          runs: Rate.runs(found.map { $0.map { Double($0[place]) / scale.length } }, length),
          colour: colours[place])
      }
  }

  /// Slots that are taken together, so that a percentile is one of a hundred payments or so: of
  /// fewer it says little. At least 48 stretches are left.
  private static func fold(_ slots: LatencySlots, _ shown: Int) -> Int {
    let recorded = slots.count(0..<shown)
    var fold = 1
    for next in [1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720] where shown / next >= 48 {
      fold = next
      if recorded * fold >= 100 * shown { break }
    }
    return fold
  }

  var isEmpty: Bool { lines.isEmpty }
}

/// The unit in which durations up to a largest one are written.
struct DurationUnit {
  let length: Double
  let name: String

  init(_ largest: Int64) {
    switch largest {
    case 172_800_000_000_000...: (length, name) = (86_400e9, "days")
    case 7_200_000_000_000...: (length, name) = (3_600e9, "hours")
    case 120_000_000_000...: (length, name) = (60e9, "minutes")
    case 1_000_000_000...: (length, name) = (1e9, "seconds")
    case 1_000_000...: (length, name) = (1e6, "ms")
    case 1_000...: (length, name) = (1e3, "µs")
    default: (length, name) = (1, "ns")
    }
  }
}
