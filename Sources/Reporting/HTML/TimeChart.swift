import Measurement

/// One series column over virtual time: a rate per minute for counters, the value for gauges.
struct TimeChart {
  private let series: TimeSeries
  private let id: String
  private let column: Int
  private let isLarge: Bool
  private let width: Double
  private let height: Double
  private let left = 58.0
  private let top = 26.0
  private let bottom = 26.0

  /// - Parameter id: sets the charts of one series apart from those of another.
  init(_ series: TimeSeries, id: String, column: Int, isLarge: Bool) {
    self.series = series
    self.id = id
    self.column = column
    self.isLarge = isLarge
    width = isLarge ? 1_072 : 520
    height = isLarge ? 280 : 170
  }

  func render() -> String {
    let points = folded()
    let end = Int64(series.slotCount) * series.slotLength
    let yTicks = LinearAxis.ticks(upTo: points.map(\.value).max() ?? 0, count: isLarge ? 5 : 3)
    let scale = (height - top - bottom) / (yTicks.last ?? 1)
    let base = height - bottom
    func x(_ time: Int64) -> Double { left + Double(time) / Double(end) * (width - left - 14) }
    func y(_ value: Double) -> Double { base - value * scale }

    var canvas = SVGCanvas(
      "\(id)-\(column)", width: width, height: height, title: title, description: words(points))
    canvas.text(0, 13, title)
    for tick in yTicks {
      canvas.line(left, y(tick), width - 14, y(tick), "grid")
      canvas.text(left - 8, y(tick) + 4, LinearAxis.label(tick), anchor: "end", kind: "axis")
    }
    for tick in TimeAxis.ticks(upTo: end, count: isLarge ? 10 : 4) {
      let isLast = x(tick) > width - 40
      canvas.text(
        x(tick) + (isLast ? 14 : 0), base + 18, TimeAxis.label(tick),
        anchor: tick == 0 ? "start" : isLast ? "end" : "middle", kind: "axis")
    }
    var curve: [(x: Double, y: Double)] = []
    for point in points {
      curve.append((x(point.start), y(point.value)))
      curve.append((x(point.end), y(point.value)))
    }
    let ground = [(x: x(end), y: base), (x: x(0), y: base)]
    canvas.path(curve + ground, closed: true, "area")
    canvas.path(curve, closed: false, "curve")
    return canvas.render()
  }

  private struct Point {
    let start: Int64
    let end: Int64
    let value: Double
  }

  /// The slots folded to as many points as the drawing can show.
  private func folded() -> [Point] {
    let limit = isLarge ? 360 : 180
    let fold = (series.slotCount + limit - 1) / limit
    return stride(from: 0, to: series.slotCount, by: fold).map { start in
      let slots = start..<min(start + fold, series.slotCount)
      let values = slots.map { series.value(column, slot: $0) }
      let minutes = Double(slots.count) * Double(series.slotLength) / 60e9
      return Point(
        start: Int64(start) * series.slotLength, end: Int64(slots.upperBound) * series.slotLength,
        value: isRate ? Double(values.reduce(0, +)) / minutes : Double(values.max() ?? 0))
    }
  }

  private var isRate: Bool { series.columns[column].kind == .sum }

  private var title: String {
    let name = series.columns[column].name.split(separator: "_").joined(separator: " ")
    return name + (isRate ? ", per minute" : ", largest value")
  }

  private func words(_ points: [Point]) -> String {
    guard let peak = points.max(by: { $0.value < $1.value }) else { return "No values." }
    let span = HumanFormat.duration(Int64(series.slotCount) * series.slotLength)
    return "Over \(span) of virtual time; the peak of \(HumanFormat.plain(peak.value.rounded())) "
      + "is at \(TimeAxis.label(peak.start))."
  }
}
