extension CanonicalJSON {
  /// The value over several lines, indented by two spaces, with a newline at the end.
  public func encoded() -> String {
    var text = ""
    write(to: &text, indent: 0)
    text += "\n"
    return text
  }

  /// The value on one line, without a newline: for NDJSON.
  public func encodedLine() -> String {
    var text = ""
    write(to: &text, indent: nil)
    return text
  }

  private func write(to text: inout String, indent: Int?) {
    switch self {
    case .object:
      let members = sortedMembers ?? []
      writeList("{", "}", members.count, to: &text, indent: indent) { index, text, inner in
        CanonicalJSON.writeString(members[index].key, to: &text)
        text += indent == nil ? ":" : ": "
        members[index].value.write(to: &text, indent: inner)
      }
    case .array(let elements):
      writeList("[", "]", elements.count, to: &text, indent: indent) { index, text, inner in
        elements[index].write(to: &text, indent: inner)
      }
    case .string(let value): CanonicalJSON.writeString(value, to: &text)
    case .integer(let value): text += String(value)
    case .fixed(let scaled, let decimals): text += fixedPoint(Int128(scaled), decimals: decimals)
    case .decimal(let value): text += value.isFinite ? value.description : "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .null: text += "null"
    }
  }

  private func writeList(
    _ open: String, _ close: String, _ count: Int, to text: inout String, indent: Int?,
    element: (Int, inout String, Int?) -> Void
  ) {
    text += open
    for index in 0..<count {
      if index > 0 { text += "," }
      if let indent { text += "\n" + String(repeating: " ", count: indent + 2) }
      element(index, &text, indent.map { $0 + 2 })
    }
    if count > 0, let indent { text += "\n" + String(repeating: " ", count: indent) }
    text += close
  }

  /// Control and direction characters are written as escapes, so that a hostile name can neither
  /// steer a terminal nor reorder what a reader sees.
  private static func writeString(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.isInvisible:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
