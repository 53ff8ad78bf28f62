import Chance

/// The logarithm of the gamma function, from portable operations alone.
enum GammaFunction {
  /// Stirling's series, B(2k) / (2k (2k - 1)), for k = 1...7 (Abramowitz and Stegun, 6.1.40).
  private static let stirling = [
    1.0 / 12, -1.0 / 360, 1.0 / 1_260, -1.0 / 1_680, 1.0 / 1_188, -691.0 / 360_360, 1.0 / 156,
  ]

  /// ln gamma(x) of x > 0; error below 1e-14 of the larger of it and 1.
  static func logarithm(_ x: Double) -> Double {
    precondition(x > 0, "the gamma function is asked for arguments above zero only")
    var x = x
    var product = 1.0
    while x < 12 {
      product *= x
      x += 1
    }
    let square = 1 / (x * x)
    let series = stirling.reversed().reduce(0) { $0 * square + $1 } / x
    let halfLnTwoPi = 0.918_938_533_204_672_741_8
    return (x - 0.5) * PortableMath.ln(x) - x + halfLnTwoPi + series - PortableMath.ln(product)
  }
}
