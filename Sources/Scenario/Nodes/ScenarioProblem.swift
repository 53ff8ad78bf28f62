/// One thing that is wrong with a scenario, and where.
public struct ScenarioProblem: Sendable, Equatable, CustomStringConvertible {
  /// Where it stands.
  public var position: SourcePosition
  /// Key path, empty when the problem is one of syntax.
  public var path: String
  /// What was expected and what was found.
  public var message: String

  /// Makes a problem.
  public init(position: SourcePosition, path: String = "", message: String) {
    self.position = position
    self.path = path
    self.message = message
  }

  /// `file:line:column: key.path: message`, one line.
  public var description: String {
    path.isEmpty
      ? "\(position): \(message)"
      : "\(position): \(printable(path, limit: 200)): \(message)"
  }
}

/// Why a scenario was not loaded. Nothing of it may be used; the next call starts afresh.
public struct ScenarioError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The classes of failure, each with its exit code.
  public enum Kind: Sendable, Equatable {
    /// There is no such file, or it may not be read: exit code 66.
    case missing
    /// The content is refused: exit code 65.
    case invalid
  }

  /// Problems printed at most; the rest are counted.
  public static let problemLimit = 20

  /// The class of the failure.
  public var kind: Kind
  /// The problems in the order of the file, at most `problemLimit`, never empty.
  public var problems: [ScenarioProblem]
  /// How many problems there are beyond those listed.
  public var omitted: Int

  /// Sorts the problems by position and keeps the first `problemLimit`.
  public init(kind: Kind, problems: [ScenarioProblem], omitted: Int = 0) {
    precondition(!problems.isEmpty, "a scenario is refused for a reason")
    let sorted = problems.sorted {
      $0.position == $1.position ? $0.path < $1.path : $0.position < $1.position
    }
    self.kind = kind
    self.problems = Array(sorted.prefix(Self.problemLimit))
    self.omitted = omitted + max(0, sorted.count - Self.problemLimit)
  }

  init(kind: Kind = .invalid, at position: SourcePosition, path: String = "", _ message: String) {
    self.init(
      kind: kind, problems: [ScenarioProblem(position: position, path: path, message: message)])
  }

  /// The process exit code: 66 for a missing file, 65 for bad content.
  public var exitCode: Int32 {
    switch kind {
    case .missing: 66
    case .invalid: 65
    }
  }

  /// One line for each problem.
  public var description: String {
    var lines = problems.map(\.description)
    if omitted > 0 { lines.append("and \(omitted) more") }
    return lines.joined(separator: "\n")
  }
}
