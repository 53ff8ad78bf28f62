import Glibc

/// Reading of regular files only: a FIFO or a device would block or never end.
public enum RegularFile {
  /// All bytes of the regular file at `path`, at most `limit` of them.
  public static func read(_ path: String, limit: Int) throws(ResultReadError) -> [UInt8] {
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK
    let descriptor = Int32(Posix.retrying { Int(open(path, flags)) })
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .missing(path: path) }
      throw .unreadable(path: path, reason: message(errno))
    }
    defer { _ = close(descriptor) }
    var information = stat()
    guard fstat(descriptor, &information) == 0, information.isRegularFile else {
      throw .unreadable(path: path, reason: "expected a regular file")
    }
    guard information.st_size <= limit else {
      throw .unreadable(path: path, reason: "larger than \(limit) bytes")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(information.st_size))
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = Posix.retrying { Glibc.read(descriptor, &chunk, chunk.count) }
      guard count >= 0 else { throw .unreadable(path: path, reason: message(errno)) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
    throw .unreadable(path: path, reason: "larger than \(limit) bytes")
  }

  private static func message(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
