import Glibc
import Host

/// The bytes of a trace file in order, inflated when the file is gzip'ed.
///
/// Compression is told by the first two bytes, not by the name; a name in `.gz` without them is an
/// error. Several gzip members one after the other are one file, as RFC 1952 has it.
final class TraceInput {
  private let file: String
  private let reader: FileReader
  private var raw = [UInt8](repeating: 0, count: 65_536)
  private var rawStart = 0
  private var rawEnd = 0
  /// Present for a compressed file.
  private var inflater: GzipInflater?

  init(file: String) throws(TraceError) {
    self.file = file
    do { reader = try FileReader(file) } catch { throw Self.explain(error, file) }
    try fill()
    if GzipInflater.isCompressed(raw[..<rawEnd]) {
      do { inflater = try GzipInflater() } catch { throw Self.explain(error, file) }
    } else if file.hasSuffix(".gz"), rawEnd > 0 {
      throw .damagedGzip(file: file, reason: "expected the bytes 1f 8b at the start")
    }
  }

  /// Fills `buffer` from its start; how many bytes, 0 at the end of the file.
  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(TraceError) -> Int {
    precondition(!buffer.isEmpty, "a read needs room")
    if let inflater { return try inflate(inflater, into: buffer) }
    if rawStart == rawEnd { try fill() }
    let count = min(buffer.count, rawEnd - rawStart)
    for offset in 0..<count { buffer[offset] = raw[rawStart + offset] }
    rawStart += count
    return count
  }

  /// Reads the next piece of the file as it is on disk; `rawEnd` is 0 at the end of the file.
  private func fill() throws(TraceError) {
    rawStart = 0
    rawEnd = 0
    let outcome = raw.withUnsafeMutableBytes { buffer in
      Result { () throws(FileReadError) in try reader.read(into: buffer) }
    }
    do { rawEnd = try outcome.get() } catch { throw Self.explain(error, file) }
  }

  private func inflate(
    _ inflater: GzipInflater, into buffer: UnsafeMutableBufferPointer<UInt8>
  ) throws(TraceError) -> Int {
    while true {
      if rawStart == rawEnd { try fill() }
      if rawEnd == 0 {
        if inflater.memberEnded { return 0 }
        throw Self.explain(.cutOff, file)
      }
      let outcome = raw.withUnsafeBufferPointer { raw in
        Result { () throws(GzipError) in
          try inflater.inflate(UnsafeBufferPointer(rebasing: raw[rawStart..<rawEnd]), into: buffer)
        }
      }
      do {
        let (used, produced) = try outcome.get()
        rawStart += used
        if produced > 0 { return produced }
      } catch {
        throw Self.explain(error, file)
      }
    }
  }

  private static func explain(_ error: FileReadError, _ file: String) -> TraceError {
    switch error {
    case .badName, .open(ENOENT), .open(ENOTDIR): .missing(file: file)
    case .open(let code), .read(let code):
      .unreadable(file: file, reason: FileReadError.text(of: code))
    case .notRegular, .tooLarge: .unreadable(file: file, reason: "expected a regular file")
    }
  }

  private static func explain(_ error: GzipError, _ file: String) -> TraceError {
    switch error {
    case .unavailable(let version):
      .unreadable(file: file, reason: "zlib \(version) does not start")
    case .altered(let reason): .damagedGzip(file: file, reason: "altered data: \(reason)")
    case .trailing:
      .damagedGzip(file: file, reason: "expected the end of the file after the data")
    case .cutOff, .tooLarge:
      .damagedGzip(file: file, reason: "expected more data; the file is cut off")
    }
  }
}
