import Money
import Scenario
import Testing

@testable import Pipeline

@Suite("Business days by the calendar")
struct BusinessDaysTests {
  /// One merchant in New York whose day ends at 18:00, with two minutes for what comes late. The
  /// run begins on the day before clocks go forward.
  private func days(lateness: Duration = .seconds(120)) throws -> (Deployment, BusinessDays) {
    let laidOut = try deployment {
      $0.time.date = CivilDate("2026-03-07")!
      $0.merchants.count = 1
      $0.merchants.markets = [market("US", "America/New_York", .usd, share: 1)]
      $0.merchants.cutOff = TimeOfDay("18:00")!
      $0.settlement.allowedLateness = lateness
      $0.cells.perRegion = 1
    }
    return (laidOut, BusinessDays(laidOut, laidOut.cells[0]))
  }

  private func holds(
    _ rule: BusinessDays, _ day: Int32, event: Int64, captured: Int64
  ) -> Bool {
    var rule = rule
    return rule.holds(day, merchant: 0, event: event, captured: captured)
  }

  private func holds(_ rule: BusinessDays, _ day: Int32, refunded second: Int64) -> Bool {
    var rule = rule
    return rule.holds(day, merchant: 0, refunded: second)
  }

  private let first = Int32(CivilDate("2026-03-07")!.dayNumber)

  @Test("a day goes from cut-off to cut-off: 23 hours where clocks go forward")
  func ranges() throws {
    var (_, days) = try days()
    #expect(days.range(of: first, merchant: 0) == (-3_600)..<(23 * 3_600))
    #expect(days.range(of: first + 1, merchant: 0) == (23 * 3_600)..<(46 * 3_600))
    #expect(days.range(of: first + 2, merchant: 0) == (46 * 3_600)..<(70 * 3_600))
  }

  @Test("a payment one second on the wrong side of the cut-off is found")
  func boundary() throws {
    let (_, days) = try days()
    let cutOff: Int64 = 23 * 3_600
    #expect(holds(days, first, event: cutOff - 1, captured: cutOff + 1))
    #expect(!holds(days, first, event: cutOff, captured: cutOff))
    #expect(holds(days, first + 1, event: cutOff, captured: cutOff))
    #expect(!holds(days, first + 1, event: cutOff - 1, captured: cutOff + 1))
    #expect(!holds(days, first + 2, event: cutOff, captured: cutOff))
  }

  @Test("what is captured after the watermark of its day belongs to the open one, and to no other")
  func late() throws {
    let (_, days) = try days()
    let cutOff: Int64 = 23 * 3_600
    #expect(!holds(days, first + 1, event: cutOff - 9, captured: cutOff + 118))
    #expect(holds(days, first + 1, event: cutOff - 9, captured: cutOff + 120))
    #expect(!holds(days, first + 2, event: cutOff - 9, captured: cutOff + 120))
    #expect(holds(days, first, refunded: 0))
    #expect(!holds(days, first - 1, refunded: 0))
    #expect(holds(days, first, refunded: cutOff + 119))
    #expect(!holds(days, first, refunded: cutOff + 121))
    #expect(holds(days, first + 1, refunded: cutOff + 121))
  }

  @Test("where days stay open for longer than a day, the day after the open one takes the rest")
  func longOpen() throws {
    let (_, days) = try days(lateness: .seconds(200_000))
    let cutOff: Int64 = 23 * 3_600
    let event = cutOff + 30 * 3_600
    #expect(holds(days, first + 1, event: event, captured: event))
    #expect(!holds(days, first, event: event, captured: event))
  }

  @Test(
    "the cut-off of an event is the first after it", arguments: [0, 46, 82_799, 82_800, 165_599])
  func cutOff(_ event: Int64) throws {
    let (laidOut, rule) = try days()
    var days = rule
    #expect(
      days.cutOff(ofEvent: event, merchant: 0)
        == CutOffGroup.cutOff(of: laidOut.cells[0].merchants[0], after: event, laidOut))
  }
}
