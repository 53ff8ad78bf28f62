/// A rolling 64-bit hash of semantic events. Two runs of the same scenario and seed have the same
/// digest; altering one amount or one state by one unit changes it. It guards against accidents,
/// not attackers.
@frozen
public struct Digest: Hashable, Sendable, CustomStringConvertible {
  /// The hash of everything added so far.
  public var value: UInt64

  /// An empty digest.
  @inlinable public init() { value = 0x243F_6A88_85A3_08D3 }

  /// Adds one word; the order of additions matters.
  @inlinable public mutating func add(_ word: UInt64) {
    let product = (value ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    value = (product.high ^ product.low) &+ (word << 23 | word >> 41)
  }

  /// Adds a signed word.
  @inlinable public mutating func add(_ word: Int64) { add(UInt64(bitPattern: word)) }

  /// 16 hexadecimal digits.
  public var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// Scrambles a word: every input bit changes about half of the output bits (SplitMix64's finaliser,
/// Steele, Lea and Flood 2014).
@inlinable
public func mix64(_ word: UInt64) -> UInt64 {
  var z = word &+ 0x9E37_79B9_7F4A_7C15
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}
