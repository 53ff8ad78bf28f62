import CZlib

/// Why data are not gzip data. Nothing more can be inflated.
public enum GzipError: Error, Equatable, Sendable {
  /// The library does not start.
  case unavailable(version: String)
  /// The data, or their checksum, were altered; what zlib says.
  case altered(String)
  /// Something else follows the end of a member.
  case trailing
  /// The data end within a member.
  case cutOff
  /// There are more than `limit` bytes of data.
  case tooLarge(limit: Int)
}

/// Inflates gzip data (RFC 1952) piece by piece: one member, or several one after the other. Used
/// by one thread at a time.
public final class GzipInflater {
  /// Whether everything up to here was whole members; false before the first.
  public private(set) var memberEnded = false
  /// zlib wants it to stay in one place.
  private let stream: UnsafeMutablePointer<z_stream>

  /// Whether the bytes begin like gzip data.
  public static func isCompressed(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: [0x1F, 0x8B])
  }

  /// Starts the library.
  public init() throws(GzipError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 is the widest window; 16 more asks for a gzip header and its checksum.
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else {
      stream.deallocate()
      throw .unavailable(version: ZLIB_VERSION)
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Inflates from `input` into `output` what fits; how many bytes were used and produced. Where
  /// neither is above zero and no member ended, more input is needed.
  public func inflate(
    _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
  ) throws(GzipError) -> (used: Int, produced: Int) {
    if memberEnded, let first = input.first {
      guard first == 0x1F else { throw .trailing }
      inflateReset(stream)
      memberEnded = false
    }
    let given = min(input.count, Int(Int32.max))
    let room = min(output.count, Int(Int32.max))
    stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
    stream.pointee.avail_in = UInt32(given)
    stream.pointee.next_out = output.baseAddress
    stream.pointee.avail_out = UInt32(room)
    switch CZlib.inflate(stream, Z_NO_FLUSH) {
    case Z_STREAM_END: memberEnded = true
    case Z_OK, Z_BUF_ERROR: break
    case let code: throw .altered(stream.pointee.msg.map { String(cString: $0) } ?? "code \(code)")
    }
    return (given - Int(stream.pointee.avail_in), room - Int(stream.pointee.avail_out))
  }

  /// The data of whole members, inflated at once.
  ///
  /// - Parameter limit: bytes of the result at most, so that a small file cannot fill the memory.
  public static func inflated(_ bytes: [UInt8], limit: Int) throws(GzipError) -> [UInt8] {
    let inflater = try GzipInflater()
    var output = [UInt8](repeating: 0, count: 64 << 10)
    var result: [UInt8] = []
    var start = 0
    while !inflater.memberEnded || start < bytes.count {
      let outcome = bytes.withUnsafeBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
          Result { () throws(GzipError) in
            try inflater.inflate(UnsafeBufferPointer(rebasing: input[start...]), into: output)
          }
        }
      }
      let (used, produced) = try outcome.get()
      start += used
      result += output[..<produced]
      guard result.count <= limit else { throw .tooLarge(limit: limit) }
      guard used > 0 || produced > 0 || inflater.memberEnded else { throw .cutOff }
    }
    return result
  }
}
