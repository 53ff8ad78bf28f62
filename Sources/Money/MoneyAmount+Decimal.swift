/// Why a text is not an amount of a currency.
public enum DecimalError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Something else than an optional minus, digits, and a point followed by digits.
  case notAPlainDecimal(String)
  /// More digits after the point than the currency has, even if they are zeros.
  case tooManyDecimals(String, currency: Currency)
  /// The value does not fit 64 bits of minor units.
  case outOfRange(String, currency: Currency)

  /// One line that says what was expected.
  public var description: String {
    switch self {
    case .notAPlainDecimal(let text):
      "expected a plain decimal such as 12.50, found \(text.debugDescription)"
    case .tooManyDecimals(let text, let currency):
      "expected at most \(currency.minorUnitDigits) decimals for \(currency), found \(text)"
    case .outOfRange(let text, let currency):
      "\(text) \(currency) is more than 64 bits of minor units can hold"
    }
  }
}

extension MoneyAmount {
  /// The exact amount written as a plain decimal in units of `currency`, such as `12.50` or `-3`.
  ///
  /// ASCII digits only; no plus sign, exponent, separators or spaces. Fewer decimals than the
  /// currency has are fine, more are an error.
  public init(decimal text: String, currency: Currency) throws(DecimalError) {
    var digits = Array(text.utf8)
    let negative = digits.first == UInt8(ascii: "-")
    if negative { digits.removeFirst() }
    let parts = digits.split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    guard isPlain else { throw .notAPlainDecimal(text) }
    let decimals = parts.count == 2 ? Array(parts[1]) : []
    guard decimals.count <= currency.minorUnitDigits else {
      throw .tooManyDecimals(text, currency: currency)
    }
    let padding = Array(
      repeating: UInt8(ascii: "0"), count: currency.minorUnitDigits - decimals.count)
    var value: Int64 = 0
    for digit in Array(parts[0]) + decimals + padding {
      let step = Int64(digit - UInt8(ascii: "0"))
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(negative ? -step : step)
      guard !overflow, !carry else { throw .outOfRange(text, currency: currency) }
      value = sum
    }
    self.init(minorUnits: value, currency: currency)
  }

  /// The amount in units as a plain decimal with all decimals of the currency: `1234.50`.
  ///
  /// `MoneyAmount(decimal:currency:)` reads it back to the same amount.
  public var decimalString: String { text(separator: "") }

  /// The amount in units for people, with a comma between thousands: `1,234.50`.
  public var groupedString: String { text(separator: ",") }

  private func text(separator: String) -> String {
    let perUnit = UInt64(currency.minorUnitsPerUnit)
    let (units, rest) = minorUnits.magnitude.quotientAndRemainder(dividingBy: perUnit)
    let digits = String(units)
    var result = minorUnits < 0 ? "-" : ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position) % 3 == 0 { result += separator }
      result.append(digit)
    }
    guard currency.minorUnitDigits > 0 else { return result }
    let decimals = String(rest)
    let zeros = String(repeating: "0", count: currency.minorUnitDigits - decimals.count)
    return result + "." + zeros + decimals
  }
}

extension MoneyAmount: CustomStringConvertible {
  /// The amount for people with its currency: `1,234.50 USD`.
  public var description: String { "\(groupedString) \(currency.code)" }
}
