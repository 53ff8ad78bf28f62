import Testing

@testable import Money

@Suite("POSIX time-zone rules")
struct DaylightRuleTests {
  /// UTC seconds of the two changes of 2026, from Python's `zoneinfo` where a zone has the rule.
  static let yearlyChanges: [(text: String, times: [Int64], offsets: [Int])] = [
    ("CET-1CEST,M3.5.0,M10.5.0/3", [1_774_746_000, 1_792_890_000], [7_200, 3_600]),
    ("EST5EDT,M3.2.0,M11.1.0", [1_772_953_200, 1_793_512_800], [-14_400, -18_000]),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", [1_774_746_000, 1_792_890_000], [3_600, 0]),
    ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", [1_775_314_800, 1_791_041_400], [37_800, 39_600]),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", [1_774_746_000, 1_792_890_000], [-3_600, -7_200]),
    ("AAA0BBB,J60/0,59/0", [1_772_323_200 - 3_600, 1_772_323_200], [0, 3_600]),
  ]

  @Test(
    "the changes of a year follow the rule",
    arguments: yearlyChanges)
  func changes(text: String, times: [Int64], offsets: [Int]) throws {
    let rule = try #require(DaylightRule(text))
    let found = rule.transitions(inYear: 2026)
    #expect(found.map(\.time) == times)
    #expect(found.map(\.offset) == offsets)
  }

  @Test("a rule without daylight time has no changes")
  func standardOnly() throws {
    let rule = try #require(DaylightRule("<+0545>-5:45"))
    #expect(rule.standardOffset == 20_700)
    #expect(rule.transitions(inYear: 2026).isEmpty)
  }

  @Test(
    "a text outside the grammar is refused",
    arguments: [
      "", "CE-1", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
      "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J365",
      "CET-1CEST,M3.5.0,M10.5.0/168", "CET-1CEST,M3.5.0,M10.5.0x", "<+01-1", "CET-25",
    ])
  func refused(text: String) {
    #expect(DaylightRule(text) == nil)
  }
}
