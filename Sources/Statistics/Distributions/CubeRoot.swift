import Chance

/// The cube root from portable operations alone.
enum CubeRoot {
  /// The number whose cube is `value`, of any sign; to a rounding or two.
  static func of(_ value: Double) -> Double {
    guard value != 0 else { return 0 }
    let size = value.magnitude
    var root = PortableMath.exp(PortableMath.ln(size) / 3)
    for _ in 0..<2 { root -= (root - size / (root * root)) / 3 }
    return value < 0 ? -root : root
  }
}
