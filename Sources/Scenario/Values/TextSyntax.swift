import Text
import Money

extension Syntax where Value == String {
  /// Text that `accepts` takes.
  static func text(
    _ what: String, schema: SchemaJSON, accepts: @escaping @Sendable (String) -> Bool
  ) -> Syntax<String> {
    Syntax(scalar: schema, show: { .string($0) }) { node, decoding in
      if let text = node.plainText, PlainText.kind(of: text) != .text {
        decoding.expected(what, at: node, hint: "; put it in quotes if it is meant as text")
        return nil
      }
      guard let text = node.text, accepts(text) else {
        decoding.expected(what, at: node)
        return nil
      }
      return text
    }
  }

  /// A name: 1 to 64 letters, digits, `-` and `_`, so that it can name a directory.
  static var name: Syntax<String> {
    text(
      "a name of 1 to 64 letters, digits, - and _",
      schema: .text(pattern: "^[A-Za-z0-9_-]{1,64}$", examples: ["standard-day"])
    ) { text in
      (1...64).contains(text.utf8.count)
        && text.utf8.allSatisfy { byte in
          isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x2D || byte == 0x5F
        }
    }
  }

  /// One line for people.
  static var line: Syntax<String> {
    text(
      "one line of at most 500 characters",
      schema: .type(
        "string", .init("maxLength", .integer(500)), .init("pattern", .string("^[^\\n\\r\\t]*$")))
    ) { $0.unicodeScalars.count <= 500 && !$0.unicodeScalars.contains { $0.value < 0x20 } }
  }

  /// A column name or another short text of a data file.
  static var word: Syntax<String> {
    text(
      "a text of 1 to 200 characters on one line",
      schema: .type(
        "string", .init("minLength", .integer(1)), .init("maxLength", .integer(200)),
        .init("pattern", .string("^[^\\n\\r\\t]*$")))
    ) {
      (1...200).contains($0.unicodeScalars.count)
        && !$0.unicodeScalars.contains { $0.value < 0x20 }
    }
  }

  /// The path of a file to read, relative to the scenario file or absolute.
  static var file: Syntax<String> {
    text(
      "the path of a file, relative to the scenario file",
      schema: .type(
        "string", .init("minLength", .integer(1)), .init("maxLength", .integer(4_095)),
        .init("pattern", .string("^[^\\n\\r\\t]*$")))
    ) {
      (1...4_095).contains($0.utf8.count) && !$0.unicodeScalars.contains { $0.value < 0x20 }
    }
  }

  /// Two capital letters of ISO 3166-1.
  static var country: Syntax<String> {
    text(
      "a country code of two capitals such as DE",
      schema: .text(pattern: "^[A-Z]{2}$", examples: ["US", "DE"])
    ) { $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x41...0x5A).contains($0) } }
  }

  /// A time zone of the IANA database.
  static var timeZone: Syntax<String> {
    text(
      "an IANA time zone such as America/New_York",
      schema: .text(
        pattern: "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$", examples: ["America/New_York", "UTC"])
    ) { $0.utf8.count <= 64 && CivilTimeZone(identifier: $0) != nil }
  }
}

extension Syntax
where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
  /// One of the words of an enumeration.
  static func choice() -> Syntax<Value> {
    let words = Value.allCases.map(\.rawValue)
    let schema = SchemaJSON.object([.init("enum", .strings(words))])
    return Syntax(scalar: schema, show: { .string($0.rawValue) }) { node, decoding in
      guard let value = node.text.flatMap({ Value(rawValue: $0) }) else {
        decoding.expected(
          "one of \(words.joined(separator: ", "))", at: node,
          hint: node.text.map { EditDistance.hint($0, among: words) } ?? "")
        return nil
      }
      return value
    }
  }
}
