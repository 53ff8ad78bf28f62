import Glibc

/// Reads a scenario file without trusting it: type and size are known before the first byte is
/// read.
enum ScenarioFile {
  /// The bytes of a regular file of at most `ScenarioLimits.bytes`.
  ///
  /// Opening does not block, so that a FIFO is refused and not waited for.
  static func read(_ path: String) throws(ScenarioError) -> [UInt8] {
    let place = SourcePosition(origin: .file(path), line: 1, column: 1)
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw ScenarioError(kind: .missing, at: place, "expected the name of a scenario file")
    }
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else {
      let code = errno
      // A socket cannot be opened at all; it is no more a scenario than a FIFO.
      let kind: ScenarioError.Kind = code == ENXIO || code == ENODEV ? .invalid : .missing
      throw ScenarioError(kind: kind, at: place, "cannot open: \(reason(code))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw ScenarioError(kind: .missing, at: place, "cannot read: \(reason(errno))")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ScenarioError(
        at: place, "expected a regular file, found \(typeName(status.st_mode & S_IFMT))")
    }
    guard status.st_size <= ScenarioLimits.bytes else {
      throw tooLarge(at: place, size: Int(status.st_size))
    }
    return try readAll(descriptor, place: place)
  }

  static func tooLarge(at place: SourcePosition, size: Int) -> ScenarioError {
    ScenarioError(
      at: place,
      "expected at most \(ScenarioLimits.bytes) bytes (4 MiB), found \(size)")
  }

  /// Reads to the end, and no further than the limit even if the file grows meanwhile.
  private static func readAll(
    _ descriptor: Int32, place: SourcePosition
  ) throws(ScenarioError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count < 0 {
        let code = errno
        if code == EINTR { continue }
        throw ScenarioError(kind: .missing, at: place, "cannot read: \(reason(code))")
      }
      bytes.append(contentsOf: buffer[0..<count])
      guard bytes.count <= ScenarioLimits.bytes else {
        throw tooLarge(at: place, size: bytes.count)
      }
    }
  }

  private static func typeName(_ type: mode_t) -> String {
    switch type {
    case S_IFDIR: "a directory"
    case S_IFIFO: "a FIFO"
    case S_IFCHR, S_IFBLK: "a device"
    case S_IFSOCK: "a socket"
    default: "something else"
    }
  }

  private static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: "no such file"
    case EACCES, EPERM: "permission denied"
    case ENOTDIR: "a part of the path is not a directory"
    case ENAMETOOLONG: "the name is too long"
    case ELOOP: "too many symbolic links"
    case ENXIO, ENODEV: "not a regular file"
    default: "system error \(code)"
    }
  }
}
