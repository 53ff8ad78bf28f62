import Testing

@testable import Simulator

@Suite("Fields of a trace")
struct TraceFieldTests {
  private func time(_ text: String) -> Int64? {
    TraceTimestamp.parse(Array(text.utf8).span)?.nanoseconds
  }

  private func amount(_ text: String, _ decimals: Int) -> Int64? {
    TraceAmount().parse(Array(text.utf8).span, decimals: decimals)
  }

  @Test(
    "a time is read in each of its forms",
    arguments: [
      ("2010-12-01 08:26:00", 1_291_191_960_000_000_000),
      ("2010-12-01T08:26:00", 1_291_191_960_000_000_000),
      ("2010-12-01T08:26:00Z", 1_291_191_960_000_000_000),
      ("2010-12-01 08:26:00.5", 1_291_191_960_500_000_000),
      ("2010-12-01T08:26:00.000000001Z", 1_291_191_960_000_000_001),
      ("1291191960", 1_291_191_960_000_000_000),
      ("1291191960500", 1_291_191_960_500_000_000),
      ("2010-12-01 08:26", 1_291_191_960_000_000_000),
      ("2010/12/01 8:26:00", 1_291_191_960_000_000_000),
      ("2010-12-01T09:26:00+01:00", 1_291_191_960_000_000_000),
      ("1970-01-01T00:00:00Z", 0), ("0", 0),
      ("2000-02-29 23:59:59", 951_868_799_000_000_000),
      ("2200-12-31 23:59:59", 7_289_654_399_000_000_000),
    ])
  func times(text: String, expected: Int) {
    #expect(time(text) == Int64(expected))
  }

  @Test(
    "anything else is no time",
    arguments: [
      "", "2010-12-01", "2010-12-01 8", "2010-13-01 08:26:00", "2010-00-01 08:26:00",
      "2010-02-29 08:26:00", "2100-02-29 08:26:00", "2010-12-00 08:26:00", "2010-12-01 24:00:00",
      "2010-12-01 08:60:00", "2010-12-01 08:26:60", "01-12-2010 08:26:00", "2010-12/01 08:26:00",
      "2010-12-01T08:26:00.", "2010-12-01T08:26:00.Z",
      "2010-12-01T08:26:00.0000000001", "2010-12-01T08:26:00ZZ", " 2010-12-01 08:26:00", "-1",
      "1e9", "1.5", "0x10", "1969-12-31 23:59:59", "2201-01-01 00:00:00", "99999999999",
      "999999999999999", "٢٠١٠-12-01 08:26:00",
    ])
  func noTimes(text: String) {
    #expect(time(text) == nil)
  }

  @Test(
    "an amount is exact in minor units",
    arguments: [
      ("12.34", 2, 1_234), ("12.3", 2, 1_230), ("12", 2, 1_200), ("0.01", 2, 1), ("-0.01", 2, -1),
      ("0.29", 2, 29), ("1.10", 2, 110), ("007.00", 2, 700), ("12.3400", 2, 1_234),
      ("150", 0, 150), ("150.00", 0, 150), ("1.234", 3, 1_234), ("-5", 0, -5),
      ("9999999999999.99", 2, 999_999_999_999_999), ("0.00", 2, 0), ("-0", 0, 0),
    ])
  func amounts(text: String, decimals: Int, expected: Int) {
    #expect(amount(text, decimals) == Int64(expected))
  }

  @Test(
    "anything else is no amount",
    arguments: [
      ("", 2), ("-", 2), (".5", 2), ("5.", 2), ("1.234", 2), ("1.5", 0), ("1,000.00", 2),
      ("1e3", 2), ("NaN", 2), ("inf", 2), ("+1", 2), (" 1", 2), ("1 ", 2), ("--1", 2),
      ("0.001", 2), ("10000000000000.00", 2), ("1000000000000000", 0),
      ("9223372036854775807", 0), ("99999999999999999999999", 2), ("١٢", 0), ("0x1F", 0),
      ("1_000", 0),
    ])
  func noAmounts(text: String, decimals: Int) {
    #expect(amount(text, decimals) == nil)
  }

  @Test("text of a file is shown without control and direction characters, and cut")
  func shown() {
    #expect(printable("a\u{1B}[31mb\u{0}\u{202E}é\n") == "a\\u{1b}[31mb\\u{0}\\u{202e}é\\u{a}")
    #expect(printable(String(repeating: "x", count: 50)) == String(repeating: "x", count: 40) + "…")
  }

  @Test("strings keep their index, and colliding hashes get fingerprints of their own")
  func table() {
    let hashes: [ByteStringTable.Hash] = [
      ByteStringTable.mix, { _ in 7 }, { UInt64($0.count) << 60 },
    ]
    for hash in hashes {
      var table = ByteStringTable(hash: hash)
      for round in 0..<2 {
        for number in 0..<600 {
          let text = Array("id\(number)".utf8)
          #expect(table.insert(text.span) == (round == 0 ? .new(number) : .known(number)))
        }
      }
      #expect(table.count == 600)
      #expect(Set(table.fingerprints).count == 600)
      #expect(table[599] == "id599")
    }
  }
}
