/// Logarithm, exponential and normal quantile from `+ - * /` and `sqrt` alone.
///
/// The C library's versions differ in the last bit between processors (fused multiply-add); these
/// give the same bits everywhere. Relative error below 1e-15; used to build tables, not in the hot
/// path.
public enum PortableMath {
  /// ln 2 in two parts; the upper has 21 trailing zeros, so its product with an exponent is exact.
  static let ln2High = 0x1.62e42feep-1
  static let ln2Low = 0x1.a39ef35793c76p-33

  /// Natural logarithm of a positive finite number.
  public static func ln(_ x: Double) -> Double {
    precondition(x > 0 && x.isFinite, "a logarithm needs a positive finite number")
    var exponent = Double(x.exponent)
    var mantissa = x.significand
    if mantissa > 0x1.6a09e667f3bcdp0 {
      mantissa /= 2
      exponent += 1
    }
    // ln m = 2 artanh((m - 1) / (m + 1)), |argument| <= 0.1716
    let s = (mantissa - 1) / (mantissa + 1)
    let square = s * s
    var sum = 0.0
    var k = 25.0
    while k >= 3 {
      sum = (sum + 1 / k) * square
      k -= 2
    }
    return exponent * ln2High + (2 * s * (1 + sum) + exponent * ln2Low)
  }

  /// e^x; zero below -745, infinity above 709.7. Traps when `x` is not a number.
  public static func exp(_ x: Double) -> Double {
    if x < -745 { return 0 }
    if x > 709.7 { return .infinity }
    let k = (x / ln2High).rounded()
    let r = (x - k * ln2High) - k * ln2Low
    var sum = 1.0
    var n = 18.0
    while n >= 1 {
      sum = 1 + sum * r / n
      n -= 1
    }
    let half = Int(k) / 2
    return sum * power2(half) * power2(Int(k) - half)
  }

  /// x^y for positive x. The relative error grows with |y ln x|, by 1e-16 for each unit.
  public static func pow(_ x: Double, _ y: Double) -> Double { exp(y * ln(x)) }

  private static func power2(_ n: Int) -> Double {
    Double(sign: .plus, exponent: n, significand: 1)
  }

  /// The value below which a standard normal variable lies with probability `p` (Wichura 1988, AS
  /// 241, PPND16). `complement` is 1 - p, given apart so that the upper tail keeps its precision.
  public static func normalQuantile(_ p: Double, complement: Double) -> Double {
    precondition(p > 0 && complement > 0, "a quantile needs a probability inside 0...1")
    let q = p <= 0.5 ? p - 0.5 : 0.5 - complement
    if abs(q) <= 0.425 {
      let r = 0.180625 - q * q
      return q * ratio(r, centralNumerator, centralDenominator)
    }
    let r = (-ln(q < 0 ? p : complement)).squareRoot()
    let z =
      r <= 5
      ? ratio(r - 1.6, middleNumerator, middleDenominator)
      : ratio(r - 5, farNumerator, farDenominator)
    return q < 0 ? -z : z
  }

  private static func ratio(_ x: Double, _ numerator: [Double], _ denominator: [Double]) -> Double {
    func horner(_ coefficients: [Double]) -> Double {
      coefficients.reversed().reduce(0) { $0 * x + $1 }
    }
    return horner(numerator) / horner(denominator)
  }

  private static let centralNumerator = [
    3.387_132_872_796_366_608_0, 1.331_416_678_917_843_774_5e2, 1.971_590_950_306_551_442_7e3,
    1.373_169_376_550_946_112_5e4, 4.592_195_393_154_987_145_7e4, 6.726_577_092_700_870_085_3e4,
    3.343_057_558_358_812_810_5e4, 2.509_080_928_730_122_672_7e3,
  ]
  private static let centralDenominator = [
    1, 4.231_333_070_160_091_125_2e1, 6.871_870_074_920_579_083e2, 5.394_196_021_424_751_107_7e3,
    2.121_379_430_158_659_586_7e4, 3.930_789_580_009_271_061e4, 2.872_908_573_572_194_267_4e4,
    5.226_495_278_852_854_561e3,
  ]
  private static let middleNumerator = [
    1.423_437_110_749_683_577_34, 4.630_337_846_156_545_295_9, 5.769_497_221_460_691_405_5,
    3.647_848_324_763_204_605_04, 1.270_458_252_452_368_382_58, 2.417_807_251_774_506_117_7e-1,
    2.272_384_498_926_918_458_33e-2, 7.745_450_142_783_414_076_4e-4,
  ]
  private static let middleDenominator = [
    1, 2.053_191_626_637_758_821_87, 1.676_384_830_183_803_849_4, 6.897_673_349_851_000_045_5e-1,
    1.481_039_764_274_800_745_9e-1, 1.519_866_656_361_645_719_66e-2,
    5.475_938_084_995_344_946e-4, 1.050_750_071_644_416_843_24e-9,
  ]
  private static let farNumerator = [
    6.657_904_643_501_103_777_2, 5.463_784_911_164_114_369_9, 1.784_826_539_917_291_335_8,
    2.965_605_718_285_048_912_3e-1, 2.653_218_952_657_612_309_3e-2,
    1.242_660_947_388_078_438_6e-3, 2.711_555_568_743_487_578_15e-5,
    2.010_334_399_292_288_132_65e-7,
  ]
  private static let farDenominator = [
    1, 5.998_322_065_558_879_376_9e-1, 1.369_298_809_227_358_053_1e-1,
    1.487_536_129_085_061_485_25e-2, 7.868_691_311_456_132_591e-4,
    1.846_318_317_510_054_681_8e-5, 1.421_511_758_316_445_888_7e-7,
    2.044_263_103_389_939_785_64e-15,
  ]
}
