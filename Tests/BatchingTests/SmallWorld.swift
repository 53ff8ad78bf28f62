import Batching
import Money
import PaymentModel
import Scenario

/// A random handful of obligations with a world to settle them in, everything small, so that limits
/// are hit and keys collide.
struct SmallWorld {
  var obligations: [Obligation] = []
  var world: SettlementWorld
  var strategies: [any BatchingStrategy]

  static let hour: Int64 = 3_600_000_000_000
  static let currencies: [Currency] = [.usd, .eur, .gbp, .jpy, .kwd]

  init(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    world = try SmallWorld.settlementWorld(
      maximumBatch: numbers.pick(1...12), discountMinimum: numbers.pick(1...5))
    let windows = [60, 900, 1_800, 3_600, 5_400, 7_200, 14_400, 43_200, 86_400]
    strategies = [
      try StrategyRegistry.make("one_wire_per_payment"),
      try StrategyRegistry.make("merchant_day"),
    ]
    for _ in 0..<2 {
      let window = Duration.seconds(windows[numbers.pick(0...windows.count - 1)])
      strategies.append(
        try StrategyRegistry.make("fixed_window", parameters: ["window": .duration(window)]))
    }
    let spread = [1, 5, 60, 3_000][numbers.pick(0...3)]
    for payment in 0..<numbers.pick(0...70) {
      let captured = Int64(numbers.pick(0...2_879 / spread) * spread) * SmallWorld.hour / 60
      let merchant = numbers.pick(0...3)
      let amount = Int64(numbers.pick(1...100_000) >> numbers.pick(0...12))
      obligations.append(
        Obligation(
          payment: UInt32(payment), merchant: MerchantID(UInt32(merchant)),
          route: SmallWorld.route(&numbers), amount: numbers.pick(0...4) == 0 ? -amount : amount,
          captured: captured,
          businessDay: Int32((captured + Int64(merchant) * 5 * SmallWorld.hour) / TimeSlots.day),
          deadline: 3))
    }
  }

  var grouped: GroupedObligations {
    var book = ObligationBook(slotLength: TimeSlots.length(for: strategies))
    for obligation in obligations { book.add(obligation) }
    return book.grouped
  }

  static func route(_ numbers: inout SplitMix) -> SettlementRoute {
    SettlementRoute(
      payer: BankID(UInt16(numbers.pick(0...1))), payee: BankID(UInt16(numbers.pick(2...3))),
      source: currencies[min(numbers.pick(0...5), numbers.pick(0...4))],
      destination: currencies[numbers.pick(0...1)])
  }

  static func settlementWorld(
    maximumBatch: Int, discountMinimum: Int = 2, wire: Int64 = 5_00
  ) throws -> SettlementWorld {
    var costs = CostSettings()
    costs.discountMinimum = discountMinimum
    costs.wire = MoneyAmount(minorUnits: wire, currency: .usd)
    let rates = try FXTable(
      usdPerUnit: [(.eur, 1.1684), (.gbp, 1.3421), (.jpy, 0.006257), (.kwd, 3.2573)],
      spreads: [
        (.usd, .eur, 2.5), (.usd, .gbp, 3), (.usd, .jpy, 2), (.eur, .gbp, 2), (.usd, .kwd, 40),
      ])
    return SettlementWorld(rates: rates, costs: CostTable(costs), maximumBatch: maximumBatch)
  }
}
