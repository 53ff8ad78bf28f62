/// Amounts as traces write them, as exact integers of minor units. No floating point takes part.
enum TraceAmount {
  /// Larger than any payment, and small enough that a million of them fit into Int64.
  static let limit: Int64 = 1_000_000_000_000

  /// What was expected, for a currency with this many decimals; 0 when the file has minor units.
  static func expected(decimals: Int) -> String {
    let unit = decimals == 0 ? "a whole number" : "a decimal with at most \(decimals) places"
    return "expected \(unit), not zero, below \(limit) minor units"
  }

  /// Digits with an optional minus sign in front and, when `decimals` > 0, an optional point
  /// followed by digits. Zeros beyond the currency's decimals are allowed, other digits are not.
  /// Nil for anything else, for zero, and beyond the limit.
  static func parse(_ text: Span<UInt8>, decimals: Int) -> Int64? {
    var index = 0
    let isNegative = !text.isEmpty && text[0] == 0x2D
    if isNegative { index = 1 }
    var value: Int64 = 0
    var whole = 0
    while index < text.count, let digit = digit(text[index]) {
      value = value * 10 + digit
      guard value < limit else { return nil }
      whole += 1
      index += 1
    }
    guard whole > 0 else { return nil }
    var places = 0
    if index < text.count {
      guard text[index] == 0x2E, index + 1 < text.count else { return nil }
      index += 1
      while index < text.count {
        guard let digit = digit(text[index]), places < decimals || digit == 0 else { return nil }
        if places < decimals {
          value = value * 10 + digit
          places += 1
        }
        guard value < limit else { return nil }
        index += 1
      }
    }
    for _ in places..<decimals {
      value *= 10
      guard value < limit else { return nil }
    }
    return value == 0 ? nil : isNegative ? -value : value
  }

  private static func digit(_ byte: UInt8) -> Int64? {
    0x30...0x39 ~= byte ? Int64(byte) - 0x30 : nil
  }
}
