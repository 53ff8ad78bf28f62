import Text

/// A scalable drawing with a title and a description, built element by element.
struct SVGCanvas {
  private let width: Double
  private let height: Double
  private let id: String
  private let title: String
  private let description: String
  private let kind: String
  private var elements = ""

  /// A drawing of `width` x `height` units; `id` is unique in the page and made of fixed words,
  /// `kind` is its class.
  init(
    _ id: String, width: Double, height: Double, title: String, description: String,
    kind: String
  ) {
    self.kind = kind
    self.id = id
    self.width = width
    self.height = height
    self.title = title
    self.description = description
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ kind: String) {
    elements +=
      "<line class=\"\(kind)\" x1=\"\(n(x1))\" y1=\"\(n(y1))\" x2=\"\(n(x2))\""
      + " y2=\"\(n(y2))\" />\n"
  }

  mutating func rect(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ kind: String) {
    elements +=
      "<rect class=\"\(kind)\" x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(max(0, width)))\""
      + " height=\"\(n(height))\" rx=\"2\" />\n"
  }

  mutating func circle(_ x: Double, _ y: Double, _ radius: Double, _ kind: String) {
    elements += "<circle class=\"\(kind)\" cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"\(n(radius))\" />\n"
  }

  /// `anchor` is start, middle or end.
  mutating func text(
    _ x: Double, _ y: Double, _ text: String, anchor: String = "start", kind: String = ""
  ) {
    let type = kind.isEmpty ? "" : " class=\"\(kind)\""
    elements +=
      "<text\(type) x=\"\(n(x))\" y=\"\(n(y))\" text-anchor=\"\(anchor)\">"
      + "\(escapedHTML(text))</text>\n"
  }

  mutating func path(_ points: [(x: Double, y: Double)], closed: Bool, _ kind: String) {
    var data = ""
    for (index, point) in points.enumerated() {
      data += (index == 0 ? "M" : "L") + n(point.x) + " " + n(point.y)
    }
    elements += "<path class=\"\(kind)\" d=\"\(data)\(closed ? "Z" : "")\" />\n"
  }

  /// The finished element.
  func render() -> String {
    "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"\(kind)\""
      + " viewBox=\"0 0 \(n(width)) \(n(height))\""
      + " role=\"img\" aria-labelledby=\"\(id)-title \(id)-desc\">\n"
      + "<title id=\"\(id)-title\">\(escapedHTML(title))</title>\n"
      + "<desc id=\"\(id)-desc\">\(escapedHTML(description))</desc>\n\(elements)</svg>\n"
  }

  /// A coordinate to a tenth of a unit.
  private func n(_ value: Double) -> String {
    let scaled = (value * 10).rounded()
    guard scaled.magnitude < 1e9 else { return "0" }
    let tenths = Int128(Int64(scaled))
    return tenths % 10 == 0 ? String(tenths / 10) : fixedPoint(tenths, decimals: 1)
  }

  /// `text` cut to `limit` characters.
  static func shortened(_ text: String, _ limit: Int) -> String {
    text.count <= limit ? text : text.prefix(limit - 1) + "…"
  }
}
