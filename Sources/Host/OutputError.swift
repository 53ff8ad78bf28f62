import Text
import Glibc

/// Why something could not be written. Fatal for the output concerned: nothing partial stays
/// behind, and the next call on the same output fails alike. The command line exits with 74.
public struct OutputError: Error, Equatable, CustomStringConvertible {
  /// What kind of trouble it is.
  public enum Kind: Sendable {
    /// The reader of a pipe has gone; for standard output usually no news to tell.
    case brokenPipe
    /// The disk, the quota or the file-size limit is exhausted.
    case noSpace
    /// The target is something that must not be replaced.
    case refused
    /// The target is a result with another layout, which is not replaced unread: the command line
    /// exits with 65.
    case otherVersion
    /// Another run is writing there.
    case busy
    /// Any other error of the operating system.
    case system
  }

  /// What kind of trouble it is.
  public let kind: Kind
  /// The file, directory or stream concerned.
  public let path: String
  /// What is wrong, in words.
  public let reason: String
  /// The code of the system call that failed; zero where none did.
  package let code: Int32

  /// The error on one line.
  public var description: String { "cannot write \(visible(path)): \(visible(reason))" }

  /// An error of one of our own rules.
  package init(_ kind: Kind, _ path: String, _ reason: String) {
    self.kind = kind
    self.path = path
    self.reason = reason
    code = 0
  }

  /// The error of the system call that just failed with `code` while doing `action`.
  package init(_ action: String, _ path: String, errno code: Int32) {
    kind =
      switch code {
      case EPIPE: .brokenPipe
      case ENOSPC, EDQUOT, EFBIG: .noSpace
      default: .system
      }
    self.path = path
    self.code = code
    reason = "\(action): \(FileReadError.text(of: code))"
  }
}
