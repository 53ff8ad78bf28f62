import Glibc

/// Why a file could not be read. Nothing of it is used.
public enum FileReadError: Error, Equatable, Sendable {
  /// The name is empty or holds a NUL character.
  case badName
  /// It cannot be opened: the error code of the system.
  case open(Int32)
  /// It is no regular file but `found`, as in `a FIFO`.
  case notRegular(found: String)
  /// It has more bytes than are read: at least `size`.
  case tooLarge(size: Int)
  /// Reading failed: the error code of the system.
  case read(Int32)

  /// What the system says about an error code.
  public static func text(of code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}

/// A regular file that is read without trusting it: type and size are known before the first byte
/// is read, and opening does not block, so that a FIFO is refused and not waited for.
public final class FileReader {
  /// Bytes of the file when it was opened; it may grow.
  public let size: Int
  private let descriptor: Int32

  /// Opens the file at `path`.
  public init(_ path: String) throws(FileReadError) {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .badName }
    let flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
    descriptor = Int32(Posix.retrying { Int(open(path, flags)) })
    guard descriptor >= 0 else { throw .open(errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw .read(code)
    }
    guard status.isRegularFile else {
      close(descriptor)
      throw .notRegular(found: status.kindName)
    }
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Reads the next bytes into `buffer`; how many, 0 at the end of the file.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileReadError) -> Int {
    let count = Posix.retrying { Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
    guard count >= 0 else { throw .read(errno) }
    return count
  }

  /// The bytes from here to the end, and no more than `limit` even if the file grows meanwhile.
  public func bytes(limit: Int) throws(FileReadError) -> [UInt8] {
    guard size <= limit else { throw .tooLarge(size: size) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let outcome = piece.withUnsafeMutableBytes { buffer in
        Result { () throws(FileReadError) in try read(into: buffer) }
      }
      let count = try outcome.get()
      if count == 0 { return bytes }
      bytes += piece[..<count]
      guard bytes.count <= limit else { throw .tooLarge(size: bytes.count) }
    }
  }

  /// All bytes of the regular file at `path`, at most `limit` of them.
  public static func bytes(of path: String, limit: Int) throws(FileReadError) -> [UInt8] {
    try FileReader(path).bytes(limit: limit)
  }
}

extension stat {
  /// What the file is, for people; only asked of what is not regular.
  fileprivate var kindName: String {
    switch st_mode & S_IFMT {
    case S_IFDIR: "a directory"
    case S_IFIFO: "a FIFO"
    case S_IFCHR, S_IFBLK: "a device"
    case S_IFSOCK: "a socket"
    default: "something else"
    }
  }
}
