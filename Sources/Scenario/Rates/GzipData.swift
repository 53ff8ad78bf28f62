import CZlib

/// Why data are not gzip data.
struct GzipError: Error {
  /// What was expected.
  let message: String
}

/// Gzip data of moderate size, inflated at once.
enum GzipData {
  /// Whether the bytes begin like gzip data (RFC 1952).
  static func isCompressed(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B
  }

  /// The data of one member, or of several one after the other.
  ///
  /// - Parameter limit: bytes of the result at most, so that a small file cannot fill the memory.
  static func inflated(_ bytes: [UInt8], limit: Int) throws(GzipError) -> [UInt8] {
    var input = bytes
    var output = [UInt8](repeating: 0, count: 64 << 10)
    var result: [UInt8] = []
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    // 15 is the widest window; 16 more asks for a gzip header and its checksum.
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else {
      throw GzipError(message: "zlib \(ZLIB_VERSION) does not start")
    }
    defer { inflateEnd(stream) }
    var start = 0
    while start < input.count {
      let (code, used, produced) = step(stream, &input, from: start, into: &output)
      start += used
      result.append(contentsOf: output[..<produced])
      guard result.count <= limit else {
        throw GzipError(message: "expected at most \(limit) bytes of data, found more")
      }
      switch code {
      case Z_STREAM_END:
        if start == input.count { return result }
        guard input[start] == 0x1F else {
          throw GzipError(message: "expected the end of the file after the gzip data")
        }
        inflateReset(stream)
      case Z_OK, Z_BUF_ERROR:
        if used == 0, produced == 0 {
          throw GzipError(message: "expected more gzip data; the file is cut off")
        }
      default: throw GzipError(message: "expected gzip data, found altered ones")
      }
    }
    // The input is used up; what zlib still holds must end with the member.
    while true {
      let (code, _, produced) = step(stream, &input, from: input.count, into: &output)
      result.append(contentsOf: output[..<produced])
      guard result.count <= limit else {
        throw GzipError(message: "expected at most \(limit) bytes of data, found more")
      }
      if code == Z_STREAM_END { return result }
      guard produced > 0 else {
        throw GzipError(message: "expected more gzip data; the file is cut off")
      }
    }
  }

  /// One call of zlib.
  private static func step(
    _ stream: UnsafeMutablePointer<z_stream>, _ input: inout [UInt8], from start: Int,
    into output: inout [UInt8]
  ) -> (code: Int32, used: Int, produced: Int) {
    let (left, room) = (input.count - start, output.count)
    return input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.pointee.next_in = input.baseAddress.map { $0 + start }
        stream.pointee.avail_in = UInt32(left)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(room)
        let code = inflate(stream, Z_NO_FLUSH)
        return (
          code, left - Int(stream.pointee.avail_in), room - Int(stream.pointee.avail_out)
        )
      }
    }
  }
}
