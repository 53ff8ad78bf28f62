import CZlib

/// `bytes` as one member of gzip data (RFC 1952) at the library's usual level, without a time or a
/// name: the same bytes give the same member with the same zlib.
public func gzipped(_ bytes: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  // 15 is the widest window; 16 more asks for a gzip header and its checksum.
  let size = Int32(MemoryLayout<z_stream>.size)
  let started = deflateInit2_(
    &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
  precondition(started == Z_OK, "zlib \(ZLIB_VERSION) does not start: code \(started)")
  defer { deflateEnd(&stream) }
  var result: [UInt8] = []
  var output = [UInt8](repeating: 0, count: 256 << 10)
  bytes.withUnsafeBufferPointer { input in
    var start = 0
    while true {
      // The library counts in 32 bits.
      let given = min(input.count - start, 1 << 30)
      let isLast = start + given == input.count
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + start })
      stream.avail_in = UInt32(given)
      start += given
      var isFull = true
      while isFull {
        let produced = output.withUnsafeMutableBufferPointer { output in
          stream.next_out = output.baseAddress
          stream.avail_out = UInt32(output.count)
          let code = deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
          precondition(code != Z_STREAM_ERROR, "zlib lost its state")
          return output.count - Int(stream.avail_out)
        }
        result += output[..<produced]
        isFull = produced == output.count
      }
      if isLast { return }
    }
  }
  return result
}
