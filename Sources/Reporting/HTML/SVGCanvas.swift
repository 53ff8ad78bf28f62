import Text

/// A drawing with a title and a description, built element by element.
///
/// It is as wide as the figure it stands in, and its letters keep their size: across it is measured
/// in parts of its width (0 to 1), downwards in pixels, and the style sheet gives it a margin at
/// the left for the labels of a vertical axis. With a width of its own it is measured in units both
/// ways, and scaled as a whole.
struct SVGCanvas {
  /// Units; nil for the width of the figure.
  private let width: Double?
  private let height: Double
  private let id: String
  private let title: String
  private let description: String
  private let kind: String
  var elements = ""

  /// A drawing of `height`; `id` is unique in the page and made of fixed words, `kind` is its
  /// class.
  init(
    _ id: String, width: Double? = nil, height: Double, title: String, description: String,
    kind: String = "fluid"
  ) {
    self.id = id
    self.width = width
    self.height = height
    self.title = title
    self.description = description
    self.kind = kind
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ kind: String) {
    elements +=
      "<line class=\"\(kind)\" x1=\"\(across(x1))\" y1=\"\(down(y1))\" x2=\"\(across(x2))\""
      + " y2=\"\(down(y2))\" />\n"
  }

  mutating func rect(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ kind: String) {
    elements +=
      "<rect class=\"\(kind)\" x=\"\(across(x))\" y=\"\(down(y))\""
      + " width=\"\(across(max(0, width)))\" height=\"\(down(max(0, height)))\" />\n"
  }

  mutating func circle(_ x: Double, _ y: Double, _ radius: Double, _ kind: String) {
    elements +=
      "<circle class=\"\(kind)\" cx=\"\(across(x))\" cy=\"\(down(y))\" r=\"\(down(radius))\" />\n"
  }

  /// `anchor` is start, middle or end; the text is moved by `shift` pixels to the right.
  mutating func text(
    _ x: Double, _ y: Double, _ text: String, anchor: String = "start", shift: Double = 0,
    kind: String = ""
  ) {
    let type = kind.isEmpty ? "" : " class=\"\(kind)\""
    let moved = shift == 0 ? "" : " dx=\"\(down(shift))\""
    elements +=
      "<text\(type) x=\"\(across(x))\" y=\"\(down(y))\"\(moved) text-anchor=\"\(anchor)\">"
      + "\(escapedHTML(text))</text>\n"
  }

  mutating func path(_ points: [(x: Double, y: Double)], closed: Bool, _ kind: String) {
    var data = ""
    for (index, point) in points.enumerated() {
      data += (index == 0 ? "M" : "L") + across(point.x) + " " + down(point.y)
    }
    elements += "<path class=\"\(kind)\" d=\"\(data)\(closed ? "Z" : "")\" />\n"
  }

  /// The finished element.
  func render() -> String {
    let size =
      width.map { " viewBox=\"0 0 \(down($0)) \(down(height))\"" } ?? " height=\"\(down(height))\""
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"\(kind)\"\(size)"
      + " role=\"img\" aria-labelledby=\"\(id)-title \(id)-desc\">\n"
      + "<title id=\"\(id)-title\">\(escapedHTML(title))</title>\n"
      + "<desc id=\"\(id)-desc\">\(escapedHTML(description))</desc>\n\(elements)</svg>\n"
  }

  private func across(_ value: Double) -> String {
    width == nil ? Self.percent(value) : down(value)
  }

  /// Pixels or units, to a tenth.
  func down(_ value: Double) -> String { Self.rounded(value * 10, decimals: 1) }

  /// A part of the width, to a hundredth of a percent: `0.0123` is `1.23%`.
  static func percent(_ value: Double) -> String { rounded(value * 10_000, decimals: 2) + "%" }

  private static func rounded(_ scaled: Double, decimals: Int) -> String {
    let scaled = scaled.rounded()
    guard scaled.magnitude < 1e9 else { return "0" }
    return withoutTrailingZeros(fixedPoint(Int128(Int64(scaled)), decimals: decimals))
  }

  /// `text` cut to `limit` characters.
  static func shortened(_ text: String, _ limit: Int) -> String {
    text.count <= limit ? text : text.prefix(limit - 1) + "…"
  }
}
