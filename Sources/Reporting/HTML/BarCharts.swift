import Text

/// Bars below each other as a list: a name, a figure and a bar each. The text is text of the page,
/// so that it wraps where there is little room, and no letter ever stands on another.
struct BarList {
  /// A part of a bar: a share of the whole width, and its colour.
  typealias Segment = (share: Double, kind: String)
  /// What a colour means.
  typealias Key = (name: String, kind: String)

  struct Row {
    let name: String
    let value: String
    /// The parts of the bar one after the other: each a share of the whole width, and its colour.
    let segments: [Segment]
    /// Where a dot stands, as a share of the whole width.
    var dot: Double?
  }

  /// What the colours mean; none for a single one.
  var legend: [Key] = []
  let rows: [Row]

  func render() -> String {
    guard !rows.isEmpty else { return "" }
    let keys = legend.map { "<li><i class=\"key \($0.kind)\"></i>\(escapedHTML($0.name))</li>" }
    let caption =
      keys.isEmpty
      ? "" : "<figcaption><ul class=\"legend\">\(keys.joined())</ul></figcaption>\n"
    return
      "<figure class=\"bars\">\n\(caption)<ul>\n\(rows.map(Self.html).joined())</ul></figure>\n"
  }

  private static func html(_ row: Row) -> String {
    var bar = ""
    var from = 0.0
    for segment in row.segments where segment.share > 0 {
      bar +=
        "<rect class=\"\(segment.kind)\" x=\"\(SVGCanvas.percent(from))\" width=\""
        + "\(SVGCanvas.percent(segment.share))\" height=\"12\" />"
      from += segment.share
    }
    if let dot = row.dot {
      bar += "<circle class=\"dot\" cx=\"\(SVGCanvas.percent(dot))\" cy=\"6\" r=\"5\" />"
    }
    return "<li><span>\(escapedHTML(visible(row.name)))</span><b>\(escapedHTML(row.value))</b>"
      + "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"bar\" height=\"12\" "
      + "aria-hidden=\"true\">"
      + "<rect class=\"track\" width=\"100%\" height=\"12\" />\(bar)</svg></li>\n"
  }
}

/// The steps of a payment as bars below each other.
enum FunnelChart {
  static func render(_ result: RunResult) -> String {
    let steps = result.steps.prefix(24)
    let largest = steps.map(\.count).max() ?? 0
    guard largest > 0, let first = steps.first else { return "" }
    return BarList(
      rows: steps.map { step in
        let share = HumanFormat.percent(Double(step.count) / Double(max(1, first.count)))
        return BarList.Row(
          name: step.name, value: "\(grouped(step.count)) · \(share)",
          segments: [(Double(step.count) / Double(largest), "one")])
      }
    ).render()
  }
}

/// What each strategy costs: wires and currency exchange, stacked.
enum StrategyChart {
  static func render(_ result: RunResult) -> String {
    let rows = result.strategies.prefix(24)
    let largest = rows.map(\.totalCost.minorUnits).max() ?? 0
    guard largest > 0 else { return "" }
    func share(_ value: Int64) -> Double { Double(max(0, value)) / Double(largest) }
    return BarList(
      legend: [("wires", "one"), ("currency exchange", "two")],
      rows: rows.enumerated().map { index, row in
        let saved = row.savingsRatio.map {
          index == 0 ? "" : " · \(HumanFormat.percent($0)) saved"
        }
        return BarList.Row(
          name: row.label + (row.isChosen ? " ★" : ""),
          value: HumanFormat.money(row.totalCost) + (saved ?? ""),
          segments: [
            (share(row.wireCost.minorUnits), "one"), (share(row.fxCost.minorUnits), "two"),
          ])
      }
    ).render()
  }
}

/// For each system: from the least liquidity that any order needs to what settling on arrival
/// takes, and where the run came out.
enum LiquidityChart {
  static func render(_ result: RunResult) -> String {
    let rows = result.systems.filter { $0.upperBound > 0 }.prefix(12)
    return BarList(
      legend: [("lower to upper bound", "soft"), ("used", "dot")],
      rows: rows.map { row in
        let largest = Double(max(row.upperBound, row.usage))
        func share(_ value: Int64) -> Double { Double(value) / largest }
        return BarList.Row(
          name: row.currency,
          value: "\(grouped(Int128(row.usage), decimals: row.decimals)) used",
          segments: [
            (share(row.lowerBound), "none"),
            (share(row.upperBound) - share(row.lowerBound), "soft"),
          ], dot: share(row.usage))
      }
    ).render()
  }
}

/// Every latency as a range on one logarithmic axis: median, p95, p99 and the largest value.
enum LatencyChart {
  private static let row = 40.0
  private static let top = 6.0

  static func render(_ result: RunResult) -> String {
    let rows = result.latencies.filter { $0.count > 0 }.prefix(24)
    guard let low = rows.map(\.p50).min(), let high = rows.map(\.max).max() else { return "" }
    let marks = LogarithmicAxis.ticks(low, high)
    let from = LogarithmicAxis.log2(marks[0].value)
    let to = LogarithmicAxis.log2(marks[marks.count - 1].value)
    func x(_ value: Int64) -> Double {
      min(1, max(0, (LogarithmicAxis.log2(max(1, value)) - from) / (to - from)))
    }
    let base = top + row * Double(rows.count)
    let words = rows.map { row in
      "\(row.name): median \(HumanFormat.duration(row.p50)), p95 \(HumanFormat.duration(row.p95)), "
        + "p99 \(HumanFormat.duration(row.p99)), largest \(HumanFormat.duration(row.max))"
    }
    var canvas = SVGCanvas(
      "latency-chart", height: base + 26, title: "Latencies, logarithmic",
      description: words.joined(separator: "; ") + ".", kind: "fluid rows")
    let ticks = TickLabels.chosen(
      marks.map { (position: x($0.value), label: $0.label) }, width: 1_030, isFlush: true)
    for (index, latency) in rows.enumerated() {
      let y = top + row * Double(index)
      let middle = y + 26
      for tick in ticks {
        canvas.line(
          tick.position, y + 18, tick.position, y + 35, tick.isNarrow ? "grid" : "grid w")
      }
      canvas.text(0, y + 12, SVGCanvas.shortened(latency.name, 26), kind: "name")
      canvas.text(
        1, y + 12, "p99 \(HumanFormat.duration(latency.p99))", anchor: "end", kind: "axis")
      canvas.line(x(latency.p50), middle, x(latency.max), middle, "stem")
      canvas.rect(x(latency.p50), middle - 5, x(latency.p99) - x(latency.p50), 10, "soft")
      canvas.rect(x(latency.p50), middle - 5, x(latency.p95) - x(latency.p50), 10, "one")
      canvas.line(x(latency.max), middle - 6, x(latency.max), middle + 6, "stem")
      canvas.circle(x(latency.p50), middle, 5, "dot")
    }
    canvas.line(0, base, 1, base, "base")
    canvas.axis(ticks, at: base)
    let keys = [
      ("median", "dot"), ("to p95", "one"), ("to p99", "soft"), ("to the largest value", "stem"),
    ].map { "<li><i class=\"key \($0.1)\"></i>\($0.0)</li>" }
    return "<figure>\n<figcaption><ul class=\"legend\">\(keys.joined())</ul></figcaption>\n"
      + canvas.render() + "</figure>\n"
  }
}
