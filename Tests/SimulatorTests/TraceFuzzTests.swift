import Scenario
import Testing

@testable import Simulator

@Suite("Altered traces")
struct TraceFuzzTests {
  private static let sound = Array(
    """
    id,time,merchant,amount,currency
    p1,2026-03-02 10:00:00,m1,12.34,USD
    "p,2",2026-03-02T10:00:01Z,"m, \"\"2\"\" m",5.00,JPY
    p3,1772445602,m1,-7,KWD
    p4,1772445603123,m3,0.01,EUR

    """.utf8)

  /// A copy with a few bytes set, removed or inserted.
  private func altered(_ bytes: [UInt8], seed: UInt64) -> [UInt8] {
    var state = seed &+ 0x9E37_79B9_7F4A_7C15
    func draw(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let favourites = Array(",\"\n\r\0-.0179TZ\u{FEFF}é".utf8)
    var bytes = bytes
    for _ in 0...draw(4) {
      let place = draw(bytes.count)
      let byte = draw(2) == 0 ? favourites[draw(favourites.count)] : UInt8(draw(256))
      switch draw(3) {
      case 0: bytes[place] = byte
      case 1: bytes.insert(byte, at: place)
      default: bytes.remove(at: place)
      }
    }
    return bytes
  }

  @Test("an altered file is read or refused in words, and what is read is sound")
  func fuzz() {
    let fixture = TraceFixture()
    let packed = TraceFixture.gzip(Self.sound)
    for seed: UInt64 in 1...600 {
      let isPacked = seed % 3 == 0
      let bytes = altered(isPacked ? packed : Self.sound, seed: seed)
      for policy in TraceWorkload.RowPolicy.allCases {
        do {
          let trace = try fixture.read(bytes: bytes, name: isPacked ? "t.gz" : "t.csv") {
            $0.currencyColumn = "currency"
            $0.malformedRows = policy
            $0.duplicateRows = policy
            $0.unorderedRows = policy
          }
          let left = trace.notes.malformed.count + trace.notes.duplicate.count
          #expect(trace.records.count + left == trace.rows, "seed \(seed)")
          #expect(trace.records.allSatisfy { $0.time >= 0 && $0.amount > 0 }, "seed \(seed)")
          let times = trace.records.map(\.time)
          #expect(times == times.sorted(), "seed \(seed)")
          #expect(Set(trace.records.map(\.id)).count == trace.records.count, "seed \(seed)")
          #expect(policy == .report || trace.notes.isEmpty, "seed \(seed)")
        } catch {
          #expect(error is TraceError && !"\(error)".isEmpty, "seed \(seed)")
        }
      }
    }
  }
}
