import Glibc
import Host

/// Reading of regular files only: a FIFO or a device would block or never end.
public enum RegularFile {
  /// All bytes of the regular file at `path`, at most `limit` of them.
  public static func read(_ path: String, limit: Int) throws(ResultReadError) -> [UInt8] {
    do {
      return try FileReader.bytes(of: path, limit: limit)
    } catch {
      switch error {
      case .badName, .open(ENOENT), .open(ENOTDIR): throw .missing(path: path)
      case .open(let code), .read(let code):
        throw .unreadable(path: path, reason: FileReadError.text(of: code))
      case .notRegular: throw .unreadable(path: path, reason: "expected a regular file")
      case .tooLarge: throw .unreadable(path: path, reason: "larger than \(limit) bytes")
      }
    }
  }
}
