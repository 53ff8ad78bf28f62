import Host
import Text
import Glibc

/// Why a result could not be read.
public enum ResultReadError: Error, Equatable, CustomStringConvertible {
  /// There is no such file.
  case missing(path: String)
  /// The operating system refused; the reason in words.
  case unreadable(path: String, reason: String)
  /// The file is not JSON.
  case malformed(JSONError)
  /// The file is of a result with another layout than this settlesim's.
  case otherVersion(path: String, version: Int)
  /// The file is JSON but not what it should be.
  case inconsistent(path: String, reason: String)

  /// The error on one line.
  public var description: String {
    switch self {
    case .missing(let path): "\(visible(path)): no such file"
    case .unreadable(let path, let reason): "\(visible(path)): \(reason)"
    case .malformed(let error): visible(error.description)
    case .otherVersion(let path, let version): "\(visible(path)): \(ResultSchema.sentence(version))"
    case .inconsistent(let path, let reason): "\(visible(path)): \(visible(reason))"
    }
  }
}

extension ResultManifest {
  /// Reads the manifest of the result in `directory`.
  public init(readingFrom directory: String) throws(ResultReadError) {
    let path = directory + "/" + ResultManifest.fileName
    let bytes = try RegularFile.read(path, limit: 64 << 20)
    let json: CanonicalJSON
    do {
      json = try CanonicalJSON(parsing: bytes, file: path)
    } catch {
      throw .malformed(error)
    }
    try self.init(json, file: path)
  }

  /// Takes a manifest from its JSON; `file` names it in errors. The scenario's hash is checked.
  public init(_ json: CanonicalJSON, file: String) throws(ResultReadError) {
    let fields = ManifestFields(json: json, file: file)
    guard json["kind"]?.text == ResultManifest.kind else {
      throw .inconsistent(path: file, reason: "not the manifest of a settlesim result")
    }
    try ResultSchema.check(fields.integer("schema_version"), file: file)
    let scenario = ManifestFields(json: json["scenario"] ?? .null, file: file, prefix: "scenario.")
    identity = RunIdentity(
      scenarioName: try scenario.text("name"), scenarioText: try scenario.text("text"),
      seed: try fields.integer("seed"), scenarioReference: try scenario.text("reference"))
    identity.scenarioDescription = try scenario.text("description")
    guard identity.scenarioSHA256 == (try scenario.text("sha256")) else {
      throw .inconsistent(path: file, reason: "scenario.sha256 is not that of scenario.text")
    }
    identity.overrides = []
    for entry in try fields.list("overrides") {
      identity.overrides.append(
        SettingOverride(path: try entry.text("path"), value: try entry.text("value")))
    }
    identity.inputs = try fields.files("inputs")
    identity.digest = try fields.hexadecimal("digest")
    if json["arrival_digest"] != nil {
      identity.arrivalDigest = try fields.hexadecimal("arrival_digest")
    }
    identity.eventCount = try fields.integer("event_count")
    identity.settlesimVersion = try fields.text("settlesim_version")
    identity.timeZoneDatabaseVersion = try fields.text("time_zone_database")
    guard let verdict = Verdict(rawValue: try fields.text("verdict")) else {
      throw .inconsistent(path: file, reason: "verdict: expected one of the known verdicts")
    }
    self.verdict = verdict
    guard case .boolean(let isComplete)? = json["complete"] else {
      throw .inconsistent(path: file, reason: "complete: expected true or false")
    }
    self.isComplete = isComplete
    files = try fields.files("files")
  }

  /// Compares the files in `directory` with sizes and hashes of the manifest; the differences, each
  /// on a line, none when all are as they were written.
  public func differences(in directory: String) -> [String] {
    files.compactMap { file in
      do {
        try ResultPath.check(fileName: file.name)
        let bytes = try RegularFile.read(directory + "/" + file.name, limit: Int.max)
        return file.difference(of: bytes).map { "\(visible(file.name)): \($0)" }
      } catch {
        return "\(visible(file.name)): \(error)"
      }
    }
  }
}

extension InputFile {
  /// Why `bytes` are not what the manifest lists under this name, with both hashes; nil when they
  /// are.
  public func difference(of bytes: [UInt8]) -> String? {
    let found = SHA256.hexDigest(of: bytes)
    guard found != sha256 else { return nil }
    return "it was changed after it was written: its SHA-256 is \(found), in the manifest "
      + "\(visible(sha256)); its \(bytes.count) bytes were \(size)"
  }
}

/// Typed access to the members of a manifest, with errors that name file and key.
struct ManifestFields {
  let json: CanonicalJSON
  let file: String
  var prefix = ""

  func text(_ key: String) throws(ResultReadError) -> String {
    guard let text = json[key]?.text else { throw expected("a string", key) }
    return text
  }

  func integer<Value: FixedWidthInteger>(_ key: String) throws(ResultReadError) -> Value {
    guard let value = json[key]?.integer(as: Value.self) else { throw expected("an integer", key) }
    return value
  }

  func hexadecimal(_ key: String) throws(ResultReadError) -> UInt64 {
    let digits = try text(key)
    guard digits.utf8.count == 16, let value = UInt64(digits, radix: 16) else {
      throw expected("16 hexadecimal digits", key)
    }
    return value
  }

  func list(_ key: String) throws(ResultReadError) -> [ManifestFields] {
    guard let elements = json[key]?.elements else { throw expected("a list", key) }
    return elements.enumerated().map {
      ManifestFields(json: $0.element, file: file, prefix: "\(prefix)\(key)[\($0.offset)].")
    }
  }

  func files(_ key: String) throws(ResultReadError) -> [InputFile] {
    var files: [InputFile] = []
    for entry in try list(key) {
      files.append(
        InputFile(
          name: try entry.text("name"), sha256: try entry.text("sha256"),
          size: try entry.integer("size")))
    }
    return files
  }

  private func expected(_ what: String, _ key: String) -> ResultReadError {
    .inconsistent(path: file, reason: "\(prefix)\(key): expected \(what)")
  }
}
