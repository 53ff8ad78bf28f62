import Text

/// The steps of a payment as bars below each other.
enum FunnelChart {
  static func render(_ result: RunResult) -> String {
    let steps = result.steps.prefix(24)
    let largest = steps.map(\.count).max() ?? 0
    guard largest > 0, let first = steps.first else { return "" }
    let row = 26.0
    var canvas = SVGCanvas(
      "funnel", width: 520, height: row * Double(steps.count) + 4, title: "Steps of a payment",
      description: steps.map { "\($0.name): \(grouped($0.count))" }.joined(separator: ", ") + ".")
    for (index, step) in steps.enumerated() {
      let y = Double(index) * row
      let width = 240 * Double(step.count) / Double(largest)
      canvas.text(136, y + 17, SVGCanvas.shortened(step.name, 22), anchor: "end")
      canvas.rect(144, y + 4, 240, 18, "soft")
      canvas.rect(144, y + 4, width, 18, "one")
      let share = HumanFormat.percent(Double(step.count) / Double(max(1, first.count)))
      canvas.text(392, y + 17, "\(grouped(step.count)) · \(share)")
    }
    return canvas.render()
  }
}

/// What each strategy costs: wires and currency exchange, stacked.
enum StrategyChart {
  static func render(_ result: RunResult) -> String {
    let rows = result.strategies.prefix(24)
    let largest = rows.map(\.totalCost.minorUnits).max() ?? 0
    guard largest > 0 else { return "" }
    let height = 30.0
    let words = rows.map { "\($0.label): \(HumanFormat.money($0.totalCost))" }
    var canvas = SVGCanvas(
      "strategies-chart", width: 1_072, height: height * Double(rows.count) + 28,
      title: "Cost by strategy, shadow-priced", description: words.joined(separator: ", ") + ".")
    canvas.rect(200, 4, 12, 12, "one")
    canvas.text(218, 14, "wires", kind: "axis")
    canvas.rect(268, 4, 12, 12, "two")
    canvas.text(286, 14, "currency exchange", kind: "axis")
    for (index, row) in rows.enumerated() {
      let y = 24 + Double(index) * height
      let wires = width(row.wireCost.minorUnits, largest)
      let exchange = width(row.fxCost.minorUnits, largest)
      let name = SVGCanvas.shortened(visible(row.label), 27) + (row.isChosen ? " ★" : "")
      canvas.text(192, y + 18, name, anchor: "end")
      canvas.rect(200, y + 4, wires, 20, "one")
      canvas.rect(200 + wires, y + 4, exchange, 20, "two")
      let saved = row.savingsRatio.map { index == 0 ? "" : " · \(HumanFormat.percent($0)) saved" }
      canvas.text(
        200 + wires + exchange + 8, y + 18, HumanFormat.money(row.totalCost) + (saved ?? ""))
    }
    return canvas.render()
  }

  private static func width(_ value: Int64, _ largest: Int64) -> Double {
    620 * Double(max(0, value)) / Double(largest)
  }
}

/// Every latency as a range on one logarithmic axis: median, p95, p99 and the largest value.
enum LatencyChart {
  private static let left = 180.0
  private static let right = 1_030.0
  private static let row = 34.0

  static func render(_ result: RunResult) -> String {
    let rows = result.latencies.filter { $0.count > 0 }.prefix(24)
    guard let low = rows.map(\.p50).min(), let high = rows.map(\.max).max() else { return "" }
    let ticks = LogarithmicAxis.ticks(low, high)
    let from = LogarithmicAxis.log2(ticks[0].value)
    let to = LogarithmicAxis.log2(ticks[ticks.count - 1].value)
    func x(_ value: Int64) -> Double {
      let share = (LogarithmicAxis.log2(max(1, value)) - from) / (to - from)
      return left + min(1, max(0, share)) * (right - left)
    }
    let base = 30 + row * Double(rows.count)
    let words = rows.map { row in
      "\(row.name): median \(HumanFormat.duration(row.p50)), p95 \(HumanFormat.duration(row.p95)), "
        + "p99 \(HumanFormat.duration(row.p99)), largest \(HumanFormat.duration(row.max))"
    }
    var canvas = SVGCanvas(
      "latency-chart", width: 1_072, height: base + 24, title: "Latencies, logarithmic",
      description: words.joined(separator: "; ") + ".")
    legend(&canvas)
    for tick in ticks {
      canvas.line(x(tick.value), 26, x(tick.value), base, "grid")
      canvas.text(x(tick.value), base + 16, tick.label, anchor: "middle", kind: "axis")
    }
    for (index, latency) in rows.enumerated() {
      let y = 30 + row * (Double(index) + 0.5)
      canvas.text(left - 12, y + 4, SVGCanvas.shortened(latency.name, 26), anchor: "end")
      canvas.line(x(latency.p50), y, x(latency.max), y, "stem")
      canvas.rect(x(latency.p50), y - 5, x(latency.p99) - x(latency.p50), 10, "soft")
      canvas.rect(x(latency.p50), y - 5, x(latency.p95) - x(latency.p50), 10, "one")
      canvas.line(x(latency.max), y - 6, x(latency.max), y + 6, "stem")
      canvas.circle(x(latency.p50), y, 5, "dot")
    }
    return canvas.render()
  }

  private static func legend(_ canvas: inout SVGCanvas) {
    canvas.circle(left + 6, 10, 5, "dot")
    canvas.text(left + 18, 14, "median", kind: "axis")
    canvas.rect(left + 76, 5, 18, 10, "one")
    canvas.text(left + 100, 14, "to p95", kind: "axis")
    canvas.rect(left + 150, 5, 18, 10, "soft")
    canvas.text(left + 174, 14, "to p99", kind: "axis")
    canvas.line(left + 224, 10, left + 242, 10, "stem")
    canvas.line(left + 242, 4, left + 242, 16, "stem")
    canvas.text(left + 250, 14, "to the largest value", kind: "axis")
  }
}
