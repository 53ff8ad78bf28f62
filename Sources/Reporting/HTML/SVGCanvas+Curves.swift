/// Curves over the whole width of a drawing that is as wide as its figure.
extension SVGCanvas {
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
      "<svg class=\"plot\" x=\"0\" y=\"\(down(top))\" width=\"100%\" height=\"\(down(height))\""
      + " viewBox=\"0 0 1440 \(down(height * 2))\" preserveAspectRatio=\"none\">\n"
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
}
