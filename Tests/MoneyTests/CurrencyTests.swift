import Money
import Testing

@Suite("Currency")
struct CurrencyTests {
  @Test(
    "minor-unit digits follow ISO 4217",
    arguments: [
      ("USD", 2, 100), ("JPY", 0, 1), ("KWD", 3, 1_000), ("CLF", 4, 10_000), ("UYI", 0, 1),
      ("EUR", 2, 100), ("BHD", 3, 1_000), ("XAF", 0, 1), ("ZWG", 2, 100), ("AED", 2, 100),
    ])
  func digits(code: String, digits: Int, perUnit: Int64) throws {
    let currency = try #require(Currency(code: code))
    #expect(currency.minorUnitDigits == digits)
    #expect(currency.minorUnitsPerUnit == perUnit)
    #expect(currency.code == code)
  }

  @Test(
    "a text that is no active code is refused",
    arguments: ["", "usd", "US", "USDD", "XAU", "XXX", "HRK", "DEM", "ÜSD", "USD "])
  func unknown(code: String) {
    #expect(Currency(code: code) == nil)
  }

  @Test("every currency is found by its code and comes back from its index")
  func roundTrip() {
    #expect(Currency.count == 165)
    for currency in Currency.all {
      #expect(Currency(code: currency.code) == currency)
      #expect(Currency(index: currency.index) == currency)
    }
  }

  @Test("currencies compare as their codes do")
  func order() {
    let codes = Currency.all.map(\.code)
    #expect(codes == codes.sorted())
    #expect(Currency.eur < Currency.usd)
    #expect("\(Currency.jpy)" == "JPY")
  }

  @Test("a currency takes one byte and an amount sixteen")
  func size() {
    #expect(MemoryLayout<Currency>.size == 1)
    #expect(MemoryLayout<MoneyAmount>.stride == 16)
  }
}
