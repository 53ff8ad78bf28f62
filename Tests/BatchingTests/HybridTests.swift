import Batching
import Money
import PaymentModel
import Testing

@Suite("Hybrid settlement")
struct HybridTests {
  @Test("urgent payments are never netted, the others always", arguments: 0..<20)
  func urgent(block: Int) throws {
    for seed in block * 50..<(block + 1) * 50 {
      let small = try SmallWorld(seed: seed)
      for strategy in small.all.compactMap({ $0 as? Hybrid }) {
        for batch in strategy.plan(small.obligations, in: small.world).batches {
          let isUrgent = batch.members.map { small.obligations[$0].isUrgent }
          #expect(Set(isUrgent).count == 1, "seed \(seed)")
          #expect((batch.netting == .gross) == isUrgent[0], "seed \(seed)")
          #expect((batch.window == .rtgs) == isUrgent[0], "seed \(seed)")
          if isUrgent[0] { #expect(batch.members.count == 1 && !batch.netsConversions) }
        }
      }
    }
  }

  @Test("with urgent payments alone it costs what single wires do, without any what netting does")
  func extremes() throws {
    for seed in 0..<100 {
      let small = try SmallWorld(seed: seed)
      for (latest, other) in [
        (SettlementWindow.rtgs, "one_wire_per_payment"), (.secondDay, "bilateral_netting"),
      ] {
        var book = ObligationBook(slots: SlotScale(length: SmallWorld.hour))
        for var obligation in small.obligations {
          obligation.latest = latest
          try book.add(obligation)
        }
        var cost = try StrategyRegistry.makePriced("hybrid").price(book.grouped, in: small.world)
        cost.strategy = other
        #expect(
          try StrategyRegistry.makePriced(other).price(book.grouped, in: small.world) == cost,
          "seed \(seed)")
      }
    }
  }
}
