import Glibc

/// How a child process ended in the middle of its work.
public struct ChildDeath: Sendable, Equatable {
  /// What is known, one fact a line; the command that shows it again is the last, where there is
  /// one.
  public var lines: [String]
  /// Whether it ended itself because it took more memory than it may, and is no fault of the
  /// program.
  public private(set) var isForMemory = false

  /// The code with which a child ends itself for that, having left a sentence.
  private static let codeForMemory = SweepError.Kind.refused.rawValue

  /// A death that has been told.
  public init(lines: [String]) { self.lines = lines }

  /// - Parameters:
  ///   - status: as `waitpid` gives it.
  ///   - report: what the child's crash handler has left; empty where it did not run.
  init(status: Int32, report: String) {
    lines = report.split(separator: "\n").map { line in
      line.hasPrefix(Self.prefix) ? String(line.dropFirst(Self.prefix.count)) : String(line)
    }
    guard lines.isEmpty else {
      isForMemory = status == Self.codeForMemory << 8
      return
    }
    let signal = status & 0x7F
    if signal == 0 {
      lines = ["internal error: its process ended with code \(status >> 8 & 0xFF)"]
    } else {
      let name = strsignal(signal).map { String(cString: $0) } ?? ""
      let hint = signal == SIGKILL ? "; was there too little memory?" : ""
      lines = ["internal error: its process was ended by signal \(signal) (\(name))\(hint)"]
    }
  }

  private static let prefix = "settlesim: "
}
