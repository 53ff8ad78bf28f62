/// Refuses bytes that are not plain text before YAML sees them: what a reader cannot see must not
/// change what a scenario means, nor what a terminal shows.
enum TextGuard {
  /// Whether a scalar may not stand in a scenario: control characters other than tab and line ends,
  /// bidirectional controls, invisible characters, line and paragraph separators.
  static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: false
    case 0x00..<0x20, 0x7F..<0xA0: true
    case 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F: true
    case 0xFEFF, 0xFFF9...0xFFFB, 0xFFFE, 0xFFFF, 0xE0000...0xE007F: true
    default: false
    }
  }

  /// `U+001B`.
  static func name(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// What kind of character a forbidden one is, for people.
  static func kind(of scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0: "a NUL character"
    case 0x1B: "an escape character"
    case 0xFEFF: "a byte-order mark"
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069:
      "a text-direction control character"
    case 0x200B...0x206F, 0xE0000...0xE007F: "an invisible character"
    default: "a control character"
    }
  }

  /// The first problem of `bytes`, or nil if they are UTF-8 text without forbidden characters.
  ///
  /// A byte-order mark is refused, so that one text has one digest.
  static func firstProblem(in bytes: [UInt8], file: String) -> ScenarioProblem? {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var line = 1
    var column = 1
    func problem(_ message: String) -> ScenarioProblem {
      ScenarioProblem(
        position: SourcePosition(origin: .file(file), line: line, column: column),
        message: message)
    }
    while true {
      switch decoder.decode(&iterator) {
      case .emptyInput: return nil
      case .error: return problem("expected UTF-8 text, found a byte that is not UTF-8")
      case .scalarValue(let scalar):
        if scalar == "\n" {
          line += 1
          column = 1
          continue
        }
        if isForbidden(scalar) {
          return problem(
            "expected plain text, found \(kind(of: scalar)) (\(name(of: scalar)))")
        }
        column += 1
      }
    }
  }

  /// The first forbidden scalar of a value, after YAML has resolved its escapes.
  static func firstForbidden(in text: String) -> Unicode.Scalar? {
    text.unicodeScalars.first(where: isForbidden)
  }
}
