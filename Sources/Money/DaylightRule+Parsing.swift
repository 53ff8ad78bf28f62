extension DaylightRule {
  /// Reads a POSIX TZ text with the extensions of RFC 8536 (hours up to 167, quoted names); nil if
  /// the text does not follow that grammar.
  init?(_ text: String) {
    var reader = Reader(bytes: Array(text.utf8)[...])
    guard reader.skipName(), let standard = reader.time(maximumHour: 24) else { return nil }
    standardOffset = -standard
    daylightOffset = -standard
    changes = nil
    if reader.bytes.isEmpty { return }
    guard reader.skipName() else { return nil }
    daylightOffset = standardOffset + 3_600
    if reader.bytes.first != UInt8(ascii: ",") {
      guard let daylight = reader.time(maximumHour: 24) else { return nil }
      daylightOffset = -daylight
    }
    guard let start = reader.change(), let end = reader.change(), reader.bytes.isEmpty else {
      return nil
    }
    changes = (start, end)
  }

  /// Consumes a text from its front.
  private struct Reader {
    var bytes: ArraySlice<UInt8>

    /// Takes `character` if it is next.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard bytes.first == UInt8(ascii: character) else { return false }
      bytes.removeFirst()
      return true
    }

    /// Takes a zone name, at least three letters, or anything within `<` and `>`.
    mutating func skipName() -> Bool {
      if take("<") {
        guard let end = bytes.firstIndex(of: UInt8(ascii: ">")) else { return false }
        bytes = bytes[(end + 1)...]
        return true
      }
      let letters = bytes.prefix { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0 & 0xDF) }
      bytes = bytes[letters.endIndex...]
      return letters.count >= 3
    }

    /// Takes digits whose value is within `range`.
    mutating func number(within range: ClosedRange<Int>) -> Int? {
      let digits = bytes.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard let value = parsedDigits(digits), range.contains(value) else { return nil }
      bytes = bytes[digits.endIndex...]
      return value
    }

    /// Takes `[+-]hours[:minutes[:seconds]]`, in seconds.
    mutating func time(maximumHour: Int) -> Int? {
      let negative = take("-")
      if !negative { _ = take("+") }
      guard let hours = number(within: 0...maximumHour) else { return nil }
      var seconds = hours * 3_600
      for unit in [60, 1] where take(":") {
        guard let value = number(within: 0...59) else { return nil }
        seconds += value * unit
      }
      return negative ? -seconds : seconds
    }

    /// Takes `,day[/time]`; the time is 02:00 where none is given.
    mutating func change() -> Change? {
      guard take(","), let day = day() else { return nil }
      guard take("/") else { return Change(day: day, second: 7_200) }
      guard let second = time(maximumHour: 167) else { return nil }
      return Change(day: day, second: second)
    }

    /// Takes `Mmonth.week.weekday`, `Jday` or `day`.
    private mutating func day() -> Change.Day? {
      if take("M") {
        guard let month = number(within: 1...12), take("."), let week = number(within: 1...5),
          take("."), let weekday = number(within: 0...6)
        else { return nil }
        return .weekday(month: month, week: week, weekday: weekday)
      }
      if take("J") { return number(within: 1...365).map { .dayWithoutLeap($0) } }
      return number(within: 0...365).map { .day($0) }
    }
  }
}
