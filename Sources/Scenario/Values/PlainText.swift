import Text

/// What an unquoted scalar means to YAML 1.2 (core schema), whatever the field expects.
enum PlainText {
  enum Kind { case null, boolean, number, text }

  static func kind(of text: String) -> Kind {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE", "false", "False", "FALSE": return .boolean
    case ".nan", ".NaN", ".NAN": return .number
    default: break
    }
    var rest = Array(text.utf8)[...]
    if rest.starts(with: "0x".utf8) || rest.starts(with: "0o".utf8) {
      return rest.count > 2 && rest.dropFirst(2).allSatisfy(isHexDigit) ? .number : .text
    }
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    if [".inf", ".Inf", ".INF"].contains(where: { rest.elementsEqual($0.utf8) }) { return .number }
    let whole = takeDigits(&rest)
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = takeDigits(&rest)
    }
    guard whole + fraction > 0 else { return .text }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
      guard takeDigits(&rest) > 0 else { return .text }
    }
    return rest.isEmpty ? .number : .text
  }

  private static func takeDigits(_ rest: inout ArraySlice<UInt8>) -> Int {
    let digits = rest.prefix(while: isDigit)
    rest.removeFirst(digits.count)
    return digits.count
  }
}
