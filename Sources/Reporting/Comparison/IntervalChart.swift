import Text
import Statistics

/// The differences of one metric from the baseline: a dot for the mean or the median of the
/// paired differences, whichever stands first, a bar for its interval, a line at zero.
enum IntervalChart {
  private static let width = 1_072.0
  private static let left = 250.0
  private static let right = 960.0
  private static let row = 30.0
  /// Most strategies drawn; the table has all.
  private static let maximumRows = 24

  static func render(_ metric: ComparedMetric, at position: Int, _ result: ComparisonResult)
    -> String
  {
    let rows = zip(result.strategies, metric.rows).compactMap { strategy, row in
      row.difference.map { difference in
        let estimate = difference.estimate(metric.leading)
        return Row(
          name: visible(strategy.label), value: estimate.value,
          interval: estimate.interval ?? Interval(lower: estimate.value, upper: estimate.value),
          verdict: difference.verdict)
      }
    }.prefix(maximumRows)
    let low = min(0, rows.map(\.interval.lower).min() ?? 0)
    let high = max(0, rows.map(\.interval.upper).max() ?? 0)
    guard low < high else { return "" }
    let axis = ValueAxis(low, high, unit: metric.unit, count: 7)
    func x(_ value: Double) -> Double { left + axis.position(value) * (right - left) }
    let base = 8 + row * Double(rows.count)
    let format = MetricFormat(metric)
    let words = rows.map { row in
      "\(row.name): \(format.differenceWithUnit(row.value))"
        + (row.verdict.map { ", \($0.rawValue)" } ?? "")
    }
    var canvas = SVGCanvas(
      "interval-\(position)", width: width, height: base + 24,
      title:
        "\(metric.label): \(metric.leading.rawValue) differences from "
        + result.strategies[result.baseline].name,
      description: words.joined(separator: "; ") + ".")
    for tick in axis.ticks {
      canvas.line(x(tick), 4, x(tick), base, "grid")
      canvas.text(x(tick), base + 16, axis.label(tick), anchor: "middle", kind: "axis")
    }
    if !metric.measure.isEmpty {
      canvas.text(left - 14, base + 16, visible(metric.measure), anchor: "end", kind: "axis")
    }
    canvas.line(x(0), 2, x(0), base, "zero")
    for (index, entry) in rows.enumerated() {
      let y = 8 + row * (Double(index) + 0.5)
      let tone = tone(entry.verdict)
      let interval = entry.interval
      canvas.text(left - 14, y + 4, SVGCanvas.shortened(entry.name, 34), anchor: "end")
      canvas.line(x(interval.lower), y, x(interval.upper), y, "\(tone) bar")
      for end in [interval.lower, interval.upper] {
        canvas.line(x(end), y - 6, x(end), y + 6, tone)
      }
      canvas.circle(x(entry.value), y, 5, tone)
      canvas.text(right + 14, y + 4, entry.verdict?.rawValue ?? "", kind: tone)
    }
    return canvas.render()
  }

  private struct Row {
    let name: String
    let value: Double
    let interval: Interval
    let verdict: DifferenceVerdict?
  }

  private static func tone(_ verdict: DifferenceVerdict?) -> String {
    switch verdict {
    case .better: "good"
    case .worse: "bad"
    case .differs: "strong"
    case .same, nil: "quiet"
    }
  }
}
