import Testing

@testable import Experiments

@Suite("What --vary may say")
struct VariationTests {
  private func values(_ specification: String) throws -> [String] {
    try Variation("a.b=" + specification).values(samples: 4, seed: 1)
  }

  @Test(
    "lists, steps and points give these values",
    arguments: [
      ("merchant_day,fixed_window", ["merchant_day", "fixed_window"]),
      ("5", ["5"]),
      ("1/100,0.5", ["1/100", "0.5"]),
      ("\"5.00 USD\",\"7,5\"", ["\"5.00 USD\"", "\"7,5\""]),
      ("[a, b],[c]", ["[a, b]", "[c]"]),
      ("{name: x, cut: [1, 2]},y", ["{name: x, cut: [1, 2]}", "y"]),
      ("../traces/a.csv,b", ["../traces/a.csv", "b"]),
      ("1..10/4", ["1", "5", "9"]),
      ("0..1/0.25", ["0", "0.25", "0.5", "0.75", "1"]),
      ("-1..1/1", ["-1", "0", "1"]),
      ("250ms..1s/250ms", ["250ms", "500ms", "750ms", "1s"]),
      ("1h..1d/7h", ["1h", "8h", "15h", "22h"]),
      ("5.00 USD..6.00 USD/0.50 USD", ["5.00 USD", "5.50 USD", "6.00 USD"]),
      ("1 JPY..3 JPY/1 JPY", ["1 JPY", "2 JPY", "3 JPY"]),
      ("1..10x4", ["1", "4", "7", "10"]),
      ("1..10x5", ["1", "3", "6", "8", "10"]),
      ("1.0..10x5", ["1", "3.25", "5.5", "7.75", "10"]),
      ("0.1..0.2x4", ["0.1", "0.1333333333", "0.1666666667", "0.2"]),
      ("100ms..1sx4", ["100ms", "400ms", "700ms", "1s"]),
      ("5.00 USD..6.00 USDx4", ["5.00 USD", "5.33 USD", "5.67 USD", "6.00 USD"]),
      ("log 1..1000x4", ["1", "10", "100", "1000"]),
      ("log 0.001..1x4", ["0.001", "0.01", "0.1", "1"]),
      ("log 1ms..1sx4", ["1ms", "10ms", "100ms", "1s"]),
    ])
  func values(_ specification: String, _ expected: [String]) throws {
    #expect(try values(specification) == expected)
  }

  @Test(
    "what is no list and no range is refused with what was expected",
    arguments: [
      ("", "expected values"),
      ("1,,2", "a value before and after every comma"),
      (",1", "a value before and after every comma"),
      ("1, ", "a value before and after every comma"),
      ("a,b,a", "every value once, found `a` twice"),
      ("[1,2", "quotes, brackets and braces that are closed"),
      ("\"1,2", "quotes, brackets and braces that are closed"),
      ("1..10", "a step or a number of points behind `1..10`"),
      ("1..10/0", "a step above zero"),
      ("1..10/-1", "a step above zero"),
      ("10..1/1", "from the smaller to the larger"),
      ("1..1/1", "from the smaller to the larger"),
      ("1..nan/1", "a plain number, a duration or an amount, found `nan`"),
      ("1..inf/1", "found `inf`"),
      ("1..1e3/1", "numbers of one kind"),
      ("1..0x10", "from the smaller to the larger"),
      ("1..10x", "a whole number of points behind the x"),
      ("1..10xx3", "numbers of one kind"),
      ("1..10x1", "at least 2 points"),
      ("1..3x4", "fewer points: 4 do not differ between 1 and 3"),
      ("1..10/1/2", "one step"),
      ("01..10/1", "found `01`"),
      ("1...5/1", "found `.5`"),
      ("1..9999999999999999/1", "found `9999999999999999`"),
      ("1ms..10/1", "numbers of one kind"),
      ("1 USD..10 EUR/1 USD", "numbers of one kind"),
      ("1 XYZ..10 XYZ/1 XYZ", "numbers of one kind"),
      ("1.234 USD..2 USDx2", "a number that fits"),
      ("1..200000/1", "at most 100000 values, found 200000"),
      ("1..2000000x200000", "at most 100000 values, found 200000"),
      ("log 0..10x3", "a logarithmic range above zero"),
      ("log 1..10/1", "steps are not logarithmic"),
      ("log 5", "a range such as 1..1000x4"),
      ("lhs 1..10/1", "no step"),
      ("lhs 1..10x3", "no number of points"),
      ("lhs 10..1", "from the smaller to the larger"),
    ])
  func refusals(_ specification: String, _ expected: String) {
    let error = #expect(throws: SweepError.self) { try values(specification) }
    #expect(error?.kind == .usage)
    #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
    #expect(error?.description.hasPrefix("--vary a.b=\(specification): expected ") == true)
  }

  @Test("a path and an equals sign are needed, and seeds have a flag of their own")
  func assignments() {
    for text in ["", "a", "=1", "seed=1,2"] {
      #expect(throws: SweepError.self, "\(text)") { try Variation(text) }
    }
    #expect((try? Variation("a=b=c,d"))?.path == "a")
  }

  @Test(
    "seeds are a range, a list or a count from the sweep's own on",
    arguments: [
      ("1..4", [1, 2, 3, 4]), ("7,3,5", [7, 3, 5]), ("3", [11, 12, 13]), ("5..5", [5]),
      ("18446744073709551614..18446744073709551615", [UInt64.max - 1, .max]),
    ])
  func seeds(_ text: String, _ expected: [UInt64]) throws {
    #expect(try SeedList(text).seeds(from: 11) == expected)
  }

  @Test(
    "bad seeds are refused",
    arguments: [
      "", "0", "-1", "x", "1,,2", "1,1", "4..1", "1..200000", "200000", "1..x",
      "18446744073709551616,1", "1.5",
    ])
  func badSeeds(_ text: String) {
    #expect(throws: SweepError.self) { try SeedList(text) }
  }

  @Test("a count of seeds that passes 2^64-1 is refused")
  func seedOverflow() throws {
    #expect(throws: SweepError.self) { try SeedList("3").seeds(from: .max - 1) }
    #expect(try SeedList("2").seeds(from: .max - 1) == [.max - 1, .max])
  }
}
