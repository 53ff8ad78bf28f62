import Money
import Scenario

/// A point in time as traces write it.
///
/// Civil times: a date of three numbers with `-`, `/` or `.` between them in the order that the
/// scenario says, the year with four digits; a space or `T`; hour and minute, and if given seconds,
/// a fraction of up to nine digits, `AM` or `PM`, and `Z` or the distance from UTC (`+01:00`). Or
/// the integer seconds or milliseconds since 1970 (up to 11 digits are seconds, 12 to 14
/// milliseconds). Years 1970 to 2200.
struct TraceTimestamp {
  /// Nanoseconds since 1970-01-01T00:00:00, by the clock that wrote it or by UTC.
  var nanoseconds: Int64
  /// Whether that is UTC whatever zone the row is of.
  var isUTC: Bool

  static let nanosecondsPerSecond: Int64 = 1_000_000_000
  static let nanosecondsPerDay = 86_400 * nanosecondsPerSecond
  /// 2201-01-01, which keeps every sum of times far from the end of Int64.
  static let endSeconds: Int64 = 7_289_654_400

  /// What was expected.
  static func expected(_ order: TraceWorkload.DateOrder) -> String {
    let example =
      switch order {
      case .yearFirst: "2010-12-01T08:26:00Z or 2010-12-01 08:26"
      case .monthFirst: "12/1/2010 8:26"
      case .dayFirst: "1.12.2010 8:26"
      }
    return "expected a time such as \(example), or seconds since 1970"
  }

  /// The time that a text says; nil for any other text.
  static func parse(
    _ text: Span<UInt8>, order: TraceWorkload.DateOrder = .yearFirst
  ) -> TraceTimestamp? {
    text.withUnsafeBufferPointer { parse($0, order) }
  }

  private static func parse(
    _ text: UnsafeBufferPointer<UInt8>, _ order: TraceWorkload.DateOrder
  ) -> TraceTimestamp? {
    var scanner = Scanner(text)
    if text.count <= 14, let number = scanner.digits(1...14), scanner.isAtEnd {
      return text.count < 12
        ? TraceTimestamp(seconds: number.value, nanoseconds: 0, isUTC: true)
        : TraceTimestamp(
          seconds: number.value / 1_000, nanoseconds: number.value % 1_000 * 1_000_000, isUTC: true)
    }
    scanner = Scanner(text)
    guard let day = scanner.date(order), scanner.takesAny(0x20, 0x54),
      var hour = scanner.digits(1...2)?.value, scanner.takes(0x3A),
      let minute = scanner.digits(2...2)?.value
    else { return nil }
    var (second, nanoseconds): (Int64, Int64) = (0, 0)
    if scanner.takes(0x3A) {
      guard let digits = scanner.digits(2...2) else { return nil }
      second = digits.value
      if scanner.takes(0x2E) {
        guard let fraction = scanner.digits(1...9) else { return nil }
        nanoseconds = fraction.value
        for _ in fraction.count..<9 { nanoseconds *= 10 }
      }
    }
    if let isAfternoon = scanner.halfOfDay() {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    guard hour < 24, minute < 60, second < 60, let distance = scanner.distance(), scanner.isAtEnd
    else { return nil }
    return TraceTimestamp(
      seconds: Int64(day) * 86_400 + hour * 3_600 + minute * 60 + second - distance.seconds,
      nanoseconds: nanoseconds, isUTC: distance.isGiven)
  }

  private init?(seconds: Int64, nanoseconds: Int64, isUTC: Bool) {
    guard (0..<Self.endSeconds).contains(seconds) else { return nil }
    self.nanoseconds = seconds * Self.nanosecondsPerSecond + nanoseconds
    self.isUTC = isUTC
  }
}

/// Takes a text apart from its start.
private struct Scanner {
  private let text: UnsafeBufferPointer<UInt8>
  private var index = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  var isAtEnd: Bool { index == text.count }

  private var next: UInt8? { index < text.count ? text[index] : nil }

  mutating func takes(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    index += 1
    return true
  }

  mutating func takesAny(_ one: UInt8, _ other: UInt8) -> Bool { takes(one) || takes(other) }

  /// A number of that many ASCII digits, with their count; nil where there are fewer or more.
  mutating func digits(_ range: ClosedRange<Int>) -> (value: Int64, count: Int)? {
    var (value, count): (Int64, Int) = (0, 0)
    while let byte = next, (0x30...0x39).contains(byte) {
      guard count < range.upperBound else { return nil }
      value = value * 10 + Int64(byte) - 0x30
      count += 1
      index += 1
    }
    return count < range.lowerBound ? nil : (value, count)
  }

  /// A date as days since 1970-01-01.
  mutating func date(_ order: TraceWorkload.DateOrder) -> Int? {
    guard let first = digits(1...4), let mark = next, 0x2D...0x2F ~= mark,
      takes(mark), let second = digits(1...2), takes(mark), let third = digits(1...4)
    else { return nil }
    let (year, month, day) =
      switch order {
      case .yearFirst: (first, second, third)
      case .monthFirst: (third, first, second)
      case .dayFirst: (third, second, first)
      }
    guard year.count == 4, month.count <= 2, day.count <= 2, year.value >= 1970 else { return nil }
    let date = CivilDate(year: Int(year.value), month: Int(month.value), day: Int(day.value))
    return date.isValid ? date.dayNumber : nil
  }

  /// Whether `PM` follows, or `AM`; nil where neither does.
  mutating func halfOfDay() -> Bool? {
    let start = index
    _ = takes(0x20)
    let letter = (next ?? 0) & 0xDF
    guard letter == 0x41 || letter == 0x50 else {
      index = start
      return nil
    }
    index += 1
    guard takesAny(0x4D, 0x6D) else {
      index = start
      return nil
    }
    return letter == 0x50
  }

  /// Seconds east of UTC, 0 where nothing is said; nil where something else is.
  mutating func distance() -> (seconds: Int64, isGiven: Bool)? {
    if isAtEnd { return (0, false) }
    if takes(0x5A) { return (0, true) }
    guard let sign = next, takesAny(0x2B, 0x2D), let hours = digits(2...4) else { return nil }
    var (hour, minute) = (hours.value, Int64(0))
    if hours.count == 4 {
      (hour, minute) = (hours.value / 100, hours.value % 100)
    } else if takes(0x3A) {
      guard let minutes = digits(2...2) else { return nil }
      minute = minutes.value
    }
    guard hours.count != 3, hour <= 14, minute < 60 else { return nil }
    let seconds = hour * 3_600 + minute * 60
    return (sign == 0x2D ? -seconds : seconds, true)
  }
}
