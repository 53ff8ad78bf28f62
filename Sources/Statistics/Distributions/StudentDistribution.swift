import Chance

/// Student's t distribution, from portable operations alone, so that the same bits come out on
/// every machine.
public struct StudentDistribution: Sendable, Equatable {
  /// Degrees of freedom, above zero; a fraction where variances differ (Welch 1947).
  public let degrees: Double

  /// The distribution with `degrees` of freedom.
  public init(degrees: Double) {
    precondition(degrees > 0 && degrees.isFinite, "degrees of freedom lie above zero")
    self.degrees = degrees
  }

  /// Probability of a value above `t`; relative error below 1e-11 down to 1e-300. Traps when `t` is
  /// no number.
  public func upperTail(_ t: Double) -> Double {
    precondition(!t.isNaN, "a probability needs a number")
    if t == 0 { return 0.5 }
    if t.magnitude == .infinity { return t > 0 ? 0 : 1 }
    let square = t * t
    guard square < .infinity else { return t > 0 ? 0 : 1 }
    // The smaller of the two shares, so that nothing cancels (Abramowitz and Stegun, 26.7.1).
    let tail = Self.incompleteBeta(
      degrees / (degrees + square), square / (degrees + square), degrees / 2, 0.5)
    return t > 0 ? tail / 2 : 1 - tail / 2
  }

  /// The value above which a variable lies with `probability`, which is inside 0...0.5.
  ///
  /// By Newton's method from zero: the tail is convex there, so that each step ends short of the
  /// value, and the steps end where rounding does.
  public func upperQuantile(_ probability: Double) -> Double {
    precondition(
      probability > 0 && probability <= 0.5, "an upper quantile has at most a half above it")
    let scale =
      PortableMath.exp(
        GammaFunction.logarithm((degrees + 1) / 2) - GammaFunction.logarithm(degrees / 2))
      / (degrees * .pi).squareRoot()
    var t = 0.0
    while true {
      let density = scale * PortableMath.pow(1 + t * t / degrees, -(degrees + 1) / 2)
      let next = t + (upperTail(t) - probability) / density
      guard next > t, next < .infinity else { return t }
      t = next
    }
  }

  /// The regularised incomplete beta function of `x` with 1 - x given as `complement`.
  private static func incompleteBeta(
    _ x: Double, _ complement: Double, _ a: Double, _ b: Double
  ) -> Double {
    // The continued fraction converges fast below the mean only; beyond it the other tail is taken.
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(complement, x, b, a) }
    if x == 0 { return 0 }
    let scale =
      GammaFunction.logarithm(a + b) - GammaFunction.logarithm(a) - GammaFunction.logarithm(b)
      + a * PortableMath.ln(x) + b * PortableMath.ln(complement)
    return PortableMath.exp(scale) * fraction(x, a, b) / a
  }

  /// The continued fraction of the incomplete beta function by Lentz's method (Numerical Recipes,
  /// 6.4).
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    func guarded(_ value: Double) -> Double { value.magnitude < 1e-300 ? 1e-300 : value }
    var c = 1.0
    var d = 1 / guarded(1 - (a + b) * x / (a + 1))
    var result = d
    func take(_ term: Double) {
      d = 1 / guarded(1 + term * d)
      c = guarded(1 + term / c)
      result *= c * d
    }
    for step in 1...10_000 {
      let m = Double(step)
      take(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)))
      take(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)))
      if (c * d - 1).magnitude < 1e-15 { return result }
    }
    return result
  }
}
