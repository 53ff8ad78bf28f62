import Measurement
import Text

/// `series.csv`: what happened while payments came.
///
/// A row is a slot of counts; `slot_start_s` says where it begins and `slot_s` how long it is.
/// Percentiles have longer slots, and lag too: their values stand in the row with which their slot
/// begins, where `latency_slot_s` and `lag_slot_s` say how long it is, and all other rows leave
/// them empty. A percentile without a payment in its slot is empty too.
public enum SeriesFile {
  static let name = "series.csv"
  /// The largest file (bytes).
  public static let maximumBytes = 8 << 20
  /// Partitions that have a column: those with the largest lag.
  static let maximumPartitions = 100
  /// The percentiles of a latency.
  static let shares: [(name: String, share: Double)] = [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)]

  /// `series` as the file holds it: with at most `maximumPartitions` partitions, and in slots long
  /// enough that the file stays within `maximumBytes`.
  public static func fitting(_ series: ArrivalSeries, within bytes: Int = maximumBytes)
    -> ArrivalSeries
  {
    var series = series.withPartitions(atMost: maximumPartitions)
    series.align()
    while series.counts.slotCount > 1, estimate(series) > bytes { series.coarsen() }
    return series
  }

  /// Not less than the size of the file (bytes): 12 characters and a comma for a start, and as many
  /// as the largest value of its column for every value.
  private static func estimate(_ series: ArrivalSeries) -> Int {
    let counts = series.counts
    var row = 40
    for column in counts.columns.indices {
      row += String(counts.values(column).max() ?? 0).utf8.count + 1
    }
    let latencies = series.latencies.count * (shares.count + 1)
    let partitions = series.lag?.columns.count ?? 0
    var size = header(series).utf8.count + rowCount(series) * (row + latencies + partitions)
    for latency in series.latencies {
      // Ten years are 18 digits of nanoseconds; a count has at most ten.
      size += latency.slots.slotCount * (18 * shares.count + 10)
    }
    if let lag = series.lag {
      for column in lag.columns.indices {
        size += lag.slotCount * String(lag.values(column).max() ?? 0).utf8.count
      }
    }
    return size
  }

  private static func header(_ series: ArrivalSeries) -> String {
    var names = ["slot_start_s", "slot_s"] + series.counts.columns.map(\.name)
    names.append("latency_slot_s")
    for latency in series.latencies {
      names += ["\(latency.name)_count"] + shares.map { "\(latency.name)_\($0.name)_ns" }
    }
    if let lag = series.lag { names += ["lag_slot_s"] + lag.columns.map(\.name) }
    return CSV.encode([names])
  }

  /// The text of the file, some rows at a time; without payments the two first names alone.
  static func pieces(_ series: ArrivalSeries?) -> AnySequence<String> {
    guard let series, !series.isEmpty else {
      return AnySequence(CollectionOfOne("slot_start_s,slot_s\n"))
    }
    let counts = series.counts
    let starts = stride(from: 0, to: rowCount(series), by: 256)
    let rows = starts.lazy.map { first in
      var text = ""
      for slot in first..<min(first + 256, rowCount(series)) {
        let start = Int64(slot) * counts.slotLength
        text += "\(start / second),\(counts.slotLength / second)"
        for column in counts.columns.indices { text += ",\(counts.value(column, slot: slot))" }
        addLatencies(series, at: start, &text)
        addLag(series, at: start, &text)
        text += "\n"
      }
      return text
    }
    return AnySequence([AnySequence(CollectionOfOne(header(series))), AnySequence(rows)].joined())
  }

  private static let second: Int64 = 1_000_000_000

  /// Rows up to the one with which the last slot of any kind begins.
  private static func rowCount(_ series: ArrivalSeries) -> Int {
    let starts =
      series.latencies.map { Int64($0.slots.slotCount - 1) * $0.slots.slotLength }
      + [series.end - series.counts.slotLength]
      + [series.lag.map { Int64($0.slotCount - 1) * $0.slotLength } ?? 0]
    return Int((starts.max() ?? 0) / series.counts.slotLength) + 1
  }

  private static func addLatencies(_ series: ArrivalSeries, at start: Int64, _ text: inout String) {
    let length = series.latencies.map(\.slots.slotLength).max() ?? 1
    let begins = start.isMultiple(of: length)
    text += begins ? ",\(length / second)" : ","
    for latency in series.latencies {
      let slots = latency.slots
      let factor = Int(length / slots.slotLength)
      let slot = Int(start / length) * factor
      guard begins, let found = slots.quantiles(shares.map(\.share), slot..<slot + factor) else {
        text += begins ? ",0" : ","
        text += String(repeating: ",", count: shares.count)
        continue
      }
      text += ",\(slots.count(slot..<slot + factor))"
      for value in found { text += ",\(value)" }
    }
  }

  private static func addLag(_ series: ArrivalSeries, at start: Int64, _ text: inout String) {
    guard let lag = series.lag else { return }
    guard start.isMultiple(of: lag.slotLength) else {
      text += String(repeating: ",", count: lag.columns.count + 1)
      return
    }
    text += ",\(lag.slotLength / second)"
    let slot = Int(start / lag.slotLength)
    for column in lag.columns.indices { text += ",\(lag.value(column, slot: slot))" }
  }
}
