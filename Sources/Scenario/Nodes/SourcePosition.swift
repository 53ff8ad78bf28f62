/// What gave a value: the scenario file, a flag, the environment, or nobody.
public enum ScenarioOrigin: Sendable, Hashable {
  /// The file of this name.
  case file(String)
  /// A flag of the command line, such as `--set`.
  case flag(String)
  /// An environment variable, such as `SETTLESIM_SEED`.
  case environment(String)
  /// The default of the section.
  case defaultValue

  /// Whether the value replaces what the file says.
  public var isOverride: Bool {
    switch self {
    case .flag, .environment: true
    case .file, .defaultValue: false
    }
  }
}

/// A place in a scenario file (line and column start at 1), or the flag or variable that set a
/// value.
public struct SourcePosition: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Where the text stands.
  public var origin: ScenarioOrigin
  /// Line in the file, from 1; 0 when the value stands in no file.
  public var line: Int
  /// Column in Unicode scalars, from 1; 0 when the value stands in no file.
  public var column: Int

  /// Makes a position; line and column are left out for what stands in no file.
  public init(origin: ScenarioOrigin, line: Int = 0, column: Int = 0) {
    self.origin = origin
    self.line = line
    self.column = column
  }

  /// `file:line:column`, the flag, the variable, or `default`.
  public var description: String {
    switch origin {
    case .file(let name): "\(printable(name, limit: 4_096)):\(line):\(column)"
    case .flag(let name), .environment(let name): name
    case .defaultValue: "default"
    }
  }

  /// File positions come first, in reading order; flags and variables follow.
  public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    let leftKey = (left.rank, left.line, left.column)
    let rightKey = (right.rank, right.line, right.column)
    return leftKey == rightKey ? left.description < right.description : leftKey < rightKey
  }

  private var rank: Int {
    switch origin {
    case .file: 0
    case .environment: 1
    case .flag: 2
    case .defaultValue: 3
    }
  }
}

/// `text` on one line, without control characters, cut to `limit` scalars.
func printable(_ text: String, limit: Int = 60) -> String {
  var result = String.UnicodeScalarView()
  var count = 0
  for scalar in text.unicodeScalars {
    if count == limit {
      result.append("…")
      break
    }
    count += 1
    switch scalar {
    case "\n": result.append(contentsOf: "\\n".unicodeScalars)
    case "\t": result.append(contentsOf: "\\t".unicodeScalars)
    case _ where TextGuard.isForbidden(scalar):
      result.append(contentsOf: TextGuard.name(of: scalar).unicodeScalars)
    default: result.append(scalar)
    }
  }
  return String(result)
}
