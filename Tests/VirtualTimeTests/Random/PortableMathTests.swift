import Chance
import Testing
import VirtualTime

/// Golden values computed with 300 bits by mpmath 1.3 and rounded to the nearest double.
@Suite struct PortableMathTests {
  static let logarithms: [(x: Double, ln: Double)] = [
    (0x1p-1074, -744.4400719213812),
    (2.2250738585072014e-308, -708.3964185322641),
    (1e-300, -690.7755278982137),
    (1e-10, -23.025850929940457),
    (0.1, -2.3025850929940455),
    (0.5, -0.6931471805599453),
    (0.7071067811865475, -0.34657359027997275),
    (0.9999999999999999, -1.1102230246251565e-16),
    (1.0000000000000002, 2.2204460492503128e-16),
    (1.4142135623730951, 0.3465735902799727),
    (2.0, 0.6931471805599453),
    (2.718281828459045, 1.0),
    (10.0, 2.302585092994046),
    (123456.789, 11.723646487185881),
    (10000000000.0, 23.025850929940457),
    (1.7976931348623157e+308, 709.782712893384),
    (9.84616250024866e-12, -25.34393933053935),
    (28760579495.265633, 24.082271518944857),
    (87178068.105358, 18.283463344691388),
    (4.2348983264778756e-08, -16.97732142405204),
    (0.7287564787220766, -0.31641565117228465),
    (0.030166820923323314, -3.5010126034771094),
    (36593.43616486526, 10.50762416354838),
    (491404256.56879795, 20.01277768014),
  ]
  static let exponentials: [(x: Double, exp: Double)] = [
    (-745.0, 0x1p-1074),
    (-708.3, 2.450295530965988e-308),
    (-100.25, 2.897198083210148e-44),
    (-10.0, 4.5399929762484854e-05),
    (-1.0, 0.36787944117144233),
    (-0.5, 0.6065306597126334),
    (-1e-10, 0.9999999999),
    (0.0, 1.0),
    (1e-16, 1.0),
    (1e-05, 1.00001000005),
    (0.34657359027997264, 1.414213562373095),
    (0.5, 1.6487212707001282),
    (1.0, 2.718281828459045),
    (2.0, 7.38905609893065),
    (10.0, 22026.465794806718),
    (33.3, 289738526663660.5),
    (100.25, 3.451610733125924e+43),
    (500.125, 1.5904783503965786e+217),
    (709.5, 1.3549863193146328e+308),
    (-243.68424793545907, 1.476643965336938e-106),
    (-282.9915140867962, 1.2541428503487387e-123),
    (201.45906235192183, 3.108558958585241e+87),
    (-40.339759256967966, 3.024580538547194e-18),
    (157.3680494747652, 2.208388692451936e+68),
    (-298.7363679893336, 1.8215614992969e-130),
  ]
  static let powers: [(x: Double, y: Double, pow: Double)] = [
    (2.0, 10.0, 1024.0),
    (10.0, -3.0, 0.001),
    (1.5, 0.5, 1.224744871391589),
    (123.0, -1.2, 0.003105373669332811),
    (10000.0, -0.86, 0.0003630780547701014),
    (0.3, 4.5, 0.004436552715791845),
    (7.25, 0.0, 1.0),
    (1000000.0, 1.75, 31622776601.683792),
  ]
  /// Lower tail; the upper is its mirror.
  static let quantiles: [(p: Double, z: Double)] = [
    (2.3283064365386963e-10, -6.230260137989043),
    (1e-09, -5.9978070150076865),
    (1e-06, -4.753424308822899),
    (0.0001, -3.7190164854556804),
    (0.001, -3.0902323061678136),
    (0.01, -2.326347874040841),
    (0.025, -1.9599639845400543),
    (0.074, -1.4466320671589785),
    (0.075, -1.439531470938456),
    (0.1, -1.2815515655446004),
    (0.25, -0.6744897501960817),
    (0.4, -0.2533471031357997),
    (0.499, -0.002506630899571766),
    (0.5, 0.0),
  ]

  /// Distance in units of the last place; one for subnormal neighbours.
  static func units(_ a: Double, _ b: Double) -> Double { a == b ? 0 : abs(a - b) / b.ulp }

  @Test("The logarithm is within two units of the last place", arguments: logarithms)
  func logarithm(x: Double, ln: Double) {
    #expect(Self.units(PortableMath.ln(x), ln) <= 2)
  }

  @Test("The exponential is within three units of the last place", arguments: exponentials)
  func exponential(x: Double, exp: Double) {
    #expect(Self.units(PortableMath.exp(x), exp) <= 3)
  }

  @Test("The exponential ends at zero and at infinity")
  func exponentialEnds() {
    #expect(PortableMath.exp(-746) == 0)
    #expect(PortableMath.exp(710) == .infinity)
  }

  @Test("A power has a relative error below 1e-15 for each unit of y ln x", arguments: powers)
  func power(x: Double, y: Double, pow: Double) {
    let bound = 1e-15 * max(1, abs(y * PortableMath.ln(x)))
    #expect(abs(PortableMath.pow(x, y) - pow) <= bound * pow)
  }

  @Test("The normal quantile has a relative error below 1e-15 and is odd", arguments: quantiles)
  func quantile(p: Double, z: Double) {
    #expect(abs(PortableMath.normalQuantile(p, complement: 1 - p) - z) <= 2e-15 * abs(z))
    #expect(
      PortableMath.normalQuantile(1 - p, complement: p)
        == -PortableMath.normalQuantile(p, complement: 1 - p))
  }
}
