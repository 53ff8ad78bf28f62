import Chance

/// The standard normal distribution, from `+ - * /`, `sqrt` and `PortableMath` alone, so that the
/// same bits come out on every machine.
public enum NormalDistribution {
  /// Where the series gives way to the continued fraction, in units of z / sqrt 2.
  private static let crossing = 1.5

  /// Probability of a value of at most `z`; relative error below 1e-13 down to z = -37, where the
  /// probability itself runs out of doubles. 0 and 1 for infinities; traps when `z` is no number.
  public static func cumulative(_ z: Double) -> Double { upperTail(-z) }

  /// Probability of a value above `z`, precise also where it is tiny.
  public static func upperTail(_ z: Double) -> Double {
    precondition(!z.isNaN, "a probability needs a number")
    return z < 0
      ? 1 - 0.5 * complement(-z * 0.5.squareRoot())
      : 0.5 * complement(z * 0.5.squareRoot())
  }

  /// The value below which a standard normal variable lies with `probability`, which is inside
  /// 0...1; minus and plus infinity at the ends.
  public static func quantile(_ probability: Double) -> Double {
    precondition((0...1).contains(probability), "a quantile needs a probability in 0...1")
    if probability == 0 { return -.infinity }
    if probability == 1 { return .infinity }
    return PortableMath.normalQuantile(probability, complement: 1 - probability)
  }

  /// erfc(x) of x >= 0 (Abramowitz and Stegun, 7.1.6 and 7.1.14).
  private static func complement(_ x: Double) -> Double {
    if x > 27.3 { return 0 }
    let density = PortableMath.exp(-x * x) / 1.772_453_850_905_516_027_3
    return x < crossing ? 1 - 2 * density * series(x) : density * fraction(x)
  }

  /// The sum over n of 2^n x^(2n+1) / (1 * 3 * ... * (2n+1)): all terms positive, nothing cancels.
  private static func series(_ x: Double) -> Double {
    var term = x
    var sum = x
    var odd = 3.0
    while term > sum * 1e-18 {
      term *= 2 * x * x / odd
      sum += term
      odd += 2
    }
    return sum
  }

  /// 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))), from the inside out; 80 levels suffice for
  /// x >= 1.5.
  private static func fraction(_ x: Double) -> Double {
    var value = x
    for level in stride(from: 80, through: 1, by: -1) { value = x + Double(level) / 2 / value }
    return 1 / value
  }
}
