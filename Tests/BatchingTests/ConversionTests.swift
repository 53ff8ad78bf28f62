import Batching
import Money
import PaymentModel
import Testing

@Suite("Conversions")
struct ConversionTests {
  private static func obligation(
    _ amount: Int64, _ source: Currency, _ destination: Currency, payee: Int = 1
  ) -> Obligation {
    Obligation(
      payment: 0, merchant: MerchantID(0),
      route: SettlementRoute(
        payer: BankID(0), payee: BankID(UInt16(payee)), source: source, destination: destination),
      amount: amount, captured: 0, businessDay: 0, deadline: 0)
  }

  private static func conversions(
    _ pending: [Obligation], netting: String
  ) throws -> [String] {
    let world = try SmallWorld.settlementWorld(maximumBatch: 2)
    let plan = try StrategyRegistry.make(
      "counterparty_consolidation", parameters: ["fx_netting": .choice(netting)]
    ).plan(pending, in: world)
    return Conversions.of(plan, pending, in: world).map { conversion in
      "\(conversion.source)\(conversion.isReversed ? "<" : ">")\(conversion.destination) "
        + "\(conversion.amount)"
    }
  }

  @Test("a settlement is converted at once for each currency owed, its refunds taken off")
  func gross() throws {
    let pending = [
      Self.obligation(100_00, .eur, .usd), Self.obligation(50_00, .gbp, .usd),
      Self.obligation(-30_00, .eur, .usd), Self.obligation(-80_00, .gbp, .usd),
      Self.obligation(5_00, .usd, .usd),
    ]
    #expect(try Self.conversions(pending, netting: "off") == ["EUR>USD 7000", "GBP<USD 3000"])
  }

  @Test("opposite directions offset at mid, and only the rest is converted")
  func offset() throws {
    // 100.00 EUR are 116.84 USD; 50.00 USD are 42.79 EUR; so 57.21 EUR are left to sell.
    let pending = [
      Self.obligation(100_00, .eur, .usd), Self.obligation(50_00, .usd, .eur, payee: 2),
    ]
    #expect(try Self.conversions(pending, netting: "off") == ["EUR>USD 10000", "USD>EUR 5000"])
    #expect(try Self.conversions(pending, netting: "on") == ["EUR>USD 5721"])
  }

  @Test("what comes in as one currency and goes out as the next is sold once")
  func chain() throws {
    // EUR -> USD and USD -> GBP of the same value are EUR -> GBP, at 2 instead of 5.5 bp.
    let pending = [
      Self.obligation(100_00, .eur, .usd), Self.obligation(116_84, .usd, .gbp, payee: 2),
    ]
    #expect(try Self.conversions(pending, netting: "on") == ["EUR>GBP 10000"])
  }

  @Test(
    "netted conversions are never dearer than those settlement by settlement", arguments: 0..<20)
  func cheaper(block: Int) throws {
    for seed in block * 50..<(block + 1) * 50 {
      let small = try SmallWorld(seed: seed)
      for name in ["counterparty_consolidation", "multilateral_netting"] {
        func spread(_ netting: String) throws -> Int64 {
          try StrategyRegistry.makePriced(
            name,
            parameters: ["fx_netting": .choice(netting), "window": .duration(.seconds(86_400))]
          ).price(small.grouped, in: small.world).spreadCost.minorUnits
        }
        // Each of up to twenty pairs is rounded once to a cent.
        #expect(try spread("on") <= spread("off") + 10, "seed \(seed)")
      }
    }
  }

  @Test("netted conversions leave less than a minor unit for each pair", arguments: 0..<20)
  func evenness(block: Int) throws {
    for seed in block * 50..<(block + 1) * 50 {
      let small = try SmallWorld(seed: seed)
      let strategy = try StrategyRegistry.make(
        "counterparty_consolidation", parameters: ["fx_netting": .choice("on")])
      let plan = strategy.plan(small.obligations, in: small.world)
      var dollars: [String: Double] = [:]
      func add(_ cycle: Int64, _ bank: BankID, _ amount: Double, _ currency: Currency) {
        let rate = small.world.rates.midRate(from: currency, to: .usd)!
        dollars["\(cycle) \(bank) \(currency)", default: 0] +=
          amount / Double(currency.minorUnitsPerUnit) * rate
      }
      for batch in plan.batches {
        for member in batch.members {
          let (amount, source) = (
            Double(small.obligations[member].amount), small.obligations[member].route.source
          )
          add(batch.cycle, batch.payer, amount, source)
          let paid = small.world.rates.midRate(from: source, to: batch.currency)!
          add(
            batch.cycle, batch.payer,
            -amount / Double(source.minorUnitsPerUnit) * paid
              * Double(batch.currency.minorUnitsPerUnit), batch.currency)
        }
      }
      for cycle in Set(plan.batches.map(\.cycle)) {
        let own = SettlementPlan(batches: plan.batches.filter { $0.cycle == cycle })
        for conversion in Conversions.of(own, small.obligations, in: small.world) {
          let (source, destination) = (conversion.source, conversion.destination)
          add(cycle, conversion.bank, -Double(conversion.amount), source)
          let rate = small.world.rates.midRate(from: source, to: destination)!
          add(
            cycle, conversion.bank,
            Double(conversion.amount) / Double(source.minorUnitsPerUnit) * rate
              * Double(destination.minorUnitsPerUnit), destination)
        }
      }
      // A yen is less than a cent; four currencies may each be rounded into one position.
      for (place, rest) in dollars { #expect(abs(rest) < 0.06, "\(place), seed \(seed)") }
    }
  }
}
