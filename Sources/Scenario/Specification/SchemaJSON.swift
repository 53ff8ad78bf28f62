import Declared
import Text

/// A JSON value: defaults and shown settings, and the schema itself.
///
/// Numbers keep their digits. `map` prints like `object`; it stands for a mapping that is given
/// whole (a latency, a table of rates) and is not filled up with defaults key by key.
enum SchemaJSON: Sendable, Equatable {
  case boolean(Bool)
  case number(String)
  case string(String)
  case array([SchemaJSON])
  case object([Member])
  case map([Member])

  struct Member: Sendable, Equatable {
    let key: String
    let value: SchemaJSON
    init(_ key: String, _ value: SchemaJSON) {
      self.key = key
      self.value = value
    }
  }

  static func integer(_ value: some BinaryInteger) -> SchemaJSON { .number("\(value)") }
  static func decimal(_ value: Double) -> SchemaJSON { .number(NumberText.text(value)) }
  static func strings(_ values: [String]) -> SchemaJSON { .array(values.map { .string($0) }) }

  var members: [Member]? {
    switch self {
    case .object(let members), .map(let members): members
    default: nil
    }
  }

  subscript(key: String) -> SchemaJSON? { members?.first { $0.key == key }?.value }

  /// This object with more members; an existing key is replaced.
  func adding(_ more: [Member]) -> SchemaJSON {
    let kept = (members ?? []).filter { old in !more.contains { $0.key == old.key } }
    return .object(kept + more)
  }

  /// Canonical text: sorted keys, two spaces; arrays of scalars stay on one line.
  func text(indent: String = "") -> String {
    let inner = indent + "  "
    switch self {
    case .boolean(let value): return "\(value)"
    case .number(let digits): return digits
    case .string(let text): return Self.quote(text)
    case .array(let values):
      if values.allSatisfy({ $0.isScalar }) {
        return "[" + values.map { $0.text() }.joined(separator: ", ") + "]"
      }
      let lines = values.map { inner + $0.text(indent: inner) }
      return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
    case .object(let members), .map(let members):
      if members.isEmpty { return "{}" }
      let lines = members.sorted { $0.key < $1.key }
        .map { "\(inner)\(Self.quote($0.key)): \($0.value.text(indent: inner))" }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    }
  }

  private var isScalar: Bool {
    switch self {
    case .boolean, .number, .string: true
    case .array, .object, .map: false
    }
  }

  /// One line, for listings: strings stand as they are, the rest as JSON.
  var line: String {
    switch self {
    case .string(let text): text
    case .boolean, .number: text()
    case .array(let values): "[" + values.map(\.line).joined(separator: ", ") + "]"
    case .object(let members), .map(let members):
      "{" + members.map { "\($0.key): \($0.value.line)" }.joined(separator: ", ") + "}"
    }
  }

  static func quote(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.value < 0x20:
        result += "\\u" + String(repeating: "0", count: scalar.value < 16 ? 3 : 2)
        result += String(scalar.value, radix: 16)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension SchemaJSON {
  /// Whether a schema, or a part of it, says what its key changes.
  var statesEffect: Bool {
    switch self {
    case .boolean, .number, .string: false
    case .array(let values): values.contains(where: \.statesEffect)
    case .object(let members), .map(let members):
      members.contains { $0.key == SettingEffect.keyword || $0.value.statesEffect }
    }
  }
}
