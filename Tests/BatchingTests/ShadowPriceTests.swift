import Batching
import Money
import PaymentModel
import Scenario
import Testing

@Suite("Shadow prices")
struct ShadowPriceTests {
  @Test("the price of groups is the price of the planned batches", arguments: 0..<40)
  func groupsAndBatches(block: Int) throws {
    for seed in block * 100..<(block + 1) * 100 {
      let small = try SmallWorld(seed: seed)
      let grouped = small.grouped
      for strategy in small.strategies {
        let plan = strategy.plan(small.obligations, in: small.world)
        let name = type(of: strategy).name
        let violation = PlanCheck.violation(
          of: plan, for: small.obligations, maximumBatch: small.world.maximumBatch)
        #expect(violation == nil, "\(name), seed \(seed)")
        // Sums do not show that a part of a settlement comes to nothing.
        guard !small.hasIdleParts(plan) else { continue }
        #expect(
          strategy.price(grouped, in: small.world)
            == StrategyCost(
              strategy: name, pricing: plan, small.obligations, fees: small.fees,
              in: small.world), "\(name), seed \(seed)")
      }
    }
  }

  @Test("prices agree with a reference that follows the definitions", arguments: 0..<20)
  func reference(block: Int) throws {
    for seed in block * 50..<(block + 1) * 50 {
      var small = try SmallWorld(seed: seed)
      small.fees = small.fees.map { _ in 0 }
      for strategy in small.strategies where strategy.isPlain {
        let expected = ReferencePricing.price(
          small.obligations, maximumBatch: small.world.maximumBatch,
          discountMinimum: small.world.costs.discountMinimum, in: small.world
        ) { position, obligation in
          if let window = (strategy as? FixedWindow)?.window {
            return "\(obligation.captured / 1_000_000_000 / window.components.seconds)"
          }
          return strategy is MerchantDay
            ? "\(obligation.merchant) \(obligation.businessDay)" : "\(position)"
        }
        let cost = strategy.price(small.grouped, in: small.world)
        #expect(cost.wires == expected.wires, "seed \(seed)")
        #expect(cost.discountedWires == expected.discounted, "seed \(seed)")
        let difference =
          Double((cost.wireCost + cost.spreadCost).minorUnits)
          - ReferencePricing.dollars(expected, in: small.world)
        #expect(difference.magnitude < 10, "seed \(seed)")
      }
    }
  }

  /// 1,000 payments of a day to one merchant, as many in each hour.
  private static func thousand() throws -> GroupedObligations {
    let route = SettlementRoute(
      payer: BankID(0), payee: BankID(1), source: .eur, destination: .usd)
    var book = ObligationBook(slots: SlotScale(length: SmallWorld.hour))
    for payment in 0..<1_000 {
      try book.add(
        Obligation(
          payment: PaymentID(payment), merchant: MerchantID(7), route: route, amount: 50_00,
          captured: Int64(payment % 24) * SmallWorld.hour, businessDay: 0, deadline: 0))
    }
    return book.grouped
  }

  /// 1,000 payments of 50.00 EUR to a merchant paid in USD: 50,000.00 EUR at 2.5 basis points are
  /// 12.50 EUR, at 1.1684 14.605 USD, half to even 14.60.
  @Test(
    "a thousand payments cost what the table says",
    arguments: [
      ("one_wire_per_payment", 1_000, 0, 500_000, 1_460), ("merchant_day", 3, 3, 1_275, 1_460),
      ("fixed_window", 24, 24, 10_200, 1_460),
    ])
  func goldenDay(
    name: String, wires: Int, discounted: Int, wireCost: Int64, spreadCost: Int64
  ) throws {
    let world = try SmallWorld.settlementWorld(maximumBatch: 400)
    let cost = try StrategyRegistry.makePriced(name).price(Self.thousand(), in: world)
    #expect(cost.payments == 1_000)
    #expect(cost.wires == wires)
    #expect(cost.discountedWires == discounted)
    #expect(cost.wireCost == MoneyAmount(minorUnits: wireCost, currency: .usd))
    #expect(cost.spreadCost == MoneyAmount(minorUnits: spreadCost, currency: .usd))
  }

  /// As above: the spread of 14.60 USD, of which 15 % are 2.19. With a minimum of 300 payments the
  /// batch of 200 has no discount, so that 800 of the 1,000 payments have it: 1.752.
  @Test(
    "with the spread in its base the discount takes its part of consolidated payments' spread",
    arguments: [
      ("one_wire_per_payment", 2, 0), ("merchant_day", 2, 2_19), ("merchant_day", 300, 1_75),
      ("fixed_window", 2, 2_19), ("fixed_window", 300, 0),
    ])
  func spreadDiscount(name: String, minimum: Int, discount: Int64) throws {
    let strategy = try StrategyRegistry.makePriced(name)
    let groups = try Self.thousand()
    let costs = try [CostSettings.DiscountBase.wire, .wireAndSpread].map { base in
      strategy.price(
        groups,
        in: try SmallWorld.settlementWorld(
          maximumBatch: 400, discountMinimum: minimum, discountBase: base))
    }
    #expect(costs[0].spreadDiscount == .zero(.usd))
    #expect(costs[1].spreadDiscount == MoneyAmount(minorUnits: discount, currency: .usd))
    #expect(costs[1].exchangeCost.minorUnits == 14_60 - discount)
    #expect(costs[0].total - costs[1].total == costs[1].spreadDiscount)
    #expect(costs[0].wireCost == costs[1].wireCost)
  }

  @Test("refunds are converted apart by single wires, and netted within a settlement")
  func refunds() throws {
    let world = try SmallWorld.settlementWorld(maximumBatch: 1_000)
    let route = SettlementRoute(
      payer: BankID(0), payee: BankID(1), source: .usd, destination: .eur)
    var book = ObligationBook(slots: SlotScale(length: SmallWorld.hour))
    for (payment, amount) in [Int64(1_000_000), -800_000].enumerated() {
      try book.add(
        Obligation(
          payment: PaymentID(payment), merchant: MerchantID(0), route: route, amount: amount,
          captured: 0, businessDay: 0, deadline: 0))
    }
    let single = try StrategyRegistry.makePriced("one_wire_per_payment").price(
      book.grouped, in: world)
    let daily = try StrategyRegistry.makePriced("merchant_day").price(book.grouped, in: world)
    #expect(single.spreadCost.minorUnits == 450)
    #expect(daily.spreadCost.minorUnits == 50)
  }
}

extension ShadowPriced {
  /// Whether it settles gross and per route, so that a text key says all of it.
  fileprivate var isPlain: Bool {
    self is OneWirePerPayment || (self as? FixedWindow)?.window != nil || self is MerchantDay
  }
}

extension SmallWorld {
  /// Whether a settlement of several parts has one that pays out nothing.
  func hasIdleParts(_ plan: SettlementPlan) -> Bool {
    let net = obligations.indices.map { place in
      var obligation = obligations[place]
      obligation.amount -= fees.isEmpty ? 0 : fees[place]
      return obligation
    }
    let payouts = Payouts.beforeFees(of: plan, net, in: world)
    return plan.settlements.contains { $0.count > 1 && payouts[$0].contains(0) }
  }
}
