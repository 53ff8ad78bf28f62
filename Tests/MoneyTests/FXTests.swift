import Money
import Testing

@Suite("Foreign exchange")
struct FXTests {
  static func table() throws -> FXTable {
    try FXTable(
      usdPerUnit: [
        (.usd, 1), (.eur, 1.1684), (.gbp, 1.3421), (.jpy, 0.006257), (.kwd, 3.2573),
        (#require(Currency(code: "CLF")), 41.07),
      ],
      spreads: [(.usd, .eur, 2.5), (.usd, .gbp, 3), (.usd, .jpy, 2), (.eur, .gbp, 2)])
  }

  @Test("conversions and residuals agree with Python's decimal", arguments: FXGolden.conversions)
  func golden(
    minorUnits: Int64, source: String, target: String, converted: Int64, residual: Int64
  ) throws {
    let amount = MoneyAmount(
      minorUnits: minorUnits, currency: try #require(Currency(code: source)))
    let currency = try #require(Currency(code: target))
    let conversion = try FXTests.table().convert(amount, to: currency)
    #expect(conversion.amount == MoneyAmount(minorUnits: converted, currency: currency))
    #expect(conversion.residualBillionths == residual)
  }

  @Test(
    "a conversion there and back misses by no more than half a unit each way", arguments: 0..<20)
  func thereAndBack(seed: Int) throws {
    let table = try FXTests.table()
    var numbers = SplitMix(seed: seed)
    for _ in 0..<200 {
      let amount = MoneyAmount(minorUnits: numbers.amount(below: 1 << 50), currency: .usd)
      let euros = table.convert(amount, to: .eur)
      let back = table.convert(euros.amount, to: .usd).amount
      #expect((back - amount).magnitude.minorUnits <= 1, "seed \(seed)")
      #expect(abs(euros.residualBillionths) <= 500_000_000, "seed \(seed)")
      #expect(table.convert(-amount, to: .eur).amount == -euros.amount, "seed \(seed)")
    }
  }

  @Test("ties go to the even minor unit")
  func ties() throws {
    let table = try FXTable(usdPerUnit: [(.eur, 0.5)], spreads: [])
    for (cents, expected) in [(1, 0), (3, 2), (5, 2), (7, 4), (-1, 0), (-3, -2)] {
      let amount = MoneyAmount(minorUnits: Int64(cents), currency: .eur)
      #expect(table.inReportingCurrency(amount).minorUnits == Int64(expected))
    }
  }

  @Test("a pair without a quote goes over the cheapest path of quoted ones")
  func paths() throws {
    let table = try FXTests.table()
    #expect(table.spreadBasisPoints(from: .eur, to: .jpy) == 4.5)
    #expect(table.spreadBasisPoints(from: .jpy, to: .gbp) == 5)
    #expect(table.spreadBasisPoints(from: .gbp, to: .eur) == 2)
    #expect(table.spreadBasisPoints(from: .usd, to: .usd) == 0)
    #expect(table.spreadBasisPoints(from: .usd, to: .kwd) == nil)
  }

  @Test("a dear quote is by-passed when a detour is cheaper")
  func detour() throws {
    let table = try FXTable(
      usdPerUnit: [],
      spreads: [
        (.usd, .eur, 9), (.usd, .chf, 1), (.chf, .gbp, 1.5), (.gbp, .eur, 0.25), (.cad, .aud, 1),
      ])
    #expect(table.spreadBasisPoints(from: .eur, to: .usd) == 2.75)
    #expect(table.spreadBasisPoints(from: .usd, to: .aud) == nil)
  }

  @Test(
    "the spread is charged on the amount without its sign, half to even",
    arguments: [
      (500_000_000, 125_000), (12_345, 3), (20_000, 5), (-20_000, 5), (2_000, 0), (6_000, 2),
    ])
  func cost(minorUnits: Int64, expected: Int64) throws {
    let amount = MoneyAmount(minorUnits: minorUnits, currency: .usd)
    #expect(
      try FXTests.table().spreadCost(of: amount, to: .eur)
        == MoneyAmount(minorUnits: expected, currency: .usd))
  }

  @Test("amounts that do not fit, or have no rate, give nil")
  func unrepresentable() throws {
    let table = try FXTests.table()
    let largest = MoneyAmount(minorUnits: .max, currency: .kwd)
    #expect(table.conversion(of: MoneyAmount(minorUnits: .max, currency: .jpy), to: .usd) != nil)
    #expect(table.conversion(of: MoneyAmount(minorUnits: .max, currency: .gbp), to: .usd) == nil)
    #expect(table.conversion(of: largest, to: .cad) == nil)
    #expect(table.midRate(from: .cad, to: .usd) == nil)
    #expect(table.midRate(from: .usd, to: .jpy) == 1e12 / 6_257_000_000)
  }

  @Test("rates and spreads that make no sense are refused")
  func refused() {
    for rate in [0, -1, .nan, .infinity, 1e7, 1e-10] {
      #expect(throws: FXError.self) { try FXTable(usdPerUnit: [(.eur, rate)], spreads: []) }
    }
    #expect(throws: FXError.conflictingRate(.usd)) {
      try FXTable(usdPerUnit: [(.usd, 1.1)], spreads: [])
    }
    #expect(throws: FXError.conflictingRate(.eur)) {
      try FXTable(usdPerUnit: [(.eur, 1.1), (.eur, 1.1)], spreads: [])
    }
    for spread in [(Currency.usd, Currency.usd, 1.0), (.usd, .eur, -1), (.usd, .eur, .nan)] {
      #expect(throws: FXError.self) { try FXTable(usdPerUnit: [], spreads: [spread]) }
    }
    #expect(throws: FXError.badSpread(.eur, .usd, 2)) {
      try FXTable(usdPerUnit: [], spreads: [(.usd, .eur, 2), (.eur, .usd, 2)])
    }
  }
}
