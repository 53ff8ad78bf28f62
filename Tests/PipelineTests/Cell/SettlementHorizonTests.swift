import Money
import Rails
import Scenario
import Testing

@testable import Pipeline

@Suite("The days over which figures are averaged")
struct SettlementHorizonTests {
  private func horizon(
    _ zone: String, _ open: String, _ close: String, from date: String, days: Int64
  ) -> SettlementHorizon {
    let settings = RailSettings(
      name: "rail", currency: .usd, timeZone: zone, open: TimeOfDay(open)!,
      close: TimeOfDay(close)!, fee: MoneyAmount(minorUnits: 0, currency: .usd))
    let start = Int64(CivilDate(date)!.dayNumber) * 86_400
    return SettlementHorizon(RailHours(settings), start: start, end: start + days * 86_400)
  }

  @Test("from the first day to T+2 of the last arrival's day, without weekends")
  func days() {
    // 2 March 2026 is a Monday.
    let one = horizon("UTC", "08:00", "18:00", from: "2026-03-02", days: 1)
    // What comes after the close of Monday has Tuesday as its day.
    #expect(one.days == 4 && one.openTime == 4 * 36_000_000_000_000)
    let week = horizon("UTC", "08:00", "18:00", from: "2026-03-02", days: 7)
    #expect(week.days == 5 + 3)
    let clock = horizon("UTC", "00:00", "00:00", from: "2026-03-02", days: 1)
    #expect(clock.days == 3 && clock.openTime == 3 * 86_400_000_000_000)
  }

  @Test("time before the run starts is not counted, nor an hour that clocks skip")
  func openTime() {
    // Fedwire has been open for Monday since 02:00 UTC of that day, and closes at 23:45 UTC.
    let fedwire = horizon("America/New_York", "21:00", "18:45", from: "2026-03-02", days: 1)
    #expect(fedwire.days == 4)
    #expect(fedwire.openTime == 4 * (21 * 3_600 + 2_700) * 1_000_000_000)
    let berlin = horizon("Europe/Berlin", "00:00", "00:00", from: "2026-03-27", days: 1)
    // Friday from 01:00 on, Monday to Wednesday; the last second of arrivals is on Saturday there.
    #expect(berlin.days == 4 && berlin.openTime == (23 + 3 * 24) * 3_600_000_000_000)
    let sunday = horizon("Europe/Berlin", "21:00", "18:00", from: "2026-03-28", days: 1)
    // Monday's day opens on Sunday, 29 March, at 21:00, when clocks have been set.
    #expect(sunday.days == 3 && sunday.openTime == 3 * 21 * 3_600_000_000_000)
  }
}
