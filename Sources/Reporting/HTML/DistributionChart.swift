import Text

/// How long something took, over a logarithmic axis: how many of all durations lie where.
struct DistributionChart {
  let distribution: RunDistribution
  let row: LatencyRow
  let id: String
  var size = LineChart.Size.small

  private static let maximumBars = 48
  private static let top = 62.0
  private static let bottom = 24.0

  /// The distributions that have a chart, in order.
  private static let shown = ["authorization", "acceptance", "settlement", "interbank"]

  /// A chart for each latency that is worth one.
  static func all(_ result: RunResult) -> [String] {
    shown.compactMap { name -> String? in
      guard let distribution = result.distributions.first(where: { $0.name == name }),
        let row = result.latencies.first(where: { $0.name == name }), row.p50 > 0
      else { return nil }
      return DistributionChart(distribution: distribution, row: row, id: "spread-\(name)").render()
    }
  }

  func render() -> String {
    let shown = distribution.histogram.filledBuckets.filter { $0.lower <= row.p999 * 2 }
    guard let first = shown.first(where: { $0.lower > 0 }), let last = shown.last else {
      return ""
    }
    let from = LogarithmicAxis.log2(first.lower)
    let to = max(LogarithmicAxis.log2(last.upper), from + 0.1)
    func x(_ value: Int64) -> Double {
      min(1, max(0, (LogarithmicAxis.log2(max(1, value)) - from) / (to - from)))
    }
    // A bar is at least as wide as two of the buckets that it is made of.
    let count = min(Self.maximumBars, max(1, Int((to - from) * 32)))
    var bars = Array(repeating: 0, count: count)
    for bucket in shown {
      let middle = bucket.lower + (bucket.upper - bucket.lower) / 2
      bars[min(count - 1, Int(x(middle) * Double(count)))] += bucket.count
    }
    let whole = max(1, distribution.histogram.count)
    let shares = bars.map { Double($0) / Double(whole) * 100 }
    let ticks = LinearAxis.ticks(upTo: shares.max() ?? 0, count: 3)
    let base = size.height - Self.bottom
    func y(_ share: Double) -> Double { base - share / (ticks.last ?? 1) * (base - Self.top) }
    var canvas = SVGCanvas(
      id, height: size.height, title: "How \(visible(distribution.name)) latency is spread",
      description: words)
    for tick in ticks {
      canvas.line(0, y(tick), 1, y(tick), tick == 0 ? "base" : "grid")
      canvas.text(0, y(tick) + 4, LinearAxis.label(tick), anchor: "end", shift: -8, kind: "axis")
    }
    let width = 1 / Double(count)
    for (index, share) in shares.enumerated() where share > 0 {
      let height = max(1, base - y(share))
      canvas.rect(
        (Double(index) + 0.08) * width, base - height, width * 0.84, height, "one")
    }
    let labels = LogarithmicAxis.fineTicks(first.lower, last.upper).map {
      (position: x($0.value), label: $0.label)
    }
    canvas.axis(TickLabels.chosen(labels, width: size.width), at: base)
    marks(&canvas, x, base)
    return "<figure class=\"panel\">\n<figcaption><strong>"
      + escapedHTML(visible(distribution.name)) + "</strong> <span>% of "
      + "\(grouped(whole)), \(count == 1 ? "all alike" : "logarithmic")\(longer(than: last.upper))"
      + "</span></figcaption>\n"
      + canvas.render() + "</figure>\n"
  }

  /// What lies beyond the drawing.
  private func longer(than edge: Int64) -> String {
    let left = distribution.histogram.countAbove(edge)
    return left == 0 ? "" : "; \(grouped(left)) longer, up to \(HumanFormat.duration(row.max))"
  }

  /// The percentiles as lines, each with its label in a line of its own.
  private func marks(_ canvas: inout SVGCanvas, _ x: (Int64) -> Double, _ base: Double) {
    let values = [("p50", row.p50), ("p95", row.p95), ("p99", row.p99)]
    for (index, mark) in values.enumerated() {
      let place = x(mark.1)
      canvas.line(place, 4 + Double(index) * 17, place, base, "mark")
    }
    for (index, mark) in values.enumerated() {
      let place = x(mark.1)
      let level = 12 + Double(index) * 17
      let isLeft = place > 0.6
      canvas.text(
        place, level, "\(mark.0) \(HumanFormat.duration(mark.1))", anchor: isLeft ? "end" : "start",
        shift: isLeft ? -5 : 5, kind: "halo")
    }
  }

  private var words: String {
    "Median \(HumanFormat.duration(row.p50)), p95 \(HumanFormat.duration(row.p95)), p99 "
      + "\(HumanFormat.duration(row.p99)), largest \(HumanFormat.duration(row.max))."
  }
}
