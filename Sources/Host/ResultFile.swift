import Glibc

/// One file of a result, written piece by piece through a buffer and hashed on the way.
///
/// Used by one thread at a time. `ResultDirectory.publish` finishes files that are still open.
public final class ResultFile {
  /// Name within the result: `files/northbank-0.csv`.
  public let name: String
  /// Bytes written so far.
  public private(set) var size = 0

  private let path: String
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private var hash = SHA256()
  /// Hash of everything written, once it is finished.
  package private(set) var sha256 = ""

  private static let bufferSize = 1 << 16

  /// Creates the file at `path`.
  package init(name: String, path: String) throws(OutputError) {
    self.name = name
    self.path = path
    descriptor = try Posix.create(path)
    buffer.reserveCapacity(ResultFile.bufferSize)
  }

  deinit { close() }

  /// Appends `bytes`.
  public func write(_ bytes: [UInt8]) throws(OutputError) {
    precondition(isOpen, "\(name) is written to after its end")
    buffer += bytes
    if buffer.count >= ResultFile.bufferSize { try flush() }
  }

  /// Appends `text` as UTF-8.
  public func write(_ text: String) throws(OutputError) {
    precondition(isOpen, "\(name) is written to after its end")
    buffer += text.utf8
    if buffer.count >= ResultFile.bufferSize { try flush() }
  }

  /// Writes what is buffered, brings it to the disk and closes the file. Does nothing the second
  /// time.
  public func finish() throws(OutputError) {
    guard isOpen else { return }
    try flush()
    try Posix.synchronize(descriptor, path: path)
    let closing = descriptor
    descriptor = -1
    try Posix.close(closing, path: path)
    sha256 = hash.hexDigest()
  }

  package var isOpen: Bool { descriptor >= 0 }

  /// Closes the file without a check, when it is given up.
  package func close() {
    if isOpen { _ = Glibc.close(descriptor) }
    descriptor = -1
  }

  private func flush() throws(OutputError) {
    hash.update(buffer)
    size += buffer.count
    try CheckedOutput(descriptor: descriptor, name: path).write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}
