import Measurement
import Text

/// A latency as the percentile distribution of HdrHistogram (`.hgrm`), which its plotters read:
/// `Value Percentile TotalCount 1/(1-Percentile)`, values in milliseconds.
///
/// Levels are those of HdrHistogram with five ticks for each half of the distance to 100 %; a value
/// is the upper end of its bucket, never above the largest: at most 1/128 above the exact one.
public enum PercentileText {
  private static let ticksPerHalfDistance = 5.0

  /// The distribution of `histogram`.
  public static func render(_ histogram: LatencyHistogram) -> String {
    var text = padded("Value", 12) + " " + padded("Percentile", 14) + " "
    text += padded("TotalCount", 10) + " " + padded("1/(1-Percentile)", 14) + "\n\n"
    let buckets = histogram.filledBuckets
    let (count, largest) = (histogram.count, histogram.max ?? 0)
    var level = 0.0
    var seen = 0
    for bucket in buckets {
      seen += bucket.count
      while 100 * Double(seen) / Double(count) >= level {
        text += line(min(bucket.upper, largest), level: level, seen)
        level += 100 / ticks(at: level)
        if seen == count { break }
      }
    }
    if count > 0 { text += line(largest, level: 100, count) }
    return text + footer(histogram)
  }

  /// Ticks over the whole way from 0 to 100 % at a level: twice as many each time the distance to
  /// 100 % has halved.
  private static func ticks(at level: Double) -> Double {
    let gap = 100 - level
    var halvings = 1.0
    while gap * halvings * 2 <= 100 { halvings *= 2 }
    return ticksPerHalfDistance * halvings * 2
  }

  private static func line(_ value: Int64, level: Double, _ seen: Int) -> String {
    var text = padded(milliseconds(value), 12) + " "
    text += fixedPoint(Int128((level * 1e10).rounded()), decimals: 12) + " "
    text += padded(String(seen), 10)
    guard level < 100 else { return text + "\n" }
    let inverse = Int128((100 / (1 - level / 100)).rounded())
    return text + " " + padded(fixedPoint(inverse, decimals: 2), 14) + "\n"
  }

  /// The lines that HdrHistogram writes below: mean and largest value exact, the deviation from the
  /// middles of the buckets, and the layout of the buckets in its terms.
  private static func footer(_ histogram: LatencyHistogram) -> String {
    let mean = histogram.isEmpty ? 0 : Double(histogram.sum) / Double(histogram.count)
    var squares = 0.0
    for bucket in histogram.filledBuckets {
      let middle = Double(bucket.lower) + Double(bucket.upper - bucket.lower + 1) / 2
      let distance = (bucket.lower == bucket.upper ? Double(bucket.lower) : middle) - mean
      squares += distance * distance * Double(bucket.count)
    }
    let deviation = histogram.isEmpty ? 0 : (squares / Double(histogram.count)).squareRoot()
    func field(_ nanoseconds: Double) -> String {
      padded(milliseconds(Int64(nanoseconds.rounded())), 12)
    }
    return "#[Mean    = \(field(mean)), StdDeviation   = \(field(deviation))]\n"
      + "#[Max     = \(padded(milliseconds(histogram.max ?? 0), 12)), "
      + "Total count    = \(padded(String(histogram.count), 12))]\n"
      + "#[Buckets = \(padded("56", 12)), SubBuckets     = \(padded("256", 12))]\n"
  }

  private static func milliseconds(_ nanoseconds: Int64) -> String {
    fixedPoint(Int128(nanoseconds), decimals: 6)
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
