import Money

/// Points in time as traces write them, in nanoseconds since 1970-01-01T00:00:00Z.
///
/// Three forms, all UTC: `2010-12-01 08:26:00`; the same with `T`, a fraction of up to nine digits
/// and `Z`, each optional; and the integer seconds or milliseconds since 1970 (up to 11 digits are
/// seconds, 12 to 14 milliseconds). Years 1970 to 2200.
enum TraceTimestamp {
  static let expected = "expected a UTC time such as 2010-12-01T08:26:00Z or seconds since 1970"
  static let nanosecondsPerSecond: Int64 = 1_000_000_000
  static let nanosecondsPerDay = 86_400 * nanosecondsPerSecond
  /// 2201-01-01, which keeps every sum of times far from the end of Int64.
  private static let endSeconds: Int64 = 7_289_654_400

  static func parse(_ text: Span<UInt8>) -> Int64? {
    if text.count <= 14, let number = digits(text, 0..<text.count) {
      return text.count < 12
        ? bounded(seconds: number, nanoseconds: 0)
        : bounded(seconds: number / 1_000, nanoseconds: number % 1_000 * 1_000_000)
    }
    guard text.count >= 19, isSeparated(text),
      let year = digits(text, 0..<4), let month = digits(text, 5..<7),
      let day = digits(text, 8..<10), let hour = digits(text, 11..<13),
      let minute = digits(text, 14..<16), let second = digits(text, 17..<19),
      let nanoseconds = fraction(text)
    else { return nil }
    let date = CivilDate(year: Int(year), month: Int(month), day: Int(day))
    guard year >= 1970, date.isValid, hour < 24, minute < 60, second < 60 else { return nil }
    let seconds = Int64(date.dayNumber) * 86_400 + hour * 3_600 + minute * 60 + second
    return bounded(seconds: seconds, nanoseconds: nanoseconds)
  }

  private static func bounded(seconds: Int64, nanoseconds: Int64) -> Int64? {
    seconds < endSeconds ? seconds * nanosecondsPerSecond + nanoseconds : nil
  }

  private static func isSeparated(_ text: Span<UInt8>) -> Bool {
    text[4] == 0x2D && text[7] == 0x2D && (text[10] == 0x20 || text[10] == 0x54)
      && text[13] == 0x3A && text[16] == 0x3A
  }

  /// What follows the seconds: nothing, a fraction, `Z`, or both.
  private static func fraction(_ text: Span<UInt8>) -> Int64? {
    let end = text[text.count - 1] == 0x5A ? text.count - 1 : text.count
    if end == 19 { return 0 }
    guard end > 20, end <= 29, text[19] == 0x2E, var value = digits(text, 20..<end) else {
      return nil
    }
    for _ in end..<29 { value *= 10 }
    return value
  }

  /// A number of ASCII digits only; nil for anything else and for no digit at all.
  private static func digits(_ text: Span<UInt8>, _ range: Range<Int>) -> Int64? {
    if range.isEmpty { return nil }
    var value: Int64 = 0
    for index in range {
      let digit = Int64(text[index]) - 0x30
      guard 0...9 ~= digit else { return nil }
      value = value * 10 + digit
    }
    return value
  }
}
