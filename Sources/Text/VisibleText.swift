extension Unicode.Scalar {
  /// Whether the character steers a terminal or the direction of text instead of being seen: C0 and
  /// C1 controls, separators of lines and paragraphs, direction marks, the byte-order mark.
  public var isInvisible: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF:
      true
    default: false
    }
  }
}

/// `text` with every control and direction character replaced by U+FFFD, for screen and report.
public func visible(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: \.isInvisible) else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    result.unicodeScalars.append(scalar.isInvisible ? "\u{FFFD}" : scalar)
  }
  return result
}
