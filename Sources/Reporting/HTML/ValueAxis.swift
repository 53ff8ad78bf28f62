/// An axis over a range of values that need not begin at zero, in the unit that suits them.
struct ValueAxis {
  /// Round values inside the range, ascending, in the unit of the values.
  let ticks: [Double]
  /// The lower end; `ticks` and values lie inside.
  let low: Double
  /// The upper end, above `low`.
  let high: Double
  private let divisor: Double
  private let suffix: String

  /// An axis from about `low` to about `high` with about `count` ticks.
  init(_ low: Double, _ high: Double, unit: Quantity.Unit, count: Int) {
    let largest = max(low.magnitude, high.magnitude)
    (divisor, suffix) = Self.scale(unit, largest)
    var span = high - low
    // A single value gets room on both sides.
    if !(span > largest * 1e-9) { span = largest > 0 ? largest * 0.1 : 1 }
    let margin = high - low < span ? span / 2 : span * 0.06
    let step = Self.step(span / divisor, count) * divisor
    self.low = low - margin
    self.high = high + margin
    let first = (self.low / step).rounded(.up)
    let last = (self.high / step).rounded(.down)
    ticks = first <= last ? (0...Int(last - first)).map { (first + Double($0)) * step } : []
  }

  /// Where `value` lies, from 0 at the lower end to 1 at the upper.
  func position(_ value: Double) -> Double { (value - low) / (high - low) }

  /// A tick's value in little space.
  func label(_ value: Double) -> String {
    let scaled = ((value / divisor) * 1e6).rounded() / 1e6
    return suffix.isEmpty ? LinearAxis.label(scaled) : HumanFormat.plain(scaled) + suffix
  }

  /// A step of 1, 2 or 5 times a power of ten that divides `span` into at most `count` parts.
  private static func step(_ span: Double, _ count: Int) -> Double {
    guard span.isFinite, span > 1e-12, span < 1e18 else { return max(span, 1e-12) }
    var step = 1e-12
    while span / step > Double(count) {
      let mantissa = [2.0, 5, 10].first { span / (step * $0) <= Double(count) }
      step *= mantissa ?? 10
    }
    return step
  }

  private static func scale(_ unit: Quantity.Unit, _ largest: Double) -> (Double, String) {
    switch unit {
    case .ratio: (0.01, " %")
    case .perSecond: (1, "/s")
    case .nanoseconds:
      switch largest {
      case 172_800e9...: (86_400e9, " d")
      case 7_200e9...: (3_600e9, " h")
      case 120e9...: (60e9, " min")
      case 1e9...: (1e9, " s")
      case 1e6...: (1e6, " ms")
      case 1e3...: (1e3, " µs")
      default: (1, " ns")
      }
    case .count, .number, .money, .seconds: (1, "")
    }
  }
}
