/// Why a sweep cannot be made, run or merged. Nothing was written by the call that throws it, and
/// the next call with the same input fails alike.
public struct SweepError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The classes of failure, each with the exit code that the command line gives it.
  public enum Kind: Int32, Sendable {
    /// The process that ran a point died.
    case died = 1
    /// The sweep cannot be understood: a list, a range, a shard.
    case usage = 64
    /// A point's scenario, a sweep directory or a result in it is refused; or a point takes more
    /// memory than it may.
    case refused = 65
    /// A file or directory is missing.
    case missing = 66
    /// Something cannot be written.
    case cannotWrite = 74
    /// Two results of one point differ.
    case differs = 97
  }

  /// The class of the failure.
  public var kind: Kind
  /// What is wrong, one problem a line, never empty.
  public var lines: [String]

  /// A failure told on several lines.
  public init(_ kind: Kind, _ lines: [String]) {
    self.kind = kind
    self.lines = lines
  }

  /// A failure told on one line.
  public init(_ kind: Kind, _ line: String) { self.init(kind, [line]) }

  /// All lines.
  public var description: String { lines.joined(separator: "\n") }
}
