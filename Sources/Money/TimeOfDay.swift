/// A time of the day on a wall clock, to the second.
public struct TimeOfDay: Hashable, Sendable {
  /// Hour, 0 to 23 in a valid time.
  public var hour: Int
  /// Minute, 0 to 59 in a valid time.
  public var minute: Int
  /// Second, 0 to 59 in a valid time.
  public var second: Int

  /// The time with these parts, not checked: see `isValid`.
  public init(hour: Int, minute: Int, second: Int = 0) {
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// The time written `23:59` or `23:59:30`; nil if the text has another form or names no time.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 5 || bytes.count == 8, bytes[2] == UInt8(ascii: ":"),
      let hour = parsedDigits(bytes[0..<2]), let minute = parsedDigits(bytes[3..<5])
    else { return nil }
    var second = 0
    if bytes.count == 8 {
      guard bytes[5] == UInt8(ascii: ":"), let parsed = parsedDigits(bytes[6..<8]) else {
        return nil
      }
      second = parsed
    }
    self.init(hour: hour, minute: minute, second: second)
    guard isValid else { return nil }
  }

  /// The time `secondsSinceMidnight` seconds after 00:00.
  /// - Precondition: 0 to 86,399.
  public init(secondsSinceMidnight: Int) {
    precondition(
      (0..<86_400).contains(secondsSinceMidnight), "no second \(secondsSinceMidnight) in a day")
    self.init(
      hour: secondsSinceMidnight / 3_600, minute: secondsSinceMidnight / 60 % 60,
      second: secondsSinceMidnight % 60)
  }

  /// Whether a day of 24 hours has this time.
  public var isValid: Bool {
    (0..<24).contains(hour) && (0..<60).contains(minute) && (0..<60).contains(second)
  }

  /// Seconds after 00:00.
  public var secondsSinceMidnight: Int { hour * 3_600 + minute * 60 + second }
}

extension TimeOfDay: Comparable {
  /// Whether `first` is the earlier time.
  public static func < (first: TimeOfDay, second: TimeOfDay) -> Bool {
    first.secondsSinceMidnight < second.secondsSinceMidnight
  }
}

extension TimeOfDay: CustomStringConvertible {
  /// The time as `23:59`, with seconds only if there are some.
  public var description: String {
    let minutes = "\(padded(hour, to: 2)):\(padded(minute, to: 2))"
    return second == 0 ? minutes : "\(minutes):\(padded(second, to: 2))"
  }
}
