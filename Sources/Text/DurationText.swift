/// Durations as a scenario writes them: `250ms`, `1.5s`, `2min`, `6h`, `7d`.
public enum DurationText {
  /// Why a text is not a duration.
  public enum Failure: Error, Equatable {
    /// Neither a number nor a known unit.
    case notADuration
    /// A number alone.
    case missingUnit
    /// Finer than a nanosecond.
    case fractionOfNanosecond
    /// More than 64 bits of nanoseconds.
    case overflow
  }

  /// Units, largest first, each with its length in nanoseconds; `m` is read as `min`.
  package static let units: [(name: String, nanoseconds: Int64)] = [
    ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("min", 60_000_000_000),
    ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000), ("ns", 1),
  ]

  /// Reads a duration exactly, as nanoseconds; negative ones are read too.
  public static func nanoseconds(_ text: String) throws(Failure) -> Int64 {
    let number = text.prefix { $0 == "." || $0 == "-" || ($0.isASCII && $0.isNumber) }
    let suffix = text.dropFirst(number.count)
    guard let parts = NumberText.decimalParts(String(number)) else { throw .notADuration }
    if suffix.isEmpty { throw .missingUnit }
    let name = suffix == "m" ? "min" : suffix
    guard let unit = units.first(where: { $0.name == name })?.nanoseconds else {
      throw .notADuration
    }
    guard parts.whole.utf8.count <= 19, let whole = Int64(parts.whole) else { throw .overflow }
    let (scaled, overflows) = whole.multipliedReportingOverflow(by: unit)
    if overflows { throw .overflow }
    let (sum, sumOverflows) = scaled.addingReportingOverflow(
      try fractionOf(unit, digits: parts.fraction))
    if sumOverflows { throw .overflow }
    return parts.isNegative ? -sum : sum
  }

  /// `0.digits` of a unit, if that is a whole number of nanoseconds.
  private static func fractionOf(_ unit: Int64, digits: String) throws(Failure) -> Int64 {
    let significant = digits.utf8.reversed().drop { $0 == UInt8(ascii: "0") }.reversed()
    var rest = unit
    var result: Int64 = 0
    for digit in significant {
      guard rest % 10 == 0 else { throw .fractionOfNanosecond }
      rest /= 10
      result += rest * Int64(digit - UInt8(ascii: "0"))
    }
    return result
  }

  /// Reads a duration such as `250ms`; nil if the text is none, or does not fit 64-bit nanoseconds.
  public static func parse(_ text: String) -> Duration? {
    (try? nanoseconds(text)).map { .nanoseconds($0) }
  }

  /// The shortest exact form: `2min` and not `120s`.
  public static func text(_ duration: Duration) -> String {
    let value = nanoseconds(of: duration)
    if value == 0 { return "0s" }
    let unit = units.first { value % $0.nanoseconds == 0 } ?? ("ns", 1)
    return "\(value / unit.nanoseconds)\(unit.name)"
  }

  /// The length in nanoseconds; durations of a checked scenario always fit.
  public static func nanoseconds(of duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
