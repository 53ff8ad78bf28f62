/// Places names beside the points of a chart so that they cover neither each other nor a point.
///
/// 1. Every point takes a square, before the first name is placed.
/// 2. A name goes to the right of its point or, where there is no room, to the left, as near to the
///    point's height as is free: 14 units up, 14 down, 28 up and so on.
/// 3. A name for which nothing is free is left out; the table has it.
///
/// The same points and names in the same order give the same places.
struct LabelPlacement {
  /// A rectangle; `y` grows downwards.
  struct Box: Equatable {
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double

    func overlaps(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }

    func contains(_ other: Box) -> Bool {
      left <= other.left && other.right <= right && top <= other.top && other.bottom <= bottom
    }
  }

  /// Where a name stands.
  struct Place: Equatable {
    /// The end of the text that is nearer to the point.
    let x: Double
    /// The line that letters stand on.
    let baseline: Double
    /// Whether the text ends at `x` instead of beginning there.
    let isLeft: Bool
    /// How far it was moved from the height of its point.
    let shift: Double
    /// What the text covers.
    let box: Box
  }

  /// Width of a letter of 12 units.
  static let letter = 7.2
  private static let gap = 9.0
  private static let step = 14.0
  private static let radius = 7.0

  private let area: Box
  private var taken: [Box]

  /// - Parameters:
  ///   - area: what names may cover.
  ///   - points: the middles of all points.
  init(area: Box, points: [(x: Double, y: Double)]) {
    self.area = area
    taken = points.map {
      Box(
        left: $0.x - Self.radius, right: $0.x + Self.radius, top: $0.y - Self.radius,
        bottom: $0.y + Self.radius)
    }
  }

  /// A place for `name` beside the point at `x`, `y`, which is taken from then on.
  mutating func place(_ name: String, x: Double, y: Double) -> Place? {
    let length = Double(TextTable.width(name)) * Self.letter
    let steps = Int((area.bottom - area.top) / Self.step)
    for number in 0...2 * max(0, steps) {
      let distance = Double((number + 1) / 2) * Self.step
      let shift = number.isMultiple(of: 2) ? distance : -distance
      let baseline = y + 4 + shift
      for isLeft in [false, true] {
        let end = isLeft ? x - Self.gap : x + Self.gap
        let box = Box(
          left: isLeft ? end - length : end, right: isLeft ? end : end + length,
          top: baseline - 10, bottom: baseline + 3)
        guard area.contains(box), !taken.contains(where: box.overlaps) else { continue }
        taken.append(box)
        return Place(x: end, baseline: baseline, isLeft: isLeft, shift: shift, box: box)
      }
    }
    return nil
  }
}
