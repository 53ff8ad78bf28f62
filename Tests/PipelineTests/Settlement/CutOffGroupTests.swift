import Money
import PaymentModel
import Scenario
import Testing

@testable import Pipeline

@Suite("Cut-off groups")
struct CutOffGroupTests {
  /// One cell of merchants in one time zone, from a date on.
  static func groups(
    _ zone: String, from date: String, cutOff: String = "23:59",
    overrides: [MerchantSettings.CutOffOverride] = []
  ) throws -> (Deployment, [CutOffGroup]) {
    let laidOut = try deployment {
      $0.time.date = CivilDate(date)!
      $0.merchants.markets = [market("XX", zone, .eur, share: 1)]
      $0.merchants.cutOff = TimeOfDay(cutOff)!
      $0.merchants.cutOffOverrides = overrides
      $0.cells.perRegion = 1
    }
    return (laidOut, CutOffGroup.groups(laidOut, laidOut.cells[0]))
  }

  /// The first cut-offs, as UTC seconds.
  static func cutOffs(
    _ zone: String, from date: String, at time: String = "23:59", count: Int
  ) throws -> [Int64] {
    var (laidOut, groups) = try groups(zone, from: date, cutOff: time)
    #expect(groups.count == 1)
    return (0..<count).map { _ in
      defer { groups[0].advance(laidOut) }
      return groups[0].cutOff + laidOut.epochSecond
    }
  }

  @Test("where clocks go forward the day has 23 hours, where they go back 25")
  func daylight() throws {
    // New York: 8 March and 1 November 2026.
    #expect(
      try Self.cutOffs("America/New_York", from: "2026-03-07", count: 4) == [
        utcSecond("2026-03-06", "23:59", offset: -5), utcSecond("2026-03-07", "23:59", offset: -5),
        utcSecond("2026-03-08", "23:59", offset: -4), utcSecond("2026-03-09", "23:59", offset: -4),
      ])
    let autumn = try Self.cutOffs("America/New_York", from: "2026-10-31", count: 4)
    #expect(zip(autumn, autumn.dropFirst()).map { $1 - $0 } == [86_400, 90_000, 86_400])
    // Berlin: 29 March.
    let spring = try Self.cutOffs("Europe/Berlin", from: "2026-03-28", count: 3)
    #expect(zip(spring, spring.dropFirst()).map { $1 - $0 } == [82_800, 86_400])
  }

  @Test("a cut-off that the clocks leap over is at the leap, one that comes twice is the first")
  func skippedAndRepeated() throws {
    let skipped = try Self.cutOffs("Europe/Berlin", from: "2026-03-29", at: "02:30", count: 2)
    #expect(skipped[0] == utcSecond("2026-03-29", "03:00", offset: 2))
    #expect(skipped[1] == utcSecond("2026-03-30", "02:30", offset: 2))
    let repeated = try Self.cutOffs("Europe/Berlin", from: "2026-10-25", at: "02:30", count: 2)
    #expect(repeated[0] == utcSecond("2026-10-25", "02:30", offset: 2))
    #expect(repeated[1] == utcSecond("2026-10-26", "02:30", offset: 1))
  }

  @Test(
    "the first cut-off is the next one after the start of the run, with the local day that it ends",
    arguments: [
      ("Asia/Tokyo", "23:59", "2026-03-02"), ("America/New_York", "23:59", "2026-03-01"),
      ("Europe/London", "23:59", "2026-03-02"), ("Asia/Tokyo", "09:00", "2026-03-03"),
      ("Asia/Tokyo", "09:01", "2026-03-02"), ("Europe/London", "00:00", "2026-03-03"),
      ("Pacific/Kiritimati", "13:00", "2026-03-03"), ("America/New_York", "18:00", "2026-03-02"),
    ])
  func first(zone: String, time: String, day: String) throws {
    let (laidOut, groups) = try Self.groups(zone, from: "2026-03-02", cutOff: time)
    #expect(groups[0].cutOff > 0 && groups[0].cutOff <= 86_400)
    #expect(groups[0].businessDay == Int32(CivilDate(day)!.dayNumber))
    let shown = laidOut.zones[0].localDateAndSecond(atUTC: groups[0].cutOff + laidOut.epochSecond)
    #expect(shown.date == CivilDate(day)!)
    #expect(shown.second == TimeOfDay(time)!.secondsSinceMidnight)
  }

  @Test(
    "the cut-off of an event is the next one after it, where clocks change too",
    arguments: [("Europe/Berlin", "2026-03-28"), ("Europe/Berlin", "2026-10-24")],
    ["02:30", "23:59"])
  func afterEvent(_ start: (zone: String, date: String), _ time: String) throws {
    var (laidOut, groups) = try Self.groups(start.zone, from: start.date, cutOff: time)
    let merchant = laidOut.cells[0].merchants[0]
    let cutOffs = (0..<5).map { _ in
      defer { groups[0].advance(laidOut) }
      return groups[0].cutOff
    }
    let near = cutOffs.dropLast().flatMap { [$0 - 1, $0, $0 + 1] }
    for second in Array(stride(from: 0, to: cutOffs[3], by: 599)) + near {
      let next = cutOffs.first { $0 > second }
      #expect(CutOffGroup.cutOff(of: merchant, after: second, laidOut) == next, "\(second)")
    }
  }

  @Test(
    "through two years every cut-off shows the right time on the next date",
    arguments: [
      "America/New_York", "Europe/London", "Asia/Tokyo", "Australia/Lord_Howe",
    ])
  func everyDay(zone: String) throws {
    var (laidOut, groups) = try Self.groups(zone, from: "2026-01-01", cutOff: "23:59")
    var day = groups[0].businessDay
    for _ in 0..<730 {
      let shown = laidOut.zones[0].localDayAndSecond(atUTC: groups[0].cutOff + laidOut.epochSecond)
      #expect(shown.day == Int(day) && shown.second == 86_340)
      groups[0].advance(laidOut)
      day += 1
      #expect(groups[0].businessDay == day)
    }
  }

  @Test("every merchant is in the group of its own zone and cut-off, and in no other")
  func overrides() throws {
    let laidOut = try deployment {
      $0.merchants.cutOffOverrides = [
        .init(share: 0.3, at: TimeOfDay("17:00")!), .init(share: 0.2, at: TimeOfDay("12:30:15")!),
      ]
    }
    var times: [Int: Int] = [:]
    for plan in laidOut.cells {
      let groups = CutOffGroup.groups(laidOut, plan)
      var seen: [CellMerchant] = []
      for group in groups {
        for index in group.merchants {
          let merchant = plan.merchants[Int(index)]
          #expect(merchant.market == group.zone && merchant.cutOffSecond == group.secondOfDay)
          times[group.secondOfDay, default: 0] += 1
        }
        seen += group.merchants
      }
      #expect(seen.sorted() == plan.merchants.indices.map { CellMerchant($0) })
      let keys = groups.map { "\($0.zone) \($0.secondOfDay)" }
      #expect(Set(keys).count == keys.count)
    }
    #expect(times.keys.sorted() == [45_015, 61_200, 86_340])
    #expect((35...85).contains(times[61_200]!) && (20...60).contains(times[45_015]!))
  }
}
