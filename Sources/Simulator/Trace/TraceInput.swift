import CZlib
import Glibc

/// The bytes of a trace file in order, inflated when the file is gzip'ed.
///
/// Compression is told by the first two bytes, not by the name; a name in `.gz` without them is an
/// error. Several gzip members one after the other are one file, as RFC 1952 has it.
final class TraceInput {
  private let file: String
  private let descriptor: Int32
  private var raw = [UInt8](repeating: 0, count: 65_536)
  private var rawStart = 0
  private var rawEnd = 0
  /// Present for a compressed file; zlib wants it to stay in one place.
  private var stream: UnsafeMutablePointer<z_stream>?
  private var memberEnded = false

  init(file: String) throws(TraceError) {
    self.file = file
    // Without waiting: the opening of a pipe would never return.
    descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let code = errno
      if code == ENOENT || code == ENOTDIR { throw .missing(file: file) }
      throw .unreadable(file: file, reason: Self.text(of: code))
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(file: file, reason: "expected a regular file")
    }
    try fill()
    if rawEnd >= 2, raw[0] == 0x1F, raw[1] == 0x8B {
      try startInflating()
    } else if file.hasSuffix(".gz"), rawEnd > 0 {
      throw .damagedGzip(file: file, reason: "expected the bytes 1f 8b at the start")
    }
  }

  deinit {
    if let stream {
      inflateEnd(stream)
      stream.deallocate()
    }
    if descriptor >= 0 { close(descriptor) }
  }

  /// Fills `buffer` from its start; how many bytes, 0 at the end of the file.
  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(TraceError) -> Int {
    precondition(!buffer.isEmpty, "a read needs room")
    if let stream { return try inflate(stream, into: buffer) }
    if rawStart == rawEnd { try fill() }
    let count = min(buffer.count, rawEnd - rawStart)
    for offset in 0..<count { buffer[offset] = raw[rawStart + offset] }
    rawStart += count
    return count
  }

  /// Reads the next piece of the file as it is on disk; `rawEnd` is 0 at the end of the file.
  private func fill() throws(TraceError) {
    rawStart = 0
    repeat {
      let count = raw.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      rawEnd = max(count, 0)
      if count >= 0 { return }
    } while errno == EINTR
    throw .unreadable(file: file, reason: Self.text(of: errno))
  }

  private func startInflating() throws(TraceError) {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 is the widest window; 16 more asks for a gzip header and its checksum.
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else {
      stream.deallocate()
      throw .unreadable(file: file, reason: "zlib \(ZLIB_VERSION) does not start")
    }
    self.stream = stream
  }

  private func inflate(
    _ stream: UnsafeMutablePointer<z_stream>, into buffer: UnsafeMutableBufferPointer<UInt8>
  ) throws(TraceError) -> Int {
    while true {
      if rawStart == rawEnd { try fill() }
      if rawEnd == 0 {
        if memberEnded { return 0 }
        throw .damagedGzip(file: file, reason: "expected more data; the file is cut off")
      }
      if memberEnded { try startNextMember(stream) }
      let (code, produced) = step(stream, into: buffer)
      switch code {
      case Z_STREAM_END: memberEnded = true
      case Z_OK, Z_BUF_ERROR: break
      default:
        let reason = stream.pointee.msg.map { String(cString: $0) } ?? "code \(code)"
        throw .damagedGzip(file: file, reason: "altered data: \(reason)")
      }
      if produced > 0 { return produced }
    }
  }

  private func startNextMember(_ stream: UnsafeMutablePointer<z_stream>) throws(TraceError) {
    guard raw[rawStart] == 0x1F else {
      throw .damagedGzip(file: file, reason: "expected the end of the file after the data")
    }
    inflateReset(stream)
    memberEnded = false
  }

  /// One call of zlib on what is left of `raw`.
  private func step(
    _ stream: UnsafeMutablePointer<z_stream>, into buffer: UnsafeMutableBufferPointer<UInt8>
  ) -> (code: Int32, produced: Int) {
    let room = min(buffer.count, Int(Int32.max))
    return raw.withUnsafeMutableBufferPointer { raw in
      stream.pointee.next_in = raw.baseAddress! + rawStart
      stream.pointee.avail_in = UInt32(rawEnd - rawStart)
      stream.pointee.next_out = buffer.baseAddress
      stream.pointee.avail_out = UInt32(room)
      let code = CZlib.inflate(stream, Z_NO_FLUSH)
      rawStart = rawEnd - Int(stream.pointee.avail_in)
      return (code, room - Int(stream.pointee.avail_out))
    }
  }

  private static func text(of code: Int32) -> String { String(cString: strerror(code)) }
}
