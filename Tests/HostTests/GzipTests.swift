import Testing

@testable import Host

@Suite("Compression")
struct GzipTests {
  @Test("what is compressed inflates to itself, nothing and more than a buffer included")
  func roundTrip() throws {
    let long = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
    for bytes in [[], [7], [UInt8](repeating: 65, count: 1_000_000), long] {
      let compressed = gzipped(bytes)
      #expect(GzipInflater.isCompressed(compressed))
      #expect(try GzipInflater.inflated(compressed, limit: bytes.count) == bytes)
      #expect(gzipped(bytes) == compressed)
    }
    #expect(gzipped([UInt8](repeating: 65, count: 1_000_000)).count < 2_000)
  }
}
