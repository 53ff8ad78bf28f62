import Money

extension RailSettings {
  /// The rails of the reference table, RTGS systems first in each currency.
  ///
  /// Hours, cut-offs and Fedwire's fees are those that operators publish (Federal Reserve Financial
  /// Services' volume-based pricing of 2024, without its incentive discount; the same-day ACH
  /// processing schedule; the ECB's T2 hours). What they do not publish are round figures, to be
  /// set in the scenario: fees in other currencies, the participants' cut-offs of SEPA credit
  /// transfers (the rulebook allows the next business day at most), the end of the local day as
  /// the cut-off of next-day ACH, and everything of correspondents. The limit of instant transfers
  /// is the scheme's until October 2025; banks still set limits of their own.
  public static var reference: [RailSettings] {
    [fedwire, sameDayACH, ach, target, sepa, sepaInstant, chaps, bojnet]
      + [
        correspondent("swift_usd", .usd, "America/New_York", .fedwire, fee: 10_00),
        correspondent("swift_eur", .eur, "Europe/Berlin", .target, fee: 10_00),
        correspondent("swift_gbp", .gbp, "Europe/London", .chaps, fee: 8_00),
        correspondent("swift_jpy", .jpy, "Asia/Tokyo", .bojnet, fee: 1_500),
      ]
  }

  private static var fedwire: RailSettings {
    var rail = RailSettings(
      name: "fedwire", currency: .usd, timeZone: "America/New_York", open: at(21), close: at(19),
      fee: MoneyAmount(minorUnits: 94, currency: .usd))
    rail.customerCutOff = at(18, 45)
    rail.calendar = .fedwire
    rail.feeTiers = [(1, 94), (14_001, 29), (90_001, 19)].map {
      FeeTier(from: $0, fee: MoneyAmount(minorUnits: $1, currency: .usd))
    }
    return rail
  }

  private static var sameDayACH: RailSettings {
    var rail = batch(
      "same_day_ach", .usd, "America/New_York", .fedwire, fee: 5,
      [
        BatchWindow(cutOff: at(10, 30), settles: at(13)),
        BatchWindow(cutOff: at(14, 45), settles: at(17)),
        BatchWindow(cutOff: at(16, 45), settles: at(18)),
      ])
    rail.maximumAmount = MoneyAmount(minorUnits: 1_000_000_00, currency: .usd)
    return rail
  }

  private static var ach: RailSettings {
    batch(
      "ach", .usd, "America/New_York", .fedwire, fee: 1,
      [BatchWindow(cutOff: at(23, 59), settles: at(8, 30), businessDays: 1)])
  }

  private static var target: RailSettings {
    var rail = RailSettings(
      name: "t2", currency: .eur, timeZone: "Europe/Berlin", open: at(2, 30), close: at(18),
      fee: MoneyAmount(minorUnits: 20, currency: .eur))
    rail.customerCutOff = at(17)
    rail.calendar = .target
    return rail
  }

  private static var sepa: RailSettings {
    batch(
      "sct", .eur, "Europe/Berlin", .target, fee: 1,
      [
        BatchWindow(cutOff: at(12), settles: at(16)),
        BatchWindow(cutOff: at(23, 59), settles: at(9), businessDays: 1),
      ])
  }

  private static var sepaInstant: RailSettings {
    var rail = RailSettings(
      name: "sct_inst", currency: .eur, timeZone: "Europe/Berlin", open: at(0), close: at(0),
      fee: MoneyAmount(minorUnits: 1, currency: .eur))
    rail.kind = .instant
    rail.weekends = true
    rail.latency = .logNormal(median: .seconds(3), p99: .seconds(10))
    rail.maximumAmount = MoneyAmount(minorUnits: 100_000_00, currency: .eur)
    return rail
  }

  private static var chaps: RailSettings {
    var rail = RailSettings(
      name: "chaps", currency: .gbp, timeZone: "Europe/London", open: at(6), close: at(18),
      fee: MoneyAmount(minorUnits: 30, currency: .gbp))
    rail.customerCutOff = at(17, 40)
    rail.calendar = .chaps
    return rail
  }

  private static var bojnet: RailSettings {
    var rail = RailSettings(
      name: "bojnet", currency: .jpy, timeZone: "Asia/Tokyo", open: at(8, 30), close: at(21),
      fee: MoneyAmount(minorUnits: 40, currency: .jpy))
    rail.calendar = .bojnet
    return rail
  }

  /// Business hours of the currency's centre, value on the next business day.
  private static func correspondent(
    _ name: String, _ currency: Currency, _ timeZone: String, _ calendar: SettlementCalendar,
    fee: Int64
  ) -> RailSettings {
    var rail = RailSettings(
      name: name, currency: currency, timeZone: timeZone, open: at(8), close: at(17),
      fee: MoneyAmount(minorUnits: fee, currency: currency))
    rail.kind = .correspondent
    rail.calendar = calendar
    rail.valueDays = 1
    rail.latency = .logNormal(median: .seconds(2 * 3_600), p99: .seconds(24 * 3_600))
    return rail
  }

  private static func batch(
    _ name: String, _ currency: Currency, _ timeZone: String, _ calendar: SettlementCalendar,
    fee: Int64, _ windows: [BatchWindow]
  ) -> RailSettings {
    var rail = RailSettings(
      name: name, currency: currency, timeZone: timeZone, open: at(0), close: at(0),
      fee: MoneyAmount(minorUnits: fee, currency: currency))
    rail.kind = .batch
    rail.calendar = calendar
    rail.windows = windows
    rail.latency = .constant(.zero)
    return rail
  }

  private static func at(_ hour: Int, _ minute: Int = 0) -> TimeOfDay {
    TimeOfDay(hour: hour, minute: minute)
  }
}
