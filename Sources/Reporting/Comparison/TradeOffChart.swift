import Text

/// Two dimensions against each other, a point for each strategy: its figures, with lines from
/// quartile to quartile over the replications. Dominated strategies, and those without a claim, are
/// grey and hollow.
struct TradeOffChart {
  private let result: ComparisonResult
  private let across: ComparedMetric
  private let up: ComparedMetric
  private let isAlone: Bool
  private let width: Double
  private let height = 380.0
  private let left = 74.0
  private let right = 24.0
  private let top = 34.0
  private let bottom = 48.0
  /// Most strategies drawn; the table has all.
  private static let maximumPoints = 40

  private let isNarrow: Bool

  /// - Parameters:
  ///   - isAlone: whether it is the only chart, and so may be wide and show the front.
  ///   - isNarrow: whether it is the drawing for telephones.
  init(
    _ result: ComparisonResult, across: ComparedMetric, up: ComparedMetric, isAlone: Bool,
    isNarrow: Bool
  ) {
    self.isNarrow = isNarrow
    self.result = result
    self.across = across
    self.up = up
    self.isAlone = isAlone
    width = isNarrow ? 358 : isAlone ? 1_072 : 516
  }

  /// All charts of a comparison: one for each pair of dimensions.
  static func all(_ result: ComparisonResult) -> [String] {
    let metrics = result.dimensionMetrics
    var charts: [String] = []
    for (index, up) in metrics.enumerated() {
      for across in metrics[(index + 1)...] {
        let drawings = [false, true].map { isNarrow in
          TradeOffChart(
            result, across: across, up: up, isAlone: metrics.count == 2, isNarrow: isNarrow
          ).render()
        }
        let drawn = drawings.joined()
        guard !drawn.isEmpty else { continue }
        charts.append("<figure>\n\(drawn)\(key(result))</figure>\n")
      }
    }
    return charts
  }

  /// What the numbers of the drawing for telephones, where names have no room, stand for.
  private static func key(_ result: ComparisonResult) -> String {
    let items = result.strategies.indices.prefix(maximumPoints).map {
      "<li>\(escapedHTML(visible(result.strategies[$0].label) + mark($0, result)))</li>\n"
    }
    return "<ol class=\"narrow\">\n\(items.joined())</ol>\n"
  }

  /// What is said of a strategy behind its name.
  private static func mark(_ index: Int, _ result: ComparisonResult) -> String {
    let marks = [
      index == result.baseline ? "baseline" : "",
      result.restless(index) > 0 ? "not at rest" : "",
    ].filter { !$0.isEmpty }
    return marks.isEmpty ? "" : " (\(marks.joined(separator: ", ")))"
  }

  private struct Point {
    let name: String
    /// Dominated, or without a claim.
    let isFaint: Bool
    let isDominated: Bool
    let x: (low: Double, middle: Double, high: Double)
    let y: (low: Double, middle: Double, high: Double)
  }

  func render() -> String {
    let points = points()
    guard !points.isEmpty else { return "" }
    let horizontal = axis(points.map(\.x), across.unit, count: isNarrow ? 3 : isAlone ? 8 : 4)
    let vertical = axis(points.map(\.y), up.unit, count: 5)
    let base = height - bottom
    func x(_ value: Double) -> Double {
      left + horizontal.position(value) * (width - left - right)
    }
    func y(_ value: Double) -> Double { base - vertical.position(value) * (base - top) }
    var canvas = SVGCanvas(
      "trade-off-\(up.dimension!.rawValue)-\(across.dimension!.rawValue)"
        + (isNarrow ? "-narrow" : ""), width: width, height: height, title: title,
      description: words(points), kind: isNarrow ? "narrow" : "wide")
    canvas.text(0, 14, up.dimension!.rawValue + ": " + visible(up.label))
    canvas.text(
      width - right, height - 6, across.dimension!.rawValue + ": " + visible(across.label),
      anchor: "end")
    for tick in vertical.ticks {
      canvas.line(left, y(tick), width - right, y(tick), "grid")
      canvas.text(left - 8, y(tick) + 4, vertical.label(tick), anchor: "end", kind: "axis")
    }
    for tick in horizontal.ticks {
      canvas.line(x(tick), top, x(tick), base, "grid")
      canvas.text(x(tick), base + 17, horizontal.label(tick), anchor: "middle", kind: "axis")
    }
    if isAlone { drawFront(points, &canvas, x, y) }
    for point in points.sorted(by: { $0.isFaint && !$1.isFaint }) {
      let (mark, stem) = point.isFaint ? ("ghost", "faint") : ("one", "stem")
      canvas.line(x(point.x.low), y(point.y.middle), x(point.x.high), y(point.y.middle), stem)
      canvas.line(x(point.x.middle), y(point.y.low), x(point.x.middle), y(point.y.high), stem)
      canvas.circle(x(point.x.middle), y(point.y.middle), 6, mark)
    }
    label(points, &canvas, x, y)
    return canvas.render()
  }

  private func points() -> [Point] {
    result.strategies.indices.prefix(Self.maximumPoints).compactMap { index in
      guard let x = values(index, across), let y = values(index, up) else { return nil }
      let conclusion = result.conclusions[index]
      return Point(
        name: isNarrow
          ? String(index + 1)
          : SVGCanvas.shortened(visible(result.strategies[index].label), 40)
            + Self.mark(index, result),
        isFaint: !conclusion.isPareto, isDominated: !conclusion.dominatedBy.isEmpty, x: x, y: y)
    }
  }

  /// The figure that stands first, within the quartiles or beyond: a mean need not lie inside.
  private func values(
    _ strategy: Int, _ metric: ComparedMetric
  ) -> (low: Double, middle: Double, high: Double)? {
    let row = metric.rows[strategy]
    guard let value = row.value(metric.leading), let quartiles = row.quartiles else { return nil }
    return (min(value, quartiles.lower), value, max(value, quartiles.upper))
  }

  private func axis(
    _ values: [(low: Double, middle: Double, high: Double)], _ unit: Quantity.Unit, count: Int
  ) -> ValueAxis {
    ValueAxis(values.map(\.low).min()!, values.map(\.high).max()!, unit: unit, count: count)
  }

  /// The steps along which nothing is better in both.
  private func drawFront(
    _ points: [Point], _ canvas: inout SVGCanvas, _ x: (Double) -> Double,
    _ y: (Double) -> Double
  ) {
    let isRising = across.preference == .higher
    let front = points.filter { !$0.isFaint }.sorted { a, b in
      isRising ? a.x.middle > b.x.middle : a.x.middle < b.x.middle
    }
    guard front.count > 1 else { return }
    var path: [(x: Double, y: Double)] = []
    for point in front {
      if let last = path.last { path.append((x(point.x.middle), last.y)) }
      path.append((x(point.x.middle), y(point.y.middle)))
    }
    canvas.path(path, closed: false, "front")
  }

  /// Names beside the points, with a line to those that had to be moved far.
  private func label(
    _ points: [Point], _ canvas: inout SVGCanvas, _ x: (Double) -> Double,
    _ y: (Double) -> Double
  ) {
    let area = LabelPlacement.Box(
      left: left, right: width, top: top - 12, bottom: height - bottom)
    let middles = points.map { (x: x($0.x.middle), y: y($0.y.middle)) }
    var placement = LabelPlacement(area: area, points: middles)
    for (point, middle) in zip(points, middles) {
      guard let place = placement.place(point.name, x: middle.x, y: middle.y) else { continue }
      if place.shift.magnitude > 20 {
        canvas.line(middle.x, middle.y, place.x, place.baseline - 4, "faint")
      }
      canvas.text(
        place.x, place.baseline, point.name, anchor: place.isLeft ? "end" : "start",
        kind: point.isFaint ? "axis halo" : "halo")
    }
  }

  private var title: String {
    "\(up.dimension!.rawValue) against \(across.dimension!.rawValue): "
      + "\(up.leading.rawValue) against \(across.leading.rawValue)"
  }

  private func words(_ points: [Point]) -> String {
    let (first, second) = (MetricFormat(across), MetricFormat(up))
    return points.map { point in
      "\(point.name): \(first.value(point.x.middle)), \(second.value(point.y.middle))"
        + (point.isDominated ? ", dominated" : "")
    }.joined(separator: "; ") + "."
  }
}
