import Testing

@testable import Simulator

@Suite("Start of a settlement day")
struct SettlementDayTests {
  /// A hundred transfers of one currency from 02:00 to 08:00 UTC, on a rail of these hours.
  static func world(_ date: String, _ zone: String, _ hours: String) -> String {
    """
    name: day
    time: {date: "\(date)", duration: 8h}
    cells: {per_region: 1}
    merchants:
      count: 1
      markets:
        - {country: DE, region: e, time_zone: Europe/Berlin, currency: EUR,
           settlement_currency: EUR, share: 1}
    fx: {usd_per_unit: {USD: 1, EUR: 1.1}, spreads: {USD/EUR: 1}}
    banks: {correspondents: 3}
    workload:
      generated: {payments: 0}
      transfers:
        payments: 100
        originators: 3
        counterparties: 3
        source_currencies: {EUR: 1}
        destination_currencies: {EUR: 1}
        cross_currency_share: 0
        amounts: {constant: "100 EUR"}
        windows: {rtgs: 1, same_day: 0, next_day: 0, second_day: 0}
        return_share: 0
        weekday_weights: [1, 1, 1, 1, 1, 1, 1]
        hour_weights: [0,0,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]
    rails:
      - {name: r, currency: EUR, time_zone: \(zone), \(hours), weekends: true,
         unavailable_rate: 0, latency: 0s, fee: "0 EUR"}
    settlement: {strategy: one_wire_per_payment, priced: [one_wire_per_payment]}
    """
  }

  /// The minutes of the run, in UTC, at which payments settled.
  private func minutes(
    _ date: String, _ interbank: String, zone: String = "Europe/Berlin",
    hours: String = #"open: "00:00", close: "23:30""#
  ) throws -> [Int] {
    var world = SmallWorld("interbank=\(interbank)")
    world.scenario = Self.world(date, zone, hours)
    let outcome = try world.run()
    #expect(outcome.breach == nil && outcome.errors == [])
    #expect(outcome.count("transfers.settled") == 100)
    let series = try #require(outcome.result.settlementSeries)
    #expect(series.slotLength == 60_000_000_000)
    let settled = series.values(try #require(series.index(of: "settled_payments_EUR")))
    return settled.indices.filter { settled[$0] > 0 }
  }

  @Test(
    "what is released at noon settles at noon of the rail, whenever the day's first payment came",
    arguments: [("2026-03-24", 11), ("2026-03-29", 10), ("2026-10-24", 10), ("2026-10-25", 11)])
  func noon(_ date: String, _ hour: Int) throws {
    #expect(try minutes(date, #"{release: {rule: time, at: "12:00"}}"#) == [hour * 60])
  }

  @Test(
    "cycles are counted from the opening, also on days on which clocks are set",
    arguments: [
      ("2026-03-24", [3, 7, 11]), ("2026-03-29", [3, 7, 11]), ("2026-10-25", [6, 10]),
    ])
  func cycles(_ date: String, _ hours: [Int]) throws {
    #expect(try minutes(date, "{mode: {name: deferred_net, cycle: 4h}}") == hours.map { $0 * 60 })
  }

  @Test(
    "a day that opens on the evening before counts from there, and releases on that evening",
    arguments: [("2026-03-24", 1), ("2026-03-08", 2)])
  func overnight(_ date: String, _ opening: Int) throws {
    // 21:00 in New York is 01:00 UTC in summer; on 8 March clocks are set forward during the day.
    let newYork = ("America/New_York", #"open: "21:00", close: "18:45""#)
    let cycles = try minutes(
      date, "{mode: {name: deferred_net, cycle: 4h}}", zone: newYork.0, hours: newYork.1)
    #expect(cycles == [opening + 4, opening + 8].map { $0 * 60 })
    let morning = try minutes(
      date, #"{release: {rule: time, at: "05:00"}}"#, zone: newYork.0, hours: newYork.1)
    #expect(morning == [9 * 60])
    let evening = try minutes(
      date, #"{release: {rule: time, at: "21:30"}}"#, zone: newYork.0, hours: newYork.1)
    #expect(evening.count > 50 && evening.first! >= opening * 60 + 30)
  }
}
