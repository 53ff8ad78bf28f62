/// Why a JSON text could not be read.
public struct JSONError: Error, Equatable, CustomStringConvertible {
  /// The file's name, as given to the parser.
  public let file: String
  /// Byte offset of the trouble, from 0; the length of the text where it ends too early.
  public let offset: Int
  /// What was expected.
  public let message: String

  /// The error on one line.
  public var description: String { "\(file): byte \(offset): \(message)" }
}

extension CanonicalJSON {
  /// Reads the JSON text `bytes` (RFC 8259, UTF-8); `file` names it in errors.
  ///
  /// Stricter than the standard where a canonical file has no need: no duplicate keys, at most 64
  /// levels, integers from `Int64.min` to `UInt64.max`, decimals finite. Never traps on any input.
  public init(parsing bytes: [UInt8], file: String) throws(JSONError) {
    var parser = JSONParser(bytes: bytes, file: file)
    self = try parser.document()
  }

  /// Reads the JSON text `text`.
  public init(parsing text: String, file: String) throws(JSONError) {
    try self.init(parsing: Array(text.utf8), file: file)
  }
}

/// A recursive-descent reader over bytes.
struct JSONParser {
  let bytes: [UInt8]
  let file: String
  var position = 0
  var depth = 0

  static let maximumDepth = 64

  mutating func document() throws(JSONError) -> CanonicalJSON {
    let value = try value()
    skipSpace()
    guard position == bytes.count else { throw error("expected the end of the text") }
    return value
  }

  func error(_ message: String, at offset: Int? = nil) -> JSONError {
    JSONError(file: file, offset: offset ?? position, message: message)
  }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  mutating func value() throws(JSONError) -> CanonicalJSON {
    skipSpace()
    guard let byte = next else { throw error("expected a value, the text ends here") }
    switch byte {
    case UInt8(ascii: "{"): return try nested { (parser) throws(JSONError) in try parser.object() }
    case UInt8(ascii: "["): return try nested { (parser) throws(JSONError) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws(JSONError) -> CanonicalJSON
  ) throws(JSONError) -> CanonicalJSON {
    guard depth < JSONParser.maximumDepth else { throw error("nested too deeply") }
    depth += 1
    position += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func word(
    _ word: String, _ value: CanonicalJSON
  ) throws(JSONError) -> CanonicalJSON {
    guard bytes[position...].starts(with: word.utf8) else { throw error("expected \(word)") }
    position += word.utf8.count
    return value
  }

  private mutating func object() throws(JSONError) -> CanonicalJSON {
    var members: [String: CanonicalJSON] = [:]
    skipSpace()
    if take("}") { return .object(members) }
    while true {
      skipSpace()
      let start = position
      guard next == UInt8(ascii: "\"") else { throw error("expected a key in quotes") }
      let key = try string()
      guard members[key] == nil else { throw error("the key is given twice", at: start) }
      skipSpace()
      guard take(":") else { throw error("expected ':' after the key") }
      members[key] = try value()
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw error("expected ',' or '}'") }
    }
  }

  private mutating func array() throws(JSONError) -> CanonicalJSON {
    var elements: [CanonicalJSON] = []
    skipSpace()
    if take("]") { return .array(elements) }
    while true {
      elements.append(try value())
      skipSpace()
      if take("]") { return .array(elements) }
      guard take(",") else { throw error("expected ',' or ']'") }
    }
  }
}
