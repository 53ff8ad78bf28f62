import Text
import Reporting

/// Why a baseline cannot be used. Fatal for the comparison concerned; the baseline can be made anew
/// with `--update-baseline`.
public enum BaselineError: Error, Equatable, CustomStringConvertible {
  /// There is no such file.
  case missing(path: String)
  /// The file cannot be read, is no JSON or not what it should be; the text says where and what was
  /// expected.
  case refused(String)

  /// What, where, what was expected, on one line.
  public var description: String {
    switch self {
    case .missing(let path): "\(visible(path)): no such baseline"
    case .refused(let text): text
    }
  }
}

/// A baseline on disk as checked JSON, whose values are asked for one by one; what is not as
/// expected is refused as `file:line:column: key: what was expected`.
struct BaselineFile {
  private let path: String
  private let bytes: [UInt8]
  private let json: CanonicalJSON

  /// Longer than any baseline.
  private static let longest = 16 << 20

  /// Reads the file at `path`, which must be of the given kind and layout.
  init(_ path: String, kind: String, schemaVersion: Int) throws(BaselineError) {
    self.path = path
    do throws(ResultReadError) {
      bytes = try RegularFile.read(path, limit: Self.longest)
    } catch {
      if case .missing = error { throw .missing(path: path) }
      throw .refused("\(error)")
    }
    do throws(JSONError) {
      json = try CanonicalJSON(parsing: bytes, file: path)
    } catch {
      throw .refused("\(Self.place(path, bytes, error.offset)): \(error.message)")
    }
    let version = json["schema_version"]?.integer() ?? 0
    guard json["kind"]?.text == kind else { throw refused("kind", "expected \(kind)") }
    guard version == schemaVersion else {
      throw refused(
        "schema_version",
        "this settlesim reads \(schemaVersion), found \(version); "
          + "make the baseline anew with --update-baseline")
    }
  }

  /// Whether there is such a member.
  func has(_ key: String) -> Bool { json[key] != nil }

  /// A text.
  func text(_ key: String) throws(BaselineError) -> String {
    guard let text = json[key]?.text else { throw refused(key, "expected a text") }
    return text
  }

  /// A whole number that fits.
  func integer<Value: FixedWidthInteger>(_ key: String) throws(BaselineError) -> Value {
    guard let value = json[key]?.integer(as: Value.self) else {
      throw refused(key, "expected a whole number of \(Value.min) to \(Value.max)")
    }
    return value
  }

  /// A hash.
  func hexadecimal(_ key: String, digits: Int) throws(BaselineError) -> String {
    let text = json[key]?.text ?? ""
    guard text.utf8.count == digits, text.allSatisfy(\.isHexDigit) else {
      throw refused(key, "expected \(digits) hexadecimal digits")
    }
    return text
  }

  /// The members of an object, sorted by their keys.
  func members(_ key: String) throws(BaselineError) -> [(key: String, value: CanonicalJSON)] {
    guard let members = json[key]?.sortedMembers else { throw refused(key, "expected an object") }
    return members
  }

  /// The refusal of what stands under `key`.
  func refused(_ key: String, _ reason: String) -> BaselineError {
    let key = visible(key)
    guard let offset = offset(of: key) else {
      return .refused("\(Self.place(path, bytes, 0)): \(key): missing; \(reason)")
    }
    return .refused("\(Self.place(path, bytes, offset)): \(key): \(reason)")
  }

  /// Where `key` stands: the first time that it is quoted and followed by a colon.
  private func offset(of key: String) -> Int? {
    let quoted = Array(CanonicalJSON.string(key).encodedLine().utf8)
    guard bytes.count >= quoted.count else { return nil }
    return (0...bytes.count - quoted.count).first { start in
      let end = start + quoted.count
      guard bytes[start..<end].elementsEqual(quoted) else { return false }
      return bytes[end...].first { $0 != 0x20 } == UInt8(ascii: ":")
    }
  }

  /// `file:line:column` of a byte; columns count bytes from 1.
  private static func place(_ path: String, _ bytes: [UInt8], _ offset: Int) -> String {
    let before = bytes.prefix(offset)
    let line = before.count { $0 == 0x0A } + 1
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return "\(visible(path)):\(line):\(before.count - start + 1)"
  }
}
