import Host
import Text

/// What was run: enough to run it again.
public struct RunIdentity: Sendable, Equatable {
  /// The scenario's name.
  public var scenarioName: String
  /// The scenario's description; may be empty.
  public var scenarioDescription = ""
  /// How a user names the scenario on the command line: a shipped name or a file name, without
  /// directories, so that results do not tell where they were made.
  public var scenarioReference: String
  /// The scenario file's text, byte for byte as it was read.
  public var scenarioText: String
  /// SHA-256 of `scenarioText`, 64 hexadecimal digits.
  public let scenarioSHA256: String
  /// The seed of all random streams.
  public var seed: UInt64
  /// `--set` overrides in the order given.
  public var overrides: [SettingOverride] = []
  /// Other files the scenario read, a trace for instance.
  public var inputs: [InputFile] = []
  /// Rolling hash of all semantic events.
  public var digest: UInt64 = 0
  /// Hash of what the run was given to do: every payment that merchants asked for of their own
  /// accord, when and with what in it. Runs with the same value met the same arrivals, whatever
  /// became of them. Zero in results that were written before it was recorded.
  public var arrivalDigest: UInt64 = 0
  /// Number of semantic events behind `digest`.
  public var eventCount: Int = 0
  /// Version of settlesim that produced the result.
  public var settlesimVersion: String = ""
  /// Version of the time-zone database, which can change cut-offs; empty when unknown.
  public var timeZoneDatabaseVersion: String = ""

  /// The identity of a run of the scenario with text `scenarioText`; the hash is computed here.
  public init(
    scenarioName: String, scenarioText: String, seed: UInt64, scenarioReference: String? = nil
  ) {
    self.scenarioName = scenarioName
    self.scenarioReference = scenarioReference ?? scenarioName
    self.scenarioText = scenarioText
    self.scenarioSHA256 = SHA256.hexDigest(of: scenarioText)
    self.seed = seed
  }

  /// Version of the layout of `summary.json` and `manifest.json`; a reader refuses any other.
  public static let schemaVersion = 2

  /// The digest as 16 hexadecimal digits.
  public var digestHex: String { hexadecimal(digest) }

  /// The arrivals' digest as 16 hexadecimal digits.
  public var arrivalDigestHex: String { hexadecimal(arrivalDigest) }

  /// The command that gives the same result, quoted for a POSIX shell.
  public var reproducingCommand: String {
    var words = ["settlesim", "run", scenarioReference, "--seed", String(seed)]
    for override in overrides { words += ["--set", "\(override.path)=\(override.value)"] }
    return words.map(shellQuoted).joined(separator: " ")
  }
}

/// One `--set path=value`.
public struct SettingOverride: Sendable, Equatable {
  /// Dotted path of the setting.
  public var path: String
  /// The value as text, as it was given.
  public var value: String

  /// The override of the setting at `path` by `value`.
  public init(path: String, value: String) {
    self.path = path
    self.value = value
  }
}

/// A file that was read beside the scenario.
public struct InputFile: Sendable, Equatable {
  /// The name as the scenario gives it.
  public var name: String
  /// SHA-256 of its bytes, 64 hexadecimal digits.
  public var sha256: String
  /// Size in bytes.
  public var size: Int

  /// The input file `name` of `size` bytes with the given hash.
  public init(name: String, sha256: String, size: Int) {
    self.name = name
    self.sha256 = sha256
    self.size = size
  }
}

/// `word` as one word of a POSIX shell command line.
package func shellQuoted(_ word: String) -> String {
  let plain = word.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: ":"),
      UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: "@"), UInt8(ascii: "%"):
      true
    default: false
    }
  }
  if plain && !word.isEmpty { return word }
  return "'"
    + word.split(separator: "'", omittingEmptySubsequences: false)
    .joined(separator: "'\\''") + "'"
}
