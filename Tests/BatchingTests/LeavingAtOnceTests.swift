import Money
import PaymentModel
import Scenario
import Testing

@testable import Batching

@Suite("What is settled at once")
struct LeavingAtOnceTests {
  private static let hour: Int64 = 3_600_000_000_000

  /// Whether an obligation of `value` US cents, that comes about at a time of a Monday, is settled
  /// at once where rounds are every hour.
  private func leaves(
    _ value: Int64, at time: Int64, delayRate: Double, from source: Currency = .usd,
    to destination: Currency = .usd, nets: Bool = false, expected: ExpectedArrivals? = nil,
    change: (inout CostSettings) -> Void = { _ in }
  ) throws -> Bool {
    var settings = ScenarioSettings(name: "at once")
    settings.costs.delayRate = delayRate
    change(&settings.costs)
    let rates = try SmallWorld.settlementWorld(maximumBatch: 10).rates
    let outlook = SettlementOutlook(
      settings, epochSecond: Int64(CivilDate("2026-03-02")!.dayNumber) * 86_400,
      currencies: [.usd, .eur], rates: rates)
    var world = SettlementWorld(
      rates: rates, costs: CostTable(settings.costs), maximumBatch: 10, outlook: outlook,
      now: time)
    world.expected = expected
    let strategy = try Optimised(parameters: ["fx_netting": .choice(nets ? "on" : "off")])
      .bound(to: outlook, until: 100 * Self.hour)
    guard case .whereItPays = strategy.release else { return false }
    let amount = rates.convert(
      MoneyAmount(minorUnits: value, currency: .usd), to: source
    ).amount.minorUnits
    return strategy.leavesAtOnce(
      Obligation(
        payment: PaymentID(0), merchant: MerchantID(0),
        route: SettlementRoute(
          payer: BankID(0), payee: BankID(1), source: source, destination: destination),
        amount: amount, captured: time, businessDay: 0, deadline: 3, latest: .secondDay),
      in: world)
  }

  @Test("it is where waiting for the next round costs more than a wire, to the cent")
  func threshold() throws {
    // At 14:30 half an hour is to be waited; the wire is 5.00 and the operator's fee 0.94.
    let half = Self.hour / 2
    let rate = 0.5
    let price = 594.0
    let value = Int64(price / (rate * Double(half) / (365 * 86_400e9)))
    #expect(try !leaves(value - 100, at: 14 * Self.hour + half, delayRate: rate))
    #expect(try leaves(value + 100, at: 14 * Self.hour + half, delayRate: rate))
    // Nearer to the round it is not.
    #expect(try !leaves(value + 100, at: 14 * Self.hour + half + 60_000_000_000, delayRate: rate))
  }

  @Test("it never is where delay is free or the rail is closed")
  func never() throws {
    #expect(try !leaves(1_000_000_000_000, at: 14 * Self.hour, delayRate: 0))
    // The euro's rail is closed at 20:00 UTC: nothing arrives sooner for being sent.
    #expect(
      try !leaves(1_000_000_000_000, at: 20 * Self.hour, delayRate: 1, from: .eur, to: .eur))
    #expect(
      try leaves(1_000_000_000_000, at: 14 * Self.hour + 1, delayRate: 1, from: .eur, to: .eur))
  }

  @Test("who is expected to meet nobody in the next round does not wait for it")
  func alone() throws {
    func expected(_ hourly: Double) -> ExpectedArrivals {
      ExpectedArrivals(
        hours: Array(repeating: hourly, count: 48),
        kinds: [
          ExpectedArrivals.Kind(
            source: .usd, destination: .usd, latest: .secondDay, share: 1, mean: 1_000_000,
            square: 1e12)
        ], payers: 8, banks: 8)
    }
    // Half an hour costs 2.85: less than a wire, more than the discount that two would earn.
    let half = Self.hour / 2
    func leaves(_ hourly: Double?) throws -> Bool {
      try self.leaves(
        10_000_000, at: 14 * Self.hour + half, delayRate: 0.5,
        expected: hourly.map(expected))
    }
    #expect(try leaves(0.01), "nobody comes")
    #expect(try !leaves(400), "200 come, and settle with it")
    #expect(try !leaves(nil), "nothing is known of what comes")
  }

  @Test("an exchange that others are expected to set off waits for them, if that is soon enough")
  func exchange() throws {
    func expected(_ mean: Double) -> ExpectedArrivals {
      ExpectedArrivals(
        hours: Array(repeating: 100, count: 48),
        kinds: [(Currency.usd, Currency.eur), (.eur, .usd)].map {
          ExpectedArrivals.Kind(
            source: $0.0, destination: $0.1, latest: .secondDay, share: 0.5, mean: mean,
            square: mean * mean)
        }, payers: 1, banks: 2)
    }
    func leaves(_ expected: ExpectedArrivals?, rate: Double = 0.5, nets: Bool) throws -> Bool {
      try self.leaves(
        100_000_000, at: 14 * Self.hour + 1, delayRate: rate, to: .eur, nets: nets,
        expected: expected)
    }
    // An hour costs 57.08, the wire and the deal less than 10, the spread 250.
    #expect(try leaves(nil, nets: false))
    #expect(try !leaves(nil, nets: true), "nothing is known of what comes")
    #expect(try !leaves(expected(100_000_000), nets: true), "it is set off within minutes")
    #expect(try leaves(expected(100_000), nets: true), "that would take days")
    #expect(
      try leaves(expected(100_000_000), rate: 5, nets: true), "delay is dearer than the spread")
  }
}
