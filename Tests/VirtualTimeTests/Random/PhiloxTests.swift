import Chance
import Testing
import VirtualTime

@Suite struct PhiloxTests {
  struct Vector: Sendable {
    var counter: SIMD4<UInt32>
    var key: (UInt32, UInt32)
    var expected: SIMD4<UInt32>
  }

  /// The vectors of the authors' Random123 library (tests/kat_vectors, philox4x32 10).
  static let vectors = [
    Vector(
      counter: SIMD4(0, 0, 0, 0), key: (0, 0),
      expected: SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
    Vector(
      counter: SIMD4(repeating: 0xffff_ffff), key: (0xffff_ffff, 0xffff_ffff),
      expected: SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)),
    Vector(
      counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
      key: (0xa409_3822, 0x299f_31d0),
      expected: SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)),
  ]

  @Test("Philox gives the words of its authors' known-answer vectors", arguments: vectors)
  func knownAnswers(vector: Vector) {
    #expect(Philox.block(counter: vector.counter, key: vector.key) == vector.expected)
  }
}
