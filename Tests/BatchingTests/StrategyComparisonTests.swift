import Batching
import Money
import PaymentModel
import Testing

@Suite("Savings")
struct StrategyComparisonTests {
  @Test("savings are those against the first strategy")
  func savings() throws {
    let world = try SmallWorld.settlementWorld(maximumBatch: 1_000)
    var book = ObligationBook(slots: SlotScale(length: TimeSlots.day))
    for obligation in PlanningTests.obligations(200) { try book.add(obligation) }
    let comparison = StrategyComparison(
      of: [
        try StrategyRegistry.makePriced("one_wire_per_payment"),
        try StrategyRegistry.makePriced("merchant_day"),
      ], on: book.grouped, in: world)
    #expect(comparison.rows[0].savings == .zero(.usd))
    #expect(comparison.rows[0].savingsRatio == 0)
    #expect(comparison.rows[1].cost.total == MoneyAmount(minorUnits: 425, currency: .usd))
    #expect(comparison.rows[1].savings == MoneyAmount(minorUnits: 99_575, currency: .usd))
    #expect(comparison.rows[1].savingsRatio == 0.99575)
    #expect(comparison.rows[1].wireReduction == 0.995)
  }

  @Test("without obligations there is no ratio, and no crash")
  func nothing() throws {
    let world = try SmallWorld.settlementWorld(maximumBatch: 1_000)
    let strategies = try StrategyRegistry.priced.compactMap {
      try StrategyRegistry.make($0) as? any ShadowPriced
    }
    let book = ObligationBook(slots: TimeSlots.scale(for: strategies))
    let comparison = StrategyComparison(of: strategies, on: book.grouped, in: world)
    #expect(comparison.rows.count == strategies.count && strategies.count >= 7)
    #expect(comparison.rows.allSatisfy { $0.savingsRatio == nil && $0.wireReduction == nil })
  }

  @Test("more consolidation never needs more wires", arguments: 0..<50)
  func monotone(seed: Int) throws {
    let small = try SmallWorld(seed: seed)
    var previous = Int.max
    for seconds in [900, 3_600, 7_200, 14_400, 43_200, 86_400] {
      let strategy = try StrategyRegistry.makePriced(
        "fixed_window", parameters: ["window": .duration(.seconds(seconds))])
      var book = ObligationBook(slots: TimeSlots.scale(for: [strategy]))
      // Of payments that are worth something: what comes to nothing needs no wire, until it is
      // settled with something else.
      for obligation in small.obligations where obligation.amount > 1_000 {
        try book.add(obligation)
      }
      let wires = strategy.price(book.grouped, in: small.world).wires
      #expect(wires <= previous, "seed \(seed)")
      previous = wires
    }
  }
}
