/// `scaled` * 10^-`decimals` with exactly `decimals` decimals: `-0.05`.
public func fixedPoint(_ scaled: Int128, decimals: Int) -> String {
  let (whole, fraction) = splitDecimal(scaled, decimals: decimals)
  return (scaled < 0 ? "-" : "") + whole + fraction
}

/// As `fixedPoint`, with thousands separators: `-1,234.05`.
public func grouped(_ scaled: Int128, decimals: Int) -> String {
  let (whole, fraction) = splitDecimal(scaled, decimals: decimals)
  var text = ""
  for (index, digit) in whole.enumerated() {
    if index > 0 && (whole.count - index).isMultiple(of: 3) { text += "," }
    text.append(digit)
  }
  return (scaled < 0 ? "-" : "") + text + fraction
}

/// The digits before the point and, with the point, those after it.
private func splitDecimal(_ scaled: Int128, decimals: Int) -> (whole: String, fraction: String) {
  var digits = String(scaled.magnitude)
  guard decimals > 0 else { return (digits, "") }
  if digits.count <= decimals {
    digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits
  }
  return (String(digits.dropLast(decimals)), "." + digits.suffix(decimals))
}

/// `value` with thousands separators: `1,234,567`.
public func grouped(_ value: Int) -> String { grouped(Int128(value), decimals: 0) }

/// The decimal `text` without zeros behind its point, and without the point where nothing is left
/// there: `1.50` is `1.5`, `2.00` is `2`. A text with an exponent stays as it is.
public func withoutTrailingZeros(_ text: String) -> String {
  guard text.contains("."), !text.contains("e") else { return text }
  var text = text
  while text.last == "0" { text.removeLast() }
  if text.last == "." { text.removeLast() }
  return text
}

/// A number of things in words: `1 wire`, `1,204 wires`; `plural` where an s would not do.
public func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
  "\(grouped(count)) \(count == 1 ? singular : plural ?? singular + "s")"
}

/// `value` rounded to `decimals`, halves away from zero, with thousands separators.
public func grouped(_ value: Double, decimals: Int) -> String {
  let scaled = (value * powerOfTen(decimals)).rounded()
  guard scaled.magnitude < 1e18 else { return value.description }
  return grouped(Int128(Int64(scaled)), decimals: decimals)
}

/// 10^`exponent` for a small exponent.
public func powerOfTen(_ exponent: Int) -> Double {
  (0..<max(0, exponent)).reduce(1) { value, _ in value * 10 }
}
