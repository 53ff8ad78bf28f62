import Glibc

/// Strings in the order of their first insertion, each with a fingerprint that no other has.
///
/// About 35 bytes a string beside its text, where a Swift dictionary of strings takes a hundred.
/// Independent of Swift's own hashing, which differs from process to process.
struct ByteStringTable: Sendable {
  typealias Hash = @Sendable (Span<UInt8>) -> UInt64
  enum Insertion: Equatable { case new(Int), known(Int) }

  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private(set) var fingerprints: [UInt64] = []
  /// Open addressing; 0 is free, else the index of a string plus one, and above it the upper half
  /// of its fingerprint, so that another's is seldom fetched. A power of two.
  private var slots = [UInt64](repeating: 0, count: 1_024)
  private let hash: Hash

  init(hash: @escaping Hash = ByteStringTable.mix) { self.hash = hash }

  var count: Int { ends.count }

  subscript(index: Int) -> String {
    let start = index == 0 ? 0 : ends[index - 1]
    return String(decoding: bytes[start..<ends[index]], as: UTF8.self)
  }

  /// Amortised constant time. Two strings whose hashes collide get different fingerprints, the
  /// later one by counting up.
  mutating func insert(_ text: Span<UInt8>) -> Insertion {
    precondition(count < Int(UInt32.max) - 1, "a table holds fewer than 2^32 strings")
    if 2 * (count + 1) > slots.count { grow() }
    var fingerprint = hash(text)
    var slot = home(fingerprint)
    while slots[slot] != 0 {
      let index = Int(slots[slot] & Self.indexMask) - 1
      if slots[slot] & ~Self.indexMask == fingerprint & ~Self.indexMask,
        fingerprints[index] == fingerprint
      {
        if isEqual(index, text) { return .known(index) }
        fingerprint &+= 1
        slot = home(fingerprint)
      } else {
        slot = (slot + 1) & (slots.count - 1)
      }
    }
    slots[slot] = Self.entry(fingerprint, count)
    fingerprints.append(fingerprint)
    text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    ends.append(bytes.count)
    return .new(count - 1)
  }

  /// The index of a string that was inserted; nil for any other. Constant time on average.
  func find(_ text: Span<UInt8>) -> Int? {
    let fingerprint = hash(text)
    var slot = home(fingerprint)
    while slots[slot] != 0 {
      let index = Int(slots[slot] & Self.indexMask) - 1
      if isEqual(index, text) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Gives up what finds strings, once none will be inserted or looked for: they take 8 bytes each
  /// beside their text from then on.
  mutating func settle() {
    fingerprints = []
    slots = []
    bytes = bytes.withUnsafeBufferPointer { Array($0) }
    ends = ends.withUnsafeBufferPointer { Array($0) }
  }

  private func isEqual(_ index: Int, _ text: Span<UInt8>) -> Bool {
    let start = index == 0 ? 0 : ends[index - 1]
    guard ends[index] - start == text.count else { return false }
    if text.isEmpty { return true }
    return bytes.withUnsafeBytes { known in
      text.withUnsafeBytes { memcmp(known.baseAddress! + start, $0.baseAddress!, $0.count) == 0 }
    }
  }

  private func home(_ fingerprint: UInt64) -> Int {
    Int(truncatingIfNeeded: fingerprint) & (slots.count - 1)
  }

  private mutating func grow() {
    slots = [UInt64](repeating: 0, count: 2 * slots.count)
    for index in fingerprints.indices {
      var slot = home(fingerprints[index])
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Self.entry(fingerprints[index], index)
    }
  }

  private static let indexMask: UInt64 = 0xFFFF_FFFF

  private static func entry(_ fingerprint: UInt64, _ index: Int) -> UInt64 {
    fingerprint & ~indexMask | UInt64(index + 1)
  }

  /// FNV-1a over the bytes, then the finaliser of MurmurHash3 to spread it over all bits.
  static func mix(_ text: Span<UInt8>) -> UInt64 {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for offset in text.indices {
      value = (value ^ UInt64(text[offset])) &* 0x100_0000_01B3
    }
    value = (value ^ (value >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    value = (value ^ (value >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return value ^ (value >> 33)
  }
}
