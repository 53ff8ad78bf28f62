import Text
import Statistics

/// The differences of one metric from the baseline: a dot for the mean or the median of the
/// paired differences, whichever stands first, a bar for its interval, a line at zero.
enum IntervalChart {
  private static let row = 40.0
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
    func x(_ value: Double) -> Double { axis.position(value) }
    let base = 6 + row * Double(rows.count)
    let format = MetricFormat(metric)
    let words = rows.map { row in
      "\(row.name): \(format.differenceWithUnit(row.value))"
        + (row.verdict.map { ", \($0.rawValue)" } ?? "")
    }
    let title =
      "\(metric.label): \(metric.leading.rawValue) differences from "
      + result.strategies[result.baseline].name
    var canvas = SVGCanvas(
      "interval-\(position)", height: base + 26, title: title,
      description: words.joined(separator: "; ") + ".", kind: "fluid rows")
    let ticks = TickLabels.chosen(
      axis.ticks.map { (position: x($0), label: axis.label($0)) }, width: 1_030, isFlush: true)
    for (index, entry) in rows.enumerated() {
      let top = 6 + row * Double(index)
      let y = top + 27
      let tone = tone(entry.verdict)
      for tick in ticks {
        canvas.line(
          tick.position, top + 19, tick.position, top + 36, tick.isNarrow ? "grid" : "grid w")
      }
      canvas.line(x(0), top + 17, x(0), top + 38, "zero")
      canvas.text(0, top + 12, SVGCanvas.shortened(entry.name, 34))
      canvas.text(1, top + 12, entry.verdict?.rawValue ?? "", anchor: "end", kind: tone)
      let interval = entry.interval
      canvas.line(x(interval.lower), y, x(interval.upper), y, "\(tone) bar")
      for end in [interval.lower, interval.upper] {
        canvas.line(x(end), y - 6, x(end), y + 6, tone)
      }
      canvas.circle(x(entry.value), y, 5, tone)
    }
    canvas.line(0, base, 1, base, "base")
    canvas.axis(ticks, at: base)
    let measure = metric.measure.isEmpty ? "" : ", \(visible(metric.measure))"
    return "<figure>\n<figcaption><span>\(metric.leading.rawValue) difference from "
      + "\(escapedHTML(visible(result.strategies[result.baseline].label)))\(escapedHTML(measure))"
      + "</span></figcaption>\n\(canvas.render())</figure>\n"
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
