/// The facts of one compiled time-zone file (RFC 8536, "TZif").
struct TimeZoneFile {
  /// UTC seconds at which a new offset begins, ascending.
  var transitions: [Int64]
  /// Offset from UTC in seconds that begins at each transition.
  var offsets: [Int]
  /// Offset from UTC in seconds before the first transition.
  var initialOffset: Int
  /// POSIX TZ text for the time after the last transition; empty if there is none.
  var footer: String

  /// Reads the 64-bit block and the footer of a TZif file of version 2 or later; nil if the bytes
  /// are anything else, or count leap seconds.
  init?(bytes: [UInt8]) {
    guard let first = Header(bytes, at: 0), first.version >= UInt8(ascii: "2"),
      let header = Header(bytes, at: first.end(timeWidth: 4)), header.leapCount == 0,
      header.typeCount > 0, header.end(timeWidth: 8) < bytes.count
    else { return nil }
    let times = header.body
    let kinds = times + 8 * header.timeCount
    let types = kinds + header.timeCount
    func offset(ofType type: Int) -> Int? {
      guard type < header.typeCount else { return nil }
      return Int(Int32(truncatingIfNeeded: bigEndian(bytes, at: types + 6 * type, width: 4)))
    }
    guard let initial = offset(ofType: 0) else { return nil }
    initialOffset = initial
    transitions = (0..<header.timeCount).map { bigEndian(bytes, at: times + 8 * $0, width: 8) }
    offsets = []
    for position in 0..<header.timeCount {
      guard let value = offset(ofType: Int(bytes[kinds + position])) else { return nil }
      offsets.append(value)
    }
    let tail = bytes[header.end(timeWidth: 8)...].split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard tail.count >= 3, tail[0].isEmpty else { return nil }
    footer = String(decoding: tail[1], as: UTF8.self)
  }

  /// Counts of one block, in the order of the file.
  private struct Header {
    let version: UInt8
    let universalCount, standardCount, leapCount, timeCount, typeCount, characterCount: Int
    /// Where the block's data begin.
    let body: Int

    init?(_ bytes: [UInt8], at start: Int) {
      guard start + 44 <= bytes.count, Array(bytes[start..<start + 4]) == Array("TZif".utf8)
      else { return nil }
      version = bytes[start + 4]
      let counts = (0..<6).map { Int(bigEndian(bytes, at: start + 20 + 4 * $0, width: 4)) }
      guard counts.allSatisfy({ (0...100_000).contains($0) }) else { return nil }
      universalCount = counts[0]
      standardCount = counts[1]
      leapCount = counts[2]
      timeCount = counts[3]
      typeCount = counts[4]
      characterCount = counts[5]
      body = start + 44
    }

    /// Where the block ends, with times of `timeWidth` bytes.
    func end(timeWidth: Int) -> Int {
      body + timeCount * (timeWidth + 1) + typeCount * 6 + characterCount
        + leapCount * (timeWidth + 4) + standardCount + universalCount
    }
  }
}

/// A big-endian integer of `width` bytes; widths below 8 are not sign-extended.
private func bigEndian(_ bytes: [UInt8], at start: Int, width: Int) -> Int64 {
  var value: UInt64 = 0
  for byte in bytes[start..<start + width] { value = value << 8 | UInt64(byte) }
  return Int64(bitPattern: value)
}
