import Text
import Money
import Scenario

/// A number as a range writes it: digits, perhaps a fraction, perhaps a unit behind them.
struct WrittenNumber {
  /// The text as written.
  let text: String
  /// Sign and digits without the point.
  let digits: Int64
  /// Digits behind the point.
  let places: Int
  /// What follows the number: `ms`, ` USD`; empty for a bare number.
  let unit: String

  /// Nil where `text` does not begin with a plain decimal number of at most 15 digits.
  init?(_ text: String) {
    self.text = text
    var rest = text[...]
    let isNegative = rest.first == "-"
    if isNegative { rest.removeFirst() }
    let whole = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest.dropFirst(whole.count)
    var fraction: Substring = ""
    if rest.first == "." {
      fraction = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
      guard !fraction.isEmpty else { return nil }
      rest = rest.dropFirst(fraction.count + 1)
    }
    let isCanonical = whole == "0" || (!whole.isEmpty && whole.first != "0")
    guard isCanonical, whole.count + fraction.count <= 15,
      let magnitude = Int64(whole + fraction)
    else { return nil }
    digits = isNegative ? -magnitude : magnitude
    places = fraction.count
    unit = String(rest)
  }
}

/// What the numbers of a range are, and how fine they are told apart: a range counts in ticks, so
/// that every value of it is exact.
enum RangeScale: Equatable {
  /// Whole numbers; a tick is 1.
  case whole
  /// Plain decimals; a tick is 10^-`places`.
  case decimal(places: Int)
  /// Durations; a tick is this many nanoseconds.
  case duration(nanoseconds: Int64)
  /// Money; a tick is a minor unit.
  case money(Currency)

  /// The scale of numbers that belong together; nil where their units do not.
  ///
  /// Decimals are told apart to a thousand-millionth of the last place written, durations to a
  /// millionth of the smallest unit written, but no finer than 1 ns.
  init?(_ numbers: [WrittenNumber]) {
    let units = numbers.map(\.unit)
    if units.allSatisfy(\.isEmpty) {
      let places = numbers.map(\.places).max() ?? 0
      let longest = numbers.map { String($0.digits.magnitude).count - $0.places }.max() ?? 1
      self = places == 0 ? .whole : .decimal(places: min(places + 9, 18 - max(longest, 1)))
    } else if let code = Self.currencyCode(units), let currency = Currency(code: code) {
      self = .money(currency)
    } else {
      var smallest = Int64.max
      for number in numbers {
        guard let one = DurationText.parse("1" + number.unit) else { return nil }
        smallest = min(smallest, Self.nanoseconds(one))
      }
      self = .duration(nanoseconds: Swift.max(1, min(smallest, 1_000_000_000_000) / 1_000_000))
    }
  }

  private static func currencyCode(_ units: [String]) -> String? {
    guard let unit = units.first, unit.first == " ", units.allSatisfy({ $0 == unit }) else {
      return nil
    }
    return String(unit.dropFirst())
  }

  private static func nanoseconds(_ duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }

  /// `number` in ticks; nil where it is finer than a tick or too large.
  func ticks(_ number: WrittenNumber) -> Int64? {
    switch self {
    case .whole: number.digits
    case .decimal(let places): Self.scaled(number, places: places)
    case .money(let currency): Self.scaled(number, places: currency.minorUnitDigits)
    case .duration(let tick):
      DurationText.parse(number.text).map(Self.nanoseconds).flatMap {
        $0 % tick == 0 ? $0 / tick : nil
      }
    }
  }

  private static func scaled(_ number: WrittenNumber, places: Int) -> Int64? {
    guard number.places <= places else { return nil }
    var value = number.digits
    for _ in number.places..<places {
      let (product, overflows) = value.multipliedReportingOverflow(by: 10)
      if overflows { return nil }
      value = product
    }
    return value
  }

  /// `ticks` as a scenario writes it.
  func text(_ ticks: Int64) -> String {
    switch self {
    case .whole: String(ticks)
    case .decimal(let places): Self.decimal(ticks, places: places, trimmed: true)
    case .money(let currency):
      Self.decimal(ticks, places: currency.minorUnitDigits, trimmed: false) + " " + currency.code
    case .duration(let tick): DurationText.text(.nanoseconds(ticks * tick))
    }
  }

  private static func decimal(_ ticks: Int64, places: Int, trimmed: Bool) -> String {
    var digits = String(ticks.magnitude)
    digits = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let whole = digits.dropLast(places)
    var fraction = digits.suffix(places)
    if trimmed { while fraction.last == "0" { fraction.removeLast() } }
    return (ticks < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
  }
}
