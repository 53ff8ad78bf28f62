/// `scaled` * 10^-`decimals` with exactly `decimals` decimals: `-0.05`.
func fixedPoint(_ scaled: Int128, decimals: Int) -> String {
  let (whole, fraction) = splitDecimal(scaled, decimals: decimals)
  return (scaled < 0 ? "-" : "") + whole + fraction
}

/// As `fixedPoint`, with thousands separators: `-1,234.05`.
func grouped(_ scaled: Int128, decimals: Int) -> String {
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
func grouped(_ value: Int) -> String { grouped(Int128(value), decimals: 0) }

/// `value` rounded to `decimals`, halves away from zero, with thousands separators.
func grouped(_ value: Double, decimals: Int) -> String {
  let scaled = (value * powerOfTen(decimals)).rounded()
  guard scaled.magnitude < 1e18 else { return value.description }
  return grouped(Int128(Int64(scaled)), decimals: decimals)
}

/// 10^`exponent` for a small exponent.
func powerOfTen(_ exponent: Int) -> Double {
  (0..<max(0, exponent)).reduce(1) { value, _ in value * 10 }
}

extension Unicode.Scalar {
  /// Whether the character steers a terminal or the direction of text instead of being seen: C0 and
  /// C1 controls, separators of lines and paragraphs, direction marks, the byte-order mark.
  var isInvisible: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF:
      true
    default: false
    }
  }
}

/// `text` with every control and direction character replaced by U+FFFD, for screen and report.
package func visible(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: \.isInvisible) else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    result.unicodeScalars.append(scalar.isInvisible ? "\u{FFFD}" : scalar)
  }
  return result
}
