/// Numbers as a scenario writes them: ASCII digits only.
///
/// No signs other than a leading `-`, no `1_000`, `0x10`, `010`, `.5`, `5.`, `.inf`: a number means
/// the same to a reader, to YAML 1.1, to YAML 1.2 and to JSON. Decimals may have an exponent, as in
/// `1e-9`; whole numbers, amounts of money and durations have none.
public enum NumberText {
  /// An integer without leading zeros; nil if it is none or does not fit.
  public static func integer(_ text: String) -> Int64? {
    isCanonicalInteger(text) ? Int64(text) : nil
  }

  /// An integer from 0 to 2^64-1; nil if it is none or does not fit.
  public static func unsigned(_ text: String) -> UInt64? {
    isCanonicalInteger(text) ? UInt64(text) : nil
  }

  /// Whether `text` is `0`, or digits without a leading zero, with an optional `-`.
  public static func isCanonicalInteger(_ text: String) -> Bool {
    var digits = Array(text.utf8)[...]
    if digits.first == UInt8(ascii: "-") { digits.removeFirst() }
    guard let first = digits.first, digits.allSatisfy(isDigit) else { return false }
    return digits.count == 1
      ? (first != UInt8(ascii: "0") || text == "0") : first != UInt8(ascii: "0")
  }

  /// A decimal such as `2`, `-0.5`, `1234.25` or `1e-9`, of at most 40 digits before the exponent,
  /// which has at most three.
  public static func decimal(_ text: String) -> Double? {
    let plain = text.prefix { $0 != "e" && $0 != "E" }
    guard let parts = decimalParts(String(plain)), parts.digitCount <= 40 else { return nil }
    if plain.endIndex != text.endIndex {
      var exponent = text[plain.endIndex...].dropFirst()
      if exponent.first == "-" || exponent.first == "+" { exponent.removeFirst() }
      guard (1...3).contains(exponent.utf8.count), exponent.utf8.allSatisfy(isDigit) else {
        return nil
      }
    }
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// Sign, digits before and digits after the point of a plain decimal.
  public static func decimalParts(
    _ text: String
  ) -> (isNegative: Bool, whole: String, fraction: String, digitCount: Int)? {
    var rest = text[...]
    let isNegative = rest.first == "-"
    if isNegative { rest.removeFirst() }
    let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, isCanonicalInteger(String(whole)), whole.first != "-" else {
      return nil
    }
    guard parts.count == 2 else { return (isNegative, String(whole), "", whole.utf8.count) }
    guard !parts[1].isEmpty, parts[1].utf8.allSatisfy(isDigit) else { return nil }
    return (
      isNegative, String(whole), String(parts[1]), whole.utf8.count + parts[1].utf8.count
    )
  }

  /// The shortest plain decimal that reads back as `value`.
  public static func text(_ value: Double) -> String {
    let text = "\(value)"
    guard let e = text.firstIndex(where: { $0 == "e" || $0 == "E" }) else {
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    let mantissa = text[..<e]
    let exponent = Int(text[text.index(after: e)...]) ?? 0
    let isNegative = mantissa.hasPrefix("-")
    let digits = mantissa.filter { $0 != "." && $0 != "-" }
    let wholeCount = mantissa.drop { $0 == "-" }.prefix { $0 != "." }.count
    let point = wholeCount + exponent
    var result: String
    if point <= 0 {
      result = "0." + String(repeating: "0", count: -point) + digits
    } else if point >= digits.count {
      result = digits + String(repeating: "0", count: point - digits.count)
    } else {
      result = digits.prefix(point) + "." + digits.dropFirst(point)
    }
    if result.contains(".") {
      while result.last == "0" { result.removeLast() }
      if result.last == "." { result.removeLast() }
    }
    return (isNegative ? "-" : "") + result
  }
}
