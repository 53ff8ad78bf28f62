/// Which labels of a horizontal axis are shown, so that none touches another: in a wide drawing,
/// and which of those in a narrow one too.
enum TickLabels {
  struct Tick {
    /// Part of the width at which it stands.
    let position: Double
    let label: String
    /// Whether its label begins with it instead of being in its middle.
    var isFlush = false
    /// Whether there is room for it on a telephone.
    var isNarrow = false
  }

  /// Width of a letter of an axis (pixels), on the wide side.
  private static let letter = 7.4
  /// Between two labels (pixels).
  private static let gap = 10.0
  /// Room beside the drawing for half a label (pixels).
  private static let margin = 12.0
  /// The drawing on a telephone of 390 pixels.
  private static let narrowWidth = 280.0
  private static let flushWidth = 335.0

  /// The ticks that have room in a drawing `width` pixels wide.
  ///
  /// - Parameter isFlush: whether there is no room at the left, so that a label there begins with
  ///   the drawing.
  static func chosen(
    _ ticks: [(position: Double, label: String)], width: Double, isFlush: Bool = false
  ) -> [Tick] {
    let all = ticks.map {
      Tick(position: $0.position, label: $0.label, isFlush: isFlush && $0.position < 0.01)
    }
    var chosen = every(all, width, isFlush)
    let narrow = every(chosen, isFlush ? flushWidth : narrowWidth, isFlush).map(\.position)
    for index in chosen.indices { chosen[index].isNarrow = narrow.contains(chosen[index].position) }
    return chosen
  }

  /// Every tick, or every second, and so on, without those that would stand out at a side.
  private static func every(_ ticks: [Tick], _ width: Double, _ isFlush: Bool) -> [Tick] {
    func half(_ tick: Tick) -> Double {
      Double(tick.label.count) * letter / (tick.isFlush ? 1 : 2)
    }
    let inside = ticks.filter { tick in
      let hasRoomLeft = !isFlush || tick.isFlush || tick.position * width >= half(tick)
      return hasRoomLeft && (1 - tick.position) * width + margin >= half(tick)
    }
    for step in 1...max(1, inside.count) {
      let some = stride(from: 0, to: inside.count, by: step).map { inside[$0] }
      let fits = zip(some, some.dropFirst()).allSatisfy { left, right in
        (right.position - left.position) * width >= half(left) + half(right) + gap
      }
      if fits { return some }
    }
    return Array(inside.prefix(1))
  }
}

extension SVGCanvas {
  /// Labels of a horizontal axis at `y`, with a mark above each.
  mutating func axis(_ ticks: [TickLabels.Tick], at y: Double) {
    for tick in ticks {
      let kind = tick.isNarrow ? "axis" : "axis w"
      line(tick.position, y, tick.position, y + 4, tick.isNarrow ? "grid" : "grid w")
      text(tick.position, y + 17, tick.label, anchor: tick.isFlush ? "start" : "middle", kind: kind)
    }
  }
}
