import Money
import Testing

@testable import Batching

@Suite("What a settlement must pay")
struct PayoutCheckTests {
  private static let rates = try! FXTable(
    usdPerUnit: [(.eur, 1.08), (.jpy, 0.0067)],
    spreads: [(.eur, .usd, 10), (.usd, .jpy, 10)])

  private static func violation(
    owed: [(Int64, Currency)], paid: [Int64], in destination: Currency
  ) -> String? {
    var check = PayoutCheck()
    for (amount, currency) in owed { check.owe(amount, of: currency) }
    for amount in paid { check.pay(amount) }
    return check.violation(in: destination, by: rates)
  }

  @Test("is what is owed, to the minor unit, however it is parted")
  func sameCurrency() {
    let owed: [(Int64, Currency)] = [(500, .usd), (-120, .usd), (7, .usd)]
    #expect(Self.violation(owed: owed, paid: [387], in: .usd) == nil)
    #expect(Self.violation(owed: owed, paid: [400, -13], in: .usd) == nil)
    for wrong: Int64 in [386, 388, 507, -387, 0] {
      #expect(Self.violation(owed: owed, paid: [wrong], in: .usd) != nil)
    }
    #expect(Self.violation(owed: [], paid: [], in: .usd) == nil)
  }

  @Test("converts the sum of each currency once, to the nearest minor unit")
  func converted() {
    // 333 x 1.08 = 359.64, 1,001 x 0.67 = 670.67.
    let owed: [(Int64, Currency)] = [(300, .eur), (1_001, .jpy), (33, .eur), (5, .usd)]
    #expect(Self.violation(owed: owed, paid: [360 + 671 + 5], in: .usd) == nil)
    for step: Int64 in [-1, 1] {
      #expect(Self.violation(owed: owed, paid: [1_036 + step], in: .usd) != nil)
      #expect(Self.violation(owed: owed, paid: [1_036, step], in: .usd) != nil)
    }
    #expect(Self.violation(owed: [(-333, .eur)], paid: [-360], in: .usd) == nil)
  }

  @Test("rounds a tie to the even unit, on both sides of zero, as every conversion does")
  func ties() throws {
    let halves = try FXTable(usdPerUnit: [(.eur, 0.5)], spreads: [(.eur, .usd, 0)])
    for amount in Int64(-9)...9 {
      let worth = MoneyAmount(minorUnits: amount, currency: .eur)
      let converted = halves.convert(worth, to: .usd).amount
      #expect(PayoutCheck.violation(of: converted, as: worth, by: halves) == nil)
      for step: Int64 in [-1, 1] {
        let other = MoneyAmount(minorUnits: converted.minorUnits + step, currency: .usd)
        #expect(PayoutCheck.violation(of: other, as: worth, by: halves) != nil)
      }
    }
  }

  @Test("agrees with conversions of any size, and refuses a unit more or less")
  func sizes() {
    var random = SplitMix(seed: 5)
    let currencies: [Currency] = [.usd, .eur, .jpy]
    for _ in 0..<2_000 {
      let digits = Int64(1) << Int64(random.next() % 50)
      let amount = Int64(random.next() % UInt64(2 * digits)) - digits
      let source = currencies[Int(random.next() % 3)]
      let destination = currencies[Int(random.next() % 3)]
      let worth = MoneyAmount(minorUnits: amount, currency: source)
      let converted = Self.rates.convert(worth, to: destination).amount
      #expect(PayoutCheck.violation(of: converted, as: worth, by: Self.rates) == nil)
      let other = MoneyAmount(minorUnits: converted.minorUnits + 1, currency: destination)
      #expect(PayoutCheck.violation(of: other, as: worth, by: Self.rates) != nil)
    }
  }

  @Test("leaves no more of a currency than all roundings are worth")
  func residuals() {
    func violation(_ left: [Int64], _ roundings: Int) -> String? {
      PayoutCheck.violation(
        ofResiduals: left, roundings: roundings, in: [.usd, .eur, .jpy], by: Self.rates)
    }
    #expect(violation([0, 0, 0], 0) == nil)
    #expect(violation([1, -1, 1], 1) == nil)
    #expect(violation([0, 3, 0], 1) != nil)
    #expect(violation([-10_000, 0, 0], 100) != nil)
    // A cent of a euro is worth 1.6 yen.
    #expect(violation([0, 0, 4], 1) != nil && violation([0, 0, -3], 1) == nil)
  }
}
