import Text

/// Curves over virtual time on one vertical axis from zero, with a legend.
struct LineChart {
  /// A value that holds from a time on.
  struct Point {
    let time: Int64
    let value: Double
  }

  struct Line {
    let name: String
    /// In order of time; runs of points without a gap.
    let runs: [[Point]]
    /// The number of its colour, from 1.
    let colour: Int
    var isArea = false
  }

  /// How much room it has.
  enum Size {
    case large, small

    var height: Double { self == .large ? 250 : 190 }
    /// The drawing where the page is wide (pixels).
    var width: Double { self == .large ? 990 : 430 }
    /// Most points of a curve.
    var points: Int { self == .large ? 720 : 360 }
    var timeTicks: Int64 { self == .large ? 12 : 6 }
  }

  let id: String
  let title: String
  /// Unit of the values, for the reader; values are given in it.
  let unit: String
  let lines: [Line]
  /// What is shown of virtual time (ns).
  let range: Range<Int64>
  /// Faults, behind the curves.
  var bands: [FaultBand] = []
  var size = Size.small
  /// A line under the legend.
  var note = ""

  private static let top = 10.0
  private static let bottom = 24.0

  func render() -> String {
    let peak = lines.flatMap(\.runs).joined().map(\.value).max() ?? 0
    let ticks = LinearAxis.ticks(upTo: peak, count: size == .large ? 5 : 4)
    let ceiling = ticks.last ?? 1
    let area = size.height - Self.top - Self.bottom
    let base = size.height - Self.bottom
    func y(_ value: Double) -> Double { base - value / ceiling * area }
    func x(_ time: Int64) -> Double {
      Double(time - range.lowerBound) / Double(range.upperBound - range.lowerBound)
    }
    var canvas = SVGCanvas(
      id, height: size.height, title: unit.isEmpty ? title : "\(title), \(unit)",
      description: words(peak))
    for band in shown {
      let window = band.window.clamped(to: range)
      // A fault of seconds in a day of hours is to be seen too.
      let width = max(2 / size.width, x(window.upperBound) - x(window.lowerBound))
      canvas.rect(x(window.lowerBound), Self.top, width, area, FaultBand.kind)
    }
    for tick in ticks {
      canvas.line(0, y(tick), 1, y(tick), tick == 0 ? "base" : "grid")
      canvas.text(0, y(tick) + 4, LinearAxis.label(tick), anchor: "end", shift: -8, kind: "axis")
    }
    let times = TimeAxis.ticks(range, count: size.timeTicks)
    let labels = times.map { (position: x($0), label: TimeAxis.shortLabel($0)) }
    canvas.axis(TickLabels.chosen(labels, width: size.width), at: base)
    var curves: [SVGCanvas.Curve] = []
    for line in lines {
      for run in line.runs {
        let points = Extremes.kept(inside(run), atMost: size.points).map {
          (x: x($0.time), y: y($0.value))
        }
        if line.isArea {
          curves.append(SVGCanvas.Curve(points: points, kind: "area", isArea: true))
        }
        curves.append(SVGCanvas.Curve(points: points, kind: "curve k\(line.colour)"))
      }
    }
    canvas.curves(curves, top: Self.top, height: area)
    return "<figure class=\"panel\">\n\(caption)\(canvas.render())</figure>\n"
  }

  /// The bands of which something is in the range.
  private var shown: [FaultBand] { bands.filter { $0.window.overlaps(range) } }

  /// The part of a run that lies in the range; a level that goes on beyond is cut there.
  private func inside(_ run: [Point]) -> [Point] {
    var kept = run.filter { range.lowerBound <= $0.time && $0.time < range.upperBound }
    if let last = kept.last, let next = run.first(where: { $0.time >= range.upperBound }),
      next.value == last.value
    {
      kept.append(Point(time: range.upperBound, value: last.value))
    }
    return kept
  }

  private var caption: String {
    let unit = unit.isEmpty ? "" : " <span>\(escapedHTML(unit))</span>"
    let legend = lines.map {
      "<li><i class=\"key k\($0.colour)\"></i>\(escapedHTML(SVGCanvas.shortened($0.name, 40)))</li>"
    }
    let list = lines.count > 1 ? "<ul class=\"legend\">\(legend.joined())</ul>" : ""
    let below = [note, shown.isEmpty ? "" : "Shaded: \(FaultBand.words(shown))."]
    let note = below.filter { !$0.isEmpty }
      .map { "<p class=\"note\">\(escapedHTML($0))</p>" }.joined()
    return "<figcaption><strong>\(escapedHTML(title))</strong>\(unit)\(list)\(note)</figcaption>\n"
  }

  private func words(_ peak: Double) -> String {
    let span =
      "From \(TimeAxis.label(range.lowerBound)) to \(TimeAxis.label(range.upperBound)) of virtual "
      + "time. "
    let peaks = lines.compactMap { line -> String? in
      guard let top = line.runs.joined().max(by: { $0.value < $1.value }) else { return nil }
      return "\(line.name): at most \(HumanFormat.significant(top.value, digits: 3)) \(unit), at "
        + TimeAxis.label(top.time)
    }
    let faults = shown.isEmpty ? "" : "Shaded: \(FaultBand.words(shown)). "
    return span + faults + (peaks.isEmpty ? "No values." : peaks.joined(separator: "; ") + ".")
  }
}

/// Fewer points of a curve, none of its peaks lost.
enum Extremes {
  /// At most `limit` of `points`, an even number: of each stretch of the curve the smallest and the
  /// largest value, in their order.
  static func kept(_ points: [LineChart.Point], atMost limit: Int) -> [LineChart.Point] {
    guard points.count > limit else { return points }
    let stretches = limit / 2
    return (0..<stretches).flatMap { number -> [LineChart.Point] in
      let range = number * points.count / stretches..<(number + 1) * points.count / stretches
      let low = range.min { points[$0].value < points[$1].value }!
      let high = range.max { points[$0].value < points[$1].value }!
      return low == high
        ? [points[low]] : [points[min(low, high)], points[max(low, high)]]
    }
  }
}
