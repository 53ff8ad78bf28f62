import Foundation
import Testing

@testable import Money

@Suite("Calendars of payment systems")
struct SettlementCalendarTests {
  static let published = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "../shared/data/calendars/rtgs_closed_weekdays_2016_2035.csv")
  static let hasPublished = FileManager.default.fileExists(atPath: published.path)

  static func closed(_ system: SettlementCalendar, _ years: ClosedRange<Int>) -> [String] {
    years.flatMap { system.closedWeekdays(in: $0).map(\.description) }
  }

  @Test(
    "the rules give the listed closed weekdays of 2016 to 2035, no more and no fewer",
    .enabled(if: hasPublished, "needs ../shared/data"),
    arguments: [SettlementCalendar.fedwire, .target, .chaps, .bojnet])
  func list(system: SettlementCalendar) throws {
    let text = try String(contentsOf: Self.published, encoding: .utf8)
    let listed = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",") }
      .filter { $0[0] == system.rawValue.uppercased() }.map { String($0[2]) }.sorted()
    let computed = Self.closed(system, 2_016...2_035)
    #expect(listed.count >= 97)
    #expect(computed.filter { !listed.contains($0) } == [])
    #expect(listed.filter { !computed.contains($0) } == [])
  }

  @Test(
    "a year's closed weekdays, as the operators announce them",
    arguments: [
      (
        SettlementCalendar.target, 2_026,
        ["01-01", "04-03", "04-06", "05-01", "12-25"]
      ),
      (
        .fedwire, 2_026,
        [
          "01-01", "01-19", "02-16", "05-25", "06-19", "09-07", "10-12", "11-11", "11-26", "12-25",
        ]
      ),
      (
        .chaps, 2_022,
        [
          "01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26", "12-27",
        ]
      ),
      (
        .bojnet, 2_026,
        [
          "01-01", "01-02", "01-12", "02-11", "02-23", "03-20", "04-29", "05-04", "05-05", "05-06",
          "07-20", "08-11", "09-21", "09-22", "09-23", "10-12", "11-03", "11-23", "12-31",
        ]
      ),
      (.none, 2_026, []),
    ])
  func year(system: SettlementCalendar, year: Int, days: [String]) {
    #expect(Self.closed(system, year...year) == days.map { "\(year)-\($0)" })
  }

  @Test("a holiday on a Saturday closes Fedwire on no weekday, one on a Sunday on the Monday")
  func substitutes() {
    // 4 July 2026 is a Saturday, 4 July 2027 a Sunday.
    #expect(!Self.closed(.fedwire, 2_026...2_026).contains { $0.hasPrefix("2026-07") })
    #expect(Self.closed(.fedwire, 2_027...2_027).contains("2027-07-05"))
  }

  @Test(
    "Easter agrees with the tables of the church",
    arguments: [
      "1818-03-22", "1954-04-18", "1961-04-02", "2000-04-23", "2008-03-23", "2016-03-27",
      "2024-03-31", "2025-04-20", "2026-04-05", "2035-03-25", "2038-04-25", "2049-04-18",
      "2076-04-19", "2099-04-12",
    ])
  func easter(date: String) throws {
    let date = try #require(CivilDate(date))
    #expect(HolidayRules.easter(date.year) == date)
    #expect(date.weekday == 6)
  }

  @Test("through 130 years closed days are weekdays, ascending, and about as many as always")
  func allYears() {
    for system in SettlementCalendar.allCases {
      for year in 1_970...2_099 {
        let days = system.closedWeekdays(in: year)
        #expect(days.allSatisfy { $0.isValid && $0.weekday < 5 }, "\(system) \(year)")
        #expect(zip(days, days.dropFirst()).allSatisfy { $0 < $1 }, "\(system) \(year)")
        let bounds: ClosedRange<Int> =
          switch system {
          case .none: 0...0
          case .fedwire: 7...11
          case .target: 2...6
          case .chaps: 8...10
          case .bojnet: 11...24
          }
        #expect(bounds.contains(days.count), "\(system) \(year): \(days.count)")
      }
    }
  }

  @Test("a calendar of a system keeps its closed days beside weekends and dates of its own")
  func calendar() throws {
    let own = try #require(CivilDate("2026-04-07"))
    let calendar = BusinessCalendar(weekends: false, system: .target, holidays: [own])
    let thursday = try #require(CivilDate("2026-04-02"))
    #expect(calendar.isOpen(thursday))
    #expect("\(calendar.roll(thursday, businessDays: 1))" == "2026-04-08")
    #expect("\(calendar.roll(thursday, businessDays: 2))" == "2026-04-09")
    #expect(BusinessCalendar(weekends: true, system: .none).isOpen(own))
  }
}
