import Money
import Testing

@Suite("Amounts")
struct MoneyAmountTests {
  @Test(
    "a plain decimal is read exactly",
    arguments: [
      ("12.50", "USD", 1_250), ("12.5", "USD", 1_250), ("12", "USD", 1_200), ("0", "JPY", 0),
      ("-0.01", "EUR", -1), ("0.1", "KWD", 100), ("1.234", "KWD", 1_234), ("500", "JPY", 500),
      ("-1.2345", "CLF", -12_345), ("92233720368547758.07", "USD", Int64.max),
      ("-92233720368547758.08", "USD", Int64.min), ("007.10", "GBP", 710),
    ])
  func reads(text: String, code: String, minorUnits: Int64) throws {
    let currency = try #require(Currency(code: code))
    let amount = try MoneyAmount(decimal: text, currency: currency)
    #expect(amount == MoneyAmount(minorUnits: minorUnits, currency: currency))
  }

  @Test(
    "whatever is not a plain decimal is refused",
    arguments: [
      "", "-", ".", "1.", ".5", "+1", "1e3", "1,000", " 1", "1 ", "0x10", "1_000", "nan", "--1",
      "1.2.3", "١٢", "1\0", "infinity",
    ])
  func refuses(text: String) {
    #expect(throws: DecimalError.notAPlainDecimal(text)) {
      try MoneyAmount(decimal: text, currency: .usd)
    }
  }

  @Test("more decimals than the currency has are refused, even zeros")
  func tooManyDecimals() {
    for (text, currency) in [("1.0", Currency.jpy), ("1.005", .usd), ("1.0000", .kwd)] {
      #expect(throws: DecimalError.tooManyDecimals(text, currency: currency)) {
        try MoneyAmount(decimal: text, currency: currency)
      }
    }
  }

  @Test(
    "a value beyond 64 bits of minor units is refused",
    arguments: ["92233720368547758.08", "-92233720368547758.09", "1000000000000000000000000"])
  func outOfRange(text: String) {
    #expect(throws: DecimalError.outOfRange(text, currency: .usd)) {
      try MoneyAmount(decimal: text, currency: .usd)
    }
  }

  @Test("errors say what was expected")
  func errorTexts() {
    #expect(
      "\(DecimalError.tooManyDecimals("1.5", currency: .jpy))"
        == "expected at most 0 decimals for JPY, found 1.5")
    #expect(
      "\(DecimalError.notAPlainDecimal("a"))"
        == "expected a plain decimal such as 12.50, found \"a\"")
  }

  @Test(
    "amounts are written with all decimals of the currency",
    arguments: [
      (5, "USD", "0.05", "0.05 USD"), (-123_456_789, "USD", "-1234567.89", "-1,234,567.89 USD"),
      (1_000, "JPY", "1000", "1,000 JPY"), (1, "KWD", "0.001", "0.001 KWD"),
      (-999, "JPY", "-999", "-999 JPY"), (0, "CLF", "0.0000", "0.0000 CLF"),
      (Int64.min, "USD", "-92233720368547758.08", "-92,233,720,368,547,758.08 USD"),
    ])
  func writes(minorUnits: Int64, code: String, plain: String, forPeople: String) throws {
    let currency = try #require(Currency(code: code))
    let amount = MoneyAmount(minorUnits: minorUnits, currency: currency)
    #expect(amount.decimalString == plain)
    #expect("\(amount)" == forPeople)
  }

  @Test("reading what was written gives the same amount", arguments: 0..<50)
  func roundTrip(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    for _ in 0..<100 {
      let currency = Currency(index: UInt8.random(in: 0..<165, using: &numbers))
      let amount = MoneyAmount(minorUnits: numbers.amount(below: .max), currency: currency)
      let text = amount.decimalString
      #expect(try MoneyAmount(decimal: text, currency: currency) == amount, "seed \(seed)")
    }
  }

  @Test("sums, differences and order are those of the minor units")
  func arithmetic() {
    let five = MoneyAmount(minorUnits: 500, currency: .usd)
    let two = MoneyAmount(minorUnits: 200, currency: .usd)
    #expect((five + two).minorUnits == 700)
    #expect((two - five).minorUnits == -300)
    #expect((-five).minorUnits == -500)
    #expect((two - five).magnitude.minorUnits == 300)
    #expect(two < five)
    var total = MoneyAmount.zero(.usd)
    total += five
    total -= two
    #expect(total.minorUnits == 300)
  }

  @Test("an overflow or a second currency gives nil where input can cause it")
  func checked() {
    let largest = MoneyAmount(minorUnits: .max, currency: .usd)
    let cent = MoneyAmount(minorUnits: 1, currency: .usd)
    #expect(largest.adding(cent) == nil)
    #expect(cent.adding(MoneyAmount(minorUnits: 1, currency: .eur)) == nil)
    #expect(largest.multiplied(by: 2) == nil)
    #expect(cent.multiplied(by: -7)?.minorUnits == -7)
  }

  @Test("an overflowing sum stops the program")
  func overflowTraps() async {
    await #expect(processExitsWith: .failure) {
      let largest = MoneyAmount(minorUnits: .max, currency: .usd)
      _ = largest + MoneyAmount(minorUnits: 1, currency: .usd)
    }
  }

  @Test("comparing two currencies stops the program")
  func mixedCurrenciesTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = MoneyAmount.zero(.usd) < MoneyAmount.zero(.eur)
    }
  }
}
