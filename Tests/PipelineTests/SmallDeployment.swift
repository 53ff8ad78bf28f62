import Batching
import Interbank
import Money
import PaymentModel
import Scenario
import VirtualTime

@testable import Pipeline

/// The default scenario, made small and changed as a test likes, laid out over cells.
func deployment(_ change: (inout ScenarioSettings) -> Void = { _ in }) throws -> Deployment {
  var settings = ScenarioSettings(name: "small")
  settings.merchants.count = 200
  change(&settings)
  let strategy = try StrategyRegistry.makePriced("merchant_day")
  return try Deployment(
    settings: settings, strategy: strategy, priced: [strategy],
    mode: try SettlementModeRegistry.make("rtgs"))
}

/// A market of its own region.
func market(
  _ country: String, _ timeZone: String, _ currency: Currency, share: Double,
  region: String = "europe"
) -> MerchantSettings.Market {
  MerchantSettings.Market(
    country: country, region: region, timeZone: timeZone, currency: currency,
    settlementCurrency: currency, share: share)
}

extension Identifier {
  /// Goes `offset` numbers on.
  static func += (identifier: inout Self, offset: Int) { identifier = identifier + offset }
}

/// A payment as the gateway accepts it.
func paymentRow(
  _ fingerprint: KeyFingerprint, body: UInt32 = 0, amount: Int64 = 100, second: UInt32 = 0
) -> PaymentRow {
  PaymentRow(
    PaymentRequest(
      fingerprint: fingerprint, amount: amount, merchant: 0, bodyHash: body, currency: 0,
      issuer: 0, traits: [], sent: 0),
    createdSecond: second)
}

/// The UTC second at which a clock that is `offset` hours ahead of UTC shows a local time.
func utcSecond(_ date: String, _ time: String, offset hours: Int) -> Int64 {
  Int64(CivilDate(date)!.dayNumber) * 86_400 + Int64(TimeOfDay(time)!.secondsSinceMidnight)
    - Int64(hours) * 3_600
}
