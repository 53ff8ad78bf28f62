import Host
import Glibc
import Testing

@testable import Money

@Suite("Time zones")
struct CivilTimeZoneTests {
  @Test("offsets agree with Python's zoneinfo", arguments: TimeZoneGolden.offsets)
  func offsets(zone: String, seconds: [Int]) throws {
    let timeZone = try #require(CivilTimeZone(identifier: zone))
    for (instant, expected) in zip(TimeZoneGolden.instants, seconds) {
      #expect(timeZone.offsetSeconds(atUTC: instant) == expected, "\(zone) at \(instant)")
    }
  }

  /// UTC seconds from Python's `datetime`; gaps give the instant of the change.
  @Test(
    "a wall-clock time is the first instant at which clocks show it or more",
    arguments: [
      ("America/New_York", "2026-03-02", "23:59", 1_772_513_940),
      ("Asia/Tokyo", "2026-03-02", "23:59", 1_772_463_540),
      ("America/New_York", "2026-03-08", "02:30", 1_772_953_200),
      ("America/New_York", "2026-03-08", "02:00", 1_772_953_200),
      ("America/New_York", "2026-11-01", "01:30", 1_793_511_000),
      ("Europe/Berlin", "2026-03-29", "02:59:59", 1_774_746_000),
      ("Europe/Berlin", "2026-10-25", "02:30", 1_792_888_200),
      ("Australia/Lord_Howe", "2026-10-04", "02:15", 1_791_041_400),
      ("Australia/Lord_Howe", "2026-04-05", "01:45", 1_775_313_900),
      ("Pacific/Apia", "2011-12-30", "12:00", 1_325_239_200),
      ("Europe/London", "2400-07-01", "12:00", 13_585_230_000),
      ("America/New_York", "3010-03-31", "23:59", 32_827_003_140),
    ])
  func wallClock(zone: String, date: String, time: String, expected: Int64) throws {
    let timeZone = try #require(CivilTimeZone(identifier: zone))
    let second = timeZone.utcSeconds(
      of: try #require(CivilDate(date)), at: try #require(TimeOfDay(time)))
    #expect(second == expected)
  }

  @Test("local date and second lead back to the same instant outside overlaps", arguments: 0..<20)
  func roundTrip(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    for zone in ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Tokyo"] {
      let timeZone = try #require(CivilTimeZone(identifier: zone))
      for _ in 0..<100 {
        let second = Int64.random(in: 0..<40_000_000_000, using: &numbers)
        let local = timeZone.localDateAndSecond(atUTC: second)
        let back = timeZone.utcSeconds(
          of: local.date, at: TimeOfDay(secondsSinceMidnight: local.second))
        let again = timeZone.localDateAndSecond(atUTC: back)
        #expect(back <= second && second - back <= 3_600, "\(zone), seed \(seed)")
        #expect(again.date == local.date && again.second == local.second, "\(zone), seed \(seed)")
      }
    }
  }

  @Test(
    "names that are unknown, leave the database or depend on the machine are refused",
    arguments: [
      "", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "Europe", "localtime",
      "posixrules", "Europe/../UTC", "tzdata.zi", "UTC\0", "Europe//Berlin", "right/UTC",
      "+VERSION",
    ])
  func unknown(name: String) {
    #expect(CivilTimeZone(identifier: name) == nil)
  }

  @Test("TZ and TZDIR do not change a zone")
  func environment() async {
    await #expect(processExitsWith: .success) {
      setenv("TZ", "Asia/Tokyo", 1)
      setenv("TZDIR", "/nonexistent", 1)
      setenv("LC_ALL", "tr_TR.UTF-8", 1)
      tzset()
      let zone = CivilTimeZone(identifier: "Europe/Berlin")
      precondition(zone?.offsetSeconds(atUTC: 1_783_000_000) == 7_200)
    }
  }

  @Test("the database tells its version")
  func version() {
    #expect(CivilTimeZone.databaseVersion.wholeMatch(of: /20\d\d[a-z]/) != nil)
  }

  @Test("bytes that are no time-zone file are refused, however they are cut off")
  func damagedFile() throws {
    let bytes = try #require(
      try? FileReader.bytes(of: "/usr/share/zoneinfo/Europe/Berlin", limit: 1 << 20))
    #expect(TimeZoneFile(bytes: bytes) != nil)
    for length in 0..<bytes.count - 1 {
      #expect(TimeZoneFile(bytes: Array(bytes[..<length])) == nil, "first \(length) bytes")
    }
    #expect(TimeZoneFile(bytes: Array("TZif".utf8) + [UInt8](repeating: 0xFF, count: 90)) == nil)
  }
}
