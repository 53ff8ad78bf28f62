import Text

/// A drawing as wide as the figure it stands in, whose letters keep their size: across it is
/// measured in parts of its width (0 to 1), downwards in pixels.
///
/// The style sheet gives the element a margin at the left for the labels of a vertical axis.
struct FluidCanvas {
  private let height: Double
  private let id: String
  private let title: String
  private let description: String
  private let kind: String
  private var elements = ""

  /// A drawing of `height` pixels; `id` is unique in the page and made of fixed words.
  init(_ id: String, height: Double, title: String, description: String, kind: String = "fluid") {
    self.id = id
    self.height = height
    self.title = title
    self.description = description
    self.kind = kind
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ kind: String) {
    elements +=
      "<line class=\"\(kind)\" x1=\"\(part(x1))\" y1=\"\(pixel(y1))\" x2=\"\(part(x2))\""
      + " y2=\"\(pixel(y2))\" />\n"
  }

  mutating func rect(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ kind: String) {
    elements +=
      "<rect class=\"\(kind)\" x=\"\(part(x))\" y=\"\(pixel(y))\" width=\"\(part(max(0, width)))\""
      + " height=\"\(pixel(max(0, height)))\" />\n"
  }

  mutating func circle(_ x: Double, _ y: Double, _ radius: Double, _ kind: String) {
    elements +=
      "<circle class=\"\(kind)\" cx=\"\(part(x))\" cy=\"\(pixel(y))\" r=\"\(pixel(radius))\" />\n"
  }

  /// `anchor` is start, middle or end; the text is moved by `shift` pixels to the right.
  mutating func text(
    _ x: Double, _ y: Double, _ text: String, anchor: String = "start", shift: Double = 0,
    kind: String = ""
  ) {
    let type = kind.isEmpty ? "" : " class=\"\(kind)\""
    let moved = shift == 0 ? "" : " dx=\"\(pixel(shift))\""
    elements +=
      "<text\(type) x=\"\(part(x))\" y=\"\(pixel(y))\"\(moved) text-anchor=\"\(anchor)\">"
      + "\(escapedHTML(text))</text>\n"
  }

  /// A curve through points of which x is a part of the width and y counts pixels; each is drawn
  /// from the one before by whole steps of 1/1,440 of the width and half a pixel, and steps in the
  /// same direction are one.
  struct Curve {
    let points: [(x: Double, y: Double)]
    let kind: String
    /// Whether the area down to the lower edge is filled instead.
    var isArea = false
  }

  /// Curves in an area of `height` pixels from `top` on.
  mutating func curves(_ curves: [Curve], top: Double, height: Double) {
    elements +=
      "<svg class=\"plot\" x=\"0\" y=\"\(pixel(top))\" width=\"100%\" height=\"\(pixel(height))\""
      + " viewBox=\"0 0 1440 \(pixel(height * 2))\" preserveAspectRatio=\"none\">\n"
    for curve in curves {
      let data = path(curve, top: top, height: height)
      if !data.isEmpty { elements += "<path class=\"\(curve.kind)\" d=\"\(data)\" />\n" }
    }
    elements += "</svg>\n"
  }

  private func path(_ curve: Curve, top: Double, height: Double) -> String {
    var places = curve.points.map { point in
      Place(
        x: Int((point.x * 1_440).rounded()),
        y: Int(((point.y - top) * 2).rounded()))
    }
    guard let first = places.first, let last = places.last else { return "" }
    let ground = Int((height * 2).rounded())
    if curve.isArea {
      places = [Place(x: first.x, y: ground)] + places + [Place(x: last.x, y: ground)]
    }
    var text = "M\(places[0].x) \(places[0].y)"
    var at = places[0]
    for index in places.indices.dropFirst() {
      let place = places[index]
      if index + 1 < places.count, isStraight(at, place, places[index + 1]) { continue }
      text += "l\(place.x - at.x) \(place.y - at.y)"
      at = place
    }
    return text + (curve.isArea ? "Z" : "")
  }

  private struct Place {
    let x: Int
    let y: Int
  }

  /// Whether `middle` lies between the others on a horizontal or a vertical line.
  private func isStraight(_ first: Place, _ middle: Place, _ last: Place) -> Bool {
    (first.y == middle.y && middle.y == last.y)
      || (first.x == middle.x && middle.x == last.x && (middle.y > first.y) == (last.y > middle.y))
  }

  /// The finished element.
  func render() -> String {
    "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"\(kind)\" height=\"\(pixel(height))\""
      + " role=\"img\" aria-labelledby=\"\(id)-title \(id)-desc\">\n"
      + "<title id=\"\(id)-title\">\(escapedHTML(title))</title>\n"
      + "<desc id=\"\(id)-desc\">\(escapedHTML(description))</desc>\n\(elements)</svg>\n"
  }

  /// A part of the width in percent, to a hundredth.
  private func part(_ value: Double) -> String { FluidCanvas.percent(value) }

  /// `0.0123` is `1.23%`.
  static func percent(_ value: Double) -> String { decimals(value * 100, 2) + "%" }

  private func pixel(_ value: Double) -> String { Self.decimals(value, 1) }

  private static func decimals(_ value: Double, _ count: Int) -> String {
    let scaled = (value * (count == 1 ? 10 : 100)).rounded()
    guard scaled.magnitude < 1e9 else { return "0" }
    var text = fixedPoint(Int128(Int64(scaled)), decimals: count)
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }
}
