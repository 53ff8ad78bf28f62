import Text
import Testing

@testable import Reporting

@Suite struct FormatTests {
  @Test(
    "durations read as a person writes them",
    arguments: [
      (0, "0 s"), (850, "850 ns"), (1_234, "1.23 µs"), (12_340, "12.3 µs"), (999_499, "999 µs"),
      (999_500, "1.00 ms"), (245_300_000, "245 ms"), (999_600_000, "1.00 s"),
      (1_940_000_000, "1.94 s"), (59_949_000_000, "59.9 s"), (59_990_000_000, "1 min 00 s"),
      (125_000_000_000, "2 min 05 s"), (11_220_000_000_000, "3 h 07 min"),
      (183_600_000_000_000, "2 d 03 h"), (-1_500_000, "-1.50 ms"), (.max, "106,752 d 00 h"),
      (5_459_000_000_000, "1 h 31 min"), (259_199_000_000_000, "3 d 00 h"),
    ] as [(Int64, String)])
  func durations(nanoseconds: Int64, text: String) {
    #expect(HumanFormat.duration(nanoseconds) == text)
  }

  @Test("money carries its currency, its decimals and thousands separators")
  func money() {
    #expect(HumanFormat.money(ReportedAmount(123_456_789)) == "USD 1,234,567.89")
    #expect(HumanFormat.money(ReportedAmount(-5)) == "USD -0.05")
    #expect(HumanFormat.money(ReportedAmount(1_234, "JPY", decimals: 0)) == "JPY 1,234")
    #expect(HumanFormat.money(ReportedAmount(1_234_567, "KWD", decimals: 3)) == "KWD 1,234.567")
    #expect(HumanFormat.money(ReportedAmount(.min)) == "USD -92,233,720,368,547,758.08")
    #expect(HumanFormat.money(FineAmount(scaled: 1_234)) == "USD 0.001234")
  }

  @Test(
    "quantities show their unit",
    arguments: [
      (Quantity(0.1834, .ratio), "18.3 %"), (Quantity(57.87, .perSecond), "57.87/s"),
      (Quantity(10_000, .perSecond), "10,000/s"), (.count(1_000_000), "1,000,000"),
      (Quantity(2.5, .number), "2.5"), (Quantity(1e300, .number), "1e+300"),
      (.nanoseconds(500_000_000), "500 ms"),
      (Quantity(.nan, .count), "-"), (Quantity(.infinity, .nanoseconds), "unlimited"),
    ])
  func quantities(quantity: Quantity, text: String) {
    #expect(HumanFormat.quantity(quantity) == text)
  }

  @Test("bytes use binary units")
  func bytes() {
    #expect(HumanFormat.bytes(512) == "512 B")
    #expect(HumanFormat.bytes(440 << 20) == "440.0 MiB")
    #expect(HumanFormat.bytes(3 << 29) == "1.5 GiB")
  }

  @Test("a command line is quoted for a shell")
  func quoting() {
    #expect(shellQuoted("cells.count=8") == "cells.count=8")
    #expect(shellQuoted("a b; rm -rf /'x'") == "'a b; rm -rf /'\\''x'\\'''")
    #expect(shellQuoted("") == "''")
    #expect(shellQuoted("$(id)\n") == "'$(id)\n'")
  }

  @Test("fields of CSV are quoted where they must be")
  func csv() {
    #expect(
      CSV.encode([["a", "b,c", "d\"e", "f\ng", " h"]]) == "a,\"b,c\",\"d\"\"e\",\"f\ng\",\" h\"\n")
  }

  @Test("bars are proportional and never empty for a number above zero that shows")
  func bars() {
    #expect(TextTable.bar(0, of: 10, width: 4) == "")
    #expect(TextTable.bar(10, of: 10, width: 4) == "████")
    #expect(TextTable.bar(5, of: 10, width: 3) == "█▌")
    #expect(TextTable.bar(.max, of: .max, width: 2) == "██")
  }

  @Test("ticks are round and cover the largest value")
  func ticks() {
    #expect(LinearAxis.ticks(upTo: 5_900, count: 5) == [0, 2_000, 4_000, 6_000])
    #expect(LinearAxis.ticks(upTo: 0, count: 5) == [0, 1])
    #expect(TimeAxis.ticks(0..<86_400_000_000_000, count: 10).count == 9)
    #expect(TimeAxis.label(110_000_000_000_000) == "+1 d 06:33:20")
    #expect(LogarithmicAxis.ticks(4_500_000, 83_600_000_000_000).map(\.label).first == "1 ms")
    #expect(LogarithmicAxis.ticks(0, .max).map(\.label).last == "1,000 d")
    #expect((LogarithmicAxis.log2(1_000) - 9.965784284662087).magnitude < 1e-6)
    #expect(LogarithmicAxis.log2(.max) == 63)
  }
}
