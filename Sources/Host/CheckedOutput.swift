import Glibc

/// Standard output, standard error or another open descriptor, written with every result checked.
///
/// `print` to a full device reports nothing and `FileHandle.write` traps; this throws. A closed
/// pipe arrives as an error of kind `.brokenPipe` only if SIGPIPE does not kill the process first:
/// call `ignoreSignalsOfWrites()` once at start-up.
public struct CheckedOutput: Sendable {
  /// The open descriptor; it is not closed here.
  public let descriptor: Int32
  /// What it is called in errors.
  public let name: String

  /// The output behind an open descriptor.
  public init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  /// Standard output.
  public static let standardOutput = CheckedOutput(descriptor: 1, name: "standard output")

  /// Standard error.
  public static let standardError = CheckedOutput(descriptor: 2, name: "standard error")

  /// Writes all of `text` as UTF-8, unbuffered: one call per text is one system call.
  public func write(_ text: String) throws(OutputError) {
    try write(Array(text.utf8))
  }

  /// Writes all of `bytes`, unbuffered.
  public func write(_ bytes: [UInt8]) throws(OutputError) {
    let outcome = bytes.withUnsafeBytes { buffer in
      Result { () throws(OutputError) in
        try Posix.writeAll(buffer, to: descriptor, path: name)
      }
    }
    try outcome.get()
  }

  /// Occupies the standard descriptors that are closed, so that no file of a result is opened under
  /// the number of an output and written over; writing to them then fails as it should. Call it
  /// once at start-up, before anything is opened.
  public static func reserveStandardDescriptors() {
    for wanted in Int32(0)...2 where fcntl(wanted, F_GETFD) < 0 {
      // The lowest free number is taken, which is `wanted`; its direction is the useless one.
      _ = open("/dev/null", wanted == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  /// Makes a closed pipe and a file that may not grow any more errors of the write instead of the
  /// end of the process.
  public static func ignoreSignalsOfWrites() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }
}
