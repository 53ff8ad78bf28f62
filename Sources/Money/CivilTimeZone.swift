import Host

/// A time zone of the IANA database, read from the system's compiled files.
///
/// Offsets depend on the identifier and the installed database only, never on the process
/// environment. After the last listed transition the file's POSIX rule is expanded for 400 years, a
/// whole cycle of the Gregorian calendar, and repeats from there.
public struct CivilTimeZone: Sendable {
  /// IANA name, such as `America/New_York`.
  public let identifier: String
  /// UTC seconds at which a new offset begins, ascending, and the offsets that begin.
  private let transitions: [Int64]
  private let offsets: [Int]
  private let initialOffset: Int
  /// First second of the last 400 years of `transitions`; nil where clocks stop changing.
  private let cycleStart: Int64?

  private static let cycleSeconds: Int64 = 146_097 * 86_400
  private static let databaseDirectory = "/usr/share/zoneinfo"

  /// The zone with an IANA name; nil if the database has no such zone.
  ///
  /// Names that leave the database's directory, and `localtime` and `posixrules`, which differ
  /// between machines, are refused like unknown ones.
  public init?(identifier: String) {
    guard CivilTimeZone.isName(identifier),
      let bytes = try? FileReader.bytes(
        of: "\(CivilTimeZone.databaseDirectory)/\(identifier)", limit: 1 << 20),
      let file = TimeZoneFile(bytes: bytes)
    else { return nil }
    self.init(identifier: identifier, file: file)
  }

  /// The zone of a compiled file; nil if the file's rule for the future cannot be read.
  init?(identifier: String, file: TimeZoneFile) {
    self.identifier = identifier
    initialOffset = file.initialOffset
    var transitions = file.transitions
    var offsets = file.offsets
    var cycleStart: Int64?
    if !file.footer.isEmpty {
      guard let rule = DaylightRule(file.footer) else { return nil }
      let last = transitions.last ?? 0
      if rule.changes == nil {
        if rule.standardOffset != offsets.last ?? initialOffset {
          transitions.append(last + 1)
          offsets.append(rule.standardOffset)
        }
      } else {
        let firstYear = CivilDate(dayNumber: CivilTimeZone.dayAndSecond(last).day).year
        for year in firstYear...firstYear + 402 {
          for change in rule.transitions(inYear: year)
          where change.time > last && change.offset != offsets.last ?? initialOffset {
            transitions.append(change.time)
            offsets.append(change.offset)
          }
        }
        cycleStart =
          Int64(CivilDate(year: firstYear + 2, month: 1, day: 1).dayNumber) * 86_400
      }
    }
    self.transitions = transitions
    self.offsets = offsets
    self.cycleStart = cycleStart
  }

  /// Seconds east of UTC at a UTC second since 1970-01-01 00:00.
  public func offsetSeconds(atUTC second: Int64) -> Int {
    let position = index(atUTC: foldedIntoTable(second))
    return position < 0 ? initialOffset : offsets[position]
  }

  /// The first UTC second after `second` at which another offset may begin; `Int64.max`: none will.
  public func nextChange(afterUTC second: Int64) -> Int64 {
    let folded = foldedIntoTable(second)
    let next = index(atUTC: folded) + 1
    if next < transitions.count { return transitions[next] + (second - folded) }
    return cycleStart == nil ? .max : second + 1
  }

  /// The UTC second at which local clocks first show `time` on `date`, or a later time.
  ///
  /// So where clocks are set forward over `time` it is the instant of the change, and where they
  /// are set back, so that they show `time` twice, it is the first of the two.
  public func utcSeconds(of date: CivilDate, at time: TimeOfDay) -> Int64 {
    let local = Int64(date.dayNumber) * 86_400 + Int64(time.secondsSinceMidnight)
    let folded = foldedIntoTable(local)
    var position = index(atUTC: folded - 2 * 86_400)
    while true {
      let start = position < 0 ? Int64.min : transitions[position]
      let offset = position < 0 ? initialOffset : offsets[position]
      let candidate = max(start, folded - Int64(offset))
      if position + 1 >= transitions.count || candidate < transitions[position + 1] {
        return candidate + (local - folded)
      }
      position += 1
    }
  }

  /// Whether local clocks show `time` on `date`: they leave it out where they are set forward.
  public func shows(_ time: TimeOfDay, on date: CivilDate) -> Bool {
    let shown = localDateAndSecond(atUTC: utcSeconds(of: date, at: time))
    return shown.date == date && shown.second == time.secondsSinceMidnight
  }

  /// What local calendars and clocks show at a UTC second: the date, and seconds since its 00:00.
  public func localDateAndSecond(atUTC second: Int64) -> (date: CivilDate, second: Int) {
    let local = localDayAndSecond(atUTC: second)
    return (CivilDate(dayNumber: local.day), local.second)
  }

  /// As `localDateAndSecond(atUTC:)`, with the date as days since 1970-01-01.
  public func localDayAndSecond(atUTC second: Int64) -> (day: Int, second: Int) {
    CivilTimeZone.dayAndSecond(second + Int64(offsetSeconds(atUTC: second)))
  }

  /// Version of the installed database, such as `2025b`; `unknown` if it does not tell.
  public static let databaseVersion: String = {
    if let bytes = try? FileReader.bytes(of: "\(databaseDirectory)/tzdata.zi", limit: 1 << 22),
      let line = bytes.split(separator: UInt8(ascii: "\n")).first
    {
      let text = String(decoding: line, as: UTF8.self)
      if text.hasPrefix("# version ") { return String(text.dropFirst("# version ".count)) }
    }
    guard let bytes = try? FileReader.bytes(of: "\(databaseDirectory)/+VERSION", limit: 1 << 10),
      let line = bytes.split(separator: UInt8(ascii: "\n")).first
    else { return "unknown" }
    return String(decoding: line, as: UTF8.self)
  }()

  /// A second beyond the table, moved back by whole cycles of 400 years.
  private func foldedIntoTable(_ second: Int64) -> Int64 {
    guard let cycleStart, second >= cycleStart + CivilTimeZone.cycleSeconds else { return second }
    return cycleStart + (second - cycleStart) % CivilTimeZone.cycleSeconds
  }

  /// Position of the last transition at or before `second`; -1 if there is none.
  private func index(atUTC second: Int64) -> Int {
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }

  private static func dayAndSecond(_ second: Int64) -> (day: Int, second: Int) {
    let (quotient, remainder) = second.quotientAndRemainder(dividingBy: 86_400)
    return remainder < 0
      ? (Int(quotient) - 1, Int(remainder) + 86_400) : (Int(quotient), Int(remainder))
  }

  /// Whether `text` can name a zone: letters, digits, `_`, `+`, `-` and inner slashes.
  private static func isName(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy { byte in
          switch Unicode.Scalar(byte) {
          case "a"..."z", "A"..."Z", "0"..."9", "_", "+", "-": true
          default: false
          }
        }
    }
    return isPlain && text.utf8.count <= 64 && text != "localtime" && text != "posixrules"
      && text != "+VERSION"
  }
}
