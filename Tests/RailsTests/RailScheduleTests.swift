import Money
import Scenario
import Testing

@testable import Rails

@Suite("Rail schedules")
struct RailScheduleTests {
  /// A local time, as `2026-03-02 12:00`, on a clock `offset` hours ahead of UTC.
  static func at(_ text: String, _ offset: Int) -> Int64 {
    utcSecond(String(text.prefix(10)), String(text.dropFirst(11)), offset: offset)
  }

  /// What becomes of an instruction: when it is final, and its value date.
  struct Case: Sendable, CustomTestStringConvertible {
    let rail: String
    let arrival: String
    let processed: String
    let final: String
    let valueDate: String
    var sender = RailSchedule.Sender.customer
    var offset = -5
    var testDescription: String { "\(rail) \(arrival)" }
  }

  /// 2 March 2026 is a Monday. Wednesday 11 November is Veterans Day, closed for Fedwire.
  static let cases = [
    // Fedwire takes customers until 18:45, banks until 19:00; its day opens the evening before.
    Case(
      rail: "fedwire", arrival: "2026-03-02 12:00", processed: "2026-03-02 12:00",
      final: "2026-03-02 12:00:02", valueDate: "2026-03-02"),
    Case(
      rail: "fedwire", arrival: "2026-03-02 18:44", processed: "2026-03-02 18:44",
      final: "2026-03-02 18:44:02", valueDate: "2026-03-02"),
    Case(
      rail: "fedwire", arrival: "2026-03-02 18:45", processed: "2026-03-02 21:00",
      final: "2026-03-02 21:00:02", valueDate: "2026-03-03"),
    Case(
      rail: "fedwire", arrival: "2026-03-02 18:45", processed: "2026-03-02 18:45",
      final: "2026-03-02 18:45:02", valueDate: "2026-03-02", sender: .bank),
    Case(
      rail: "fedwire", arrival: "2026-03-02 19:00", processed: "2026-03-02 21:00",
      final: "2026-03-02 21:00:02", valueDate: "2026-03-03", sender: .bank),
    Case(
      rail: "fedwire", arrival: "2026-11-10 20:00", processed: "2026-11-11 21:00",
      final: "2026-11-11 21:00:02", valueDate: "2026-11-12"),
    // Same-day ACH: three windows, then the next business day.
    Case(
      rail: "same_day_ach", arrival: "2026-03-02 10:29:59", processed: "2026-03-02 10:30",
      final: "2026-03-02 13:00", valueDate: "2026-03-02"),
    Case(
      rail: "same_day_ach", arrival: "2026-03-02 10:30", processed: "2026-03-02 14:45",
      final: "2026-03-02 17:00", valueDate: "2026-03-02"),
    Case(
      rail: "same_day_ach", arrival: "2026-03-02 16:00", processed: "2026-03-02 16:45",
      final: "2026-03-02 18:00", valueDate: "2026-03-02"),
    Case(
      rail: "same_day_ach", arrival: "2026-03-06 16:45", processed: "2026-03-09 10:30",
      final: "2026-03-09 13:00", valueDate: "2026-03-09", offset: -5),
    // Standard ACH settles on the morning of the next business day.
    Case(
      rail: "ach", arrival: "2026-03-02 12:00", processed: "2026-03-02 23:59",
      final: "2026-03-03 08:30", valueDate: "2026-03-03"),
    Case(
      rail: "ach", arrival: "2026-11-10 12:00", processed: "2026-11-10 23:59",
      final: "2026-11-12 08:30", valueDate: "2026-11-12"),
    Case(
      rail: "ach", arrival: "2026-11-11 12:00", processed: "2026-11-12 23:59",
      final: "2026-11-13 08:30", valueDate: "2026-11-13"),
    // T2 over Easter: Good Friday 3 April and Easter Monday 6 April are closed.
    Case(
      rail: "t2", arrival: "2026-04-02 17:00", processed: "2026-04-07 02:30",
      final: "2026-04-07 02:30:02", valueDate: "2026-04-07", offset: 2),
    Case(
      rail: "t2", arrival: "2026-04-02 17:00", processed: "2026-04-02 17:00",
      final: "2026-04-02 17:00:02", valueDate: "2026-04-02", sender: .bank, offset: 2),
    Case(
      rail: "sct", arrival: "2026-04-02 13:00", processed: "2026-04-02 23:59",
      final: "2026-04-07 09:00", valueDate: "2026-04-07", offset: 2),
    // Instant: on Good Friday at night as well.
    Case(
      rail: "sct_inst", arrival: "2026-04-03 23:30", processed: "2026-04-03 23:30",
      final: "2026-04-03 23:30:03", valueDate: "2026-04-03", offset: 2),
    Case(
      rail: "chaps", arrival: "2026-03-02 17:40", processed: "2026-03-03 06:00",
      final: "2026-03-03 06:00:02", valueDate: "2026-03-03", offset: 0),
    Case(
      rail: "bojnet", arrival: "2026-05-02 12:00", processed: "2026-05-07 08:30",
      final: "2026-05-07 08:30:02", valueDate: "2026-05-07", offset: 9),
    // A correspondent's value date is the next business day, and no money is there before.
    Case(
      rail: "swift_eur", arrival: "2026-03-02 10:00", processed: "2026-03-02 10:00",
      final: "2026-03-03 08:00", valueDate: "2026-03-03", offset: 1),
    Case(
      rail: "swift_eur", arrival: "2026-04-02 18:00", processed: "2026-04-07 08:00",
      final: "2026-04-08 08:00", valueDate: "2026-04-08", offset: 2),
  ]

  @Test(
    "an instruction is worked on, final and valued as the operators' hours say", arguments: cases)
  func times(entry: Case) throws {
    let schedule = RailSchedule(try reference(entry.rail))
    let arrival = Self.at(entry.arrival, entry.offset)
    let times = schedule.times(at: arrival, from: entry.sender)
    // New York sets its clocks on 8 March, between the arrival on the 6th and settlement.
    let later = entry.arrival.hasPrefix("2026-03-06") ? 1 : 0
    #expect(times.processed == Self.at(entry.processed, entry.offset + later))
    #expect(times.final == Self.at(entry.final, entry.offset + later))
    #expect(times.valueDate.description == entry.valueDate)
    #expect(times.accepted >= arrival && times.accepted <= times.processed)
  }

  @Test("T+n counts the business days of the rail's calendar")
  func valueDates() throws {
    let t2 = RailSchedule(try reference("t2"))
    let thursday = try #require(CivilDate("2026-04-02"))
    #expect(
      (0...3).map { t2.valueDate(thursday, plus: $0).description }
        == ["2026-04-02", "2026-04-07", "2026-04-08", "2026-04-09"])
    let fedwire = RailSchedule(try reference("fedwire"))
    #expect(fedwire.valueDate(thursday, plus: 1).description == "2026-04-03")
  }

  @Test("the usual latency is the median, or the mean, in whole seconds rounded up")
  func latency() throws {
    func final(_ latency: LatencySetting) throws -> Int64 {
      var rail = try reference("sct_inst")
      rail.latency = latency
      return RailSchedule(rail).times(at: 100).final
    }
    #expect(try final(.constant(.zero)) == 100)
    #expect(try final(.constant(.milliseconds(1_001))) == 102)
    #expect(try final(.exponential(mean: .seconds(7))) == 107)
    #expect(try final(.logNormal(median: .seconds(3), p99: .seconds(10))) == 103)
  }

  @Test(
    "through years nothing is final before it is processed, on a closed day, or overtaken",
    arguments: RailSettings.reference.map(\.name))
  func always(name: String) throws {
    let rail = try reference(name)
    let schedule = RailSchedule(rail)
    var numbers = SplitMix(seed: 11)
    var second = utcSecond("2025-12-20", "00:00", offset: 0)
    var last: RailSchedule.Times?
    for _ in 0..<2_000 {
      second += Int64(numbers.pick(0...90_000))
      let times = schedule.times(at: second)
      #expect(second <= times.accepted && times.accepted <= times.processed)
      #expect(times.processed <= times.final)
      #expect(times.businessDay <= times.valueDate)
      if rail.kind != .instant {
        #expect(schedule.hours.calendar.isOpen(times.businessDay))
        #expect(schedule.hours.calendar.isOpen(times.valueDate))
      }
      if let last {
        #expect(last.processed <= times.processed && last.final <= times.final)
        #expect(last.valueDate <= times.valueDate)
      }
      // A bank's instruction is never later than a customer's.
      #expect(schedule.times(at: second, from: .bank).final <= times.final)
      last = times
    }
  }

  @Test("the reference table passes the checks of a scenario, and its rails are the named ones")
  func referenceTable() throws {
    let whole = try settings("name: x\nrails: reference\n").rails
    #expect(
      whole.map(\.name) == [
        "fedwire", "same_day_ach", "ach", "t2", "sct", "sct_inst", "chaps", "bojnet", "swift_usd",
        "swift_eur", "swift_gbp", "swift_jpy",
      ])
    for rail in RailSettings.reference {
      let names = ["fedwire", "t2", "chaps", "bojnet"].filter { $0 != rail.name }
      let list = ([rail.name] + names).joined(separator: ", ")
      #expect(try settings("name: x\nrails: [\(list)]\n").rails[0].name == rail.name)
    }
  }
}
