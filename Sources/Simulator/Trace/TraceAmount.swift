import Scenario

/// Amounts as traces write them, as exact integers of minor units. No floating point takes part.
struct TraceAmount {
  /// Larger than any payment that a gateway takes, and far from the end of Int64; how large a
  /// payment may be is the gateway's to say.
  static let limit: Int64 = 1_000_000_000_000_000

  private let decimalMark: UInt8
  private let thousands: TraceWorkload.Thousands

  init(
    decimalMark: TraceWorkload.DecimalMark = .point, thousands: TraceWorkload.Thousands = .none
  ) {
    self.decimalMark = decimalMark == .point ? 0x2E : 0x2C
    self.thousands = thousands
  }

  /// What was expected, for a currency with this many decimals; 0 when the file has minor units.
  static func expected(decimals: Int, isPositive: Bool = false) -> String {
    let unit = decimals == 0 ? "a whole number" : "a decimal with at most \(decimals) places"
    return "expected \(unit), \(isPositive ? "above zero" : "not zero"), below \(limit) minor units"
  }

  /// Digits with an optional minus sign in front and, when `decimals` > 0, an optional decimal mark
  /// followed by digits. Groups of three digits of the whole part may be set off, where the trace
  /// does that. Zeros beyond the currency's decimals are allowed, other digits are not. Nil for
  /// anything else, and beyond the limit.
  func parse(_ text: Span<UInt8>, decimals: Int) -> Int64? {
    let isNegative = !text.isEmpty && text[0] == 0x2D
    var index = isNegative ? 1 : 0
    guard var value = whole(text, &index) else { return nil }
    var places = 0
    if index < text.count {
      guard text[index] == decimalMark, index + 1 < text.count else { return nil }
      index += 1
      while index < text.count {
        guard let digit = Self.digit(text[index]), places < decimals || digit == 0 else {
          return nil
        }
        if places < decimals {
          value = value * 10 + digit
          places += 1
        }
        guard value < Self.limit else { return nil }
        index += 1
      }
    }
    for _ in places..<decimals {
      value *= 10
      guard value < Self.limit else { return nil }
    }
    return isNegative ? -value : value
  }

  /// The whole part: digits, in groups or not.
  private func whole(_ text: Span<UInt8>, _ index: inout Int) -> Int64? {
    var (value, digits): (Int64, Int) = (0, 0)
    // Digits since the last mark between groups; nil before the first.
    var group: Int?
    while index < text.count {
      if let digit = Self.digit(text[index]) {
        value = value * 10 + digit
        guard value < Self.limit else { return nil }
        digits += 1
        group = group.map { $0 + 1 }
        index += 1
        continue
      }
      let length = markLength(text, at: index)
      guard length > 0 else { break }
      guard digits > 0, group == nil ? digits <= 3 : group == 3 else { return nil }
      group = 0
      index += length
    }
    return digits > 0 && (group == nil || group == 3) ? value : nil
  }

  /// Bytes of the mark between groups that stands at `index`; 0 where none does. A space may be one
  /// that does not break.
  private func markLength(_ text: Span<UInt8>, at index: Int) -> Int {
    func stands(_ bytes: UInt8...) -> Bool {
      index + bytes.count <= text.count
        && bytes.indices.allSatisfy { text[index + $0] == bytes[$0] }
    }
    switch thousands {
    case .none: return 0
    case .comma: return text[index] == 0x2C ? 1 : 0
    case .point: return text[index] == 0x2E ? 1 : 0
    case .apostrophe: return text[index] == 0x27 ? 1 : stands(0xE2, 0x80, 0x99) ? 3 : 0
    case .space:
      return text[index] == 0x20 ? 1 : stands(0xC2, 0xA0) ? 2 : stands(0xE2, 0x80, 0xAF) ? 3 : 0
    }
  }

  private static func digit(_ byte: UInt8) -> Int64? {
    0x30...0x39 ~= byte ? Int64(byte) - 0x30 : nil
  }
}
