import Foundation
import Testing

@testable import Interbank

@Suite("The best set of whole payments")
struct BestSetTests {
  private func best(_ world: NettingWorld, nodes: Int) -> [Int] {
    WholePaymentGridlock.best(
      queue: world.queue, available: world.available, limits: world.limits, maximumNodes: nodes)
  }

  /// Balances are not below zero and there are no limits, which others count in another way.
  private func plain(_ seed: Int, _ payments: ClosedRange<Int>) -> NettingWorld {
    var world = NettingWorld(seed: seed, participants: 2...8, payments: payments)
    world.limits = SettlementLimits()
    world.available = world.available.map { max(0, $0) }
    return world
  }

  @Test(
    "settles no less than offsets of pairs and circles do on the same queue and balances",
    arguments: 0..<8)
  func againstOffsets(block: Int) {
    var (equal, more) = (0, 0)
    for seed in block * 250..<(block + 1) * 250 {
      let world = plain(seed, [0...9, 10...30, 25...45][seed % 3])
      let others = SimCashOffsets(queue: world.queue, balances: world.available).value
      let found = best(world, nodes: 400)
      let value = world.value(found)
      #expect(value >= others, "seed \(seed): \(world)")
      #expect(world.isSettleable(found), "seed \(seed): \(world)")
      if value == others { equal += 1 } else { more += 1 }
      let pairs = PairAndCycleOffset.settleable(queue: world.queue, available: world.available)
      #expect(value >= world.value(pairs), "seed \(seed): \(world)")
    }
    // Both happen, or one of the two does nothing.
    #expect(equal > 20 && more > 20)
  }

  @Test("of a small queue is the largest of all settleable sets", arguments: 0..<4)
  func exhaustive(block: Int) {
    for seed in block * 150..<(block + 1) * 150 {
      let world = NettingWorld(seed: seed)
      var largest: Int128 = 0
      for subset in world.subsets where world.isSettleable(subset) {
        largest = max(largest, world.value(subset))
      }
      #expect(world.value(best(world, nodes: 100_000)) == largest, "seed \(seed): \(world)")
    }
  }

  @Test(
    "keeps limits and is no less than what keeps the order, however few nodes", arguments: 0..<40)
  func limits(seed: Int) {
    let world = NettingWorld(seed: seed, participants: 3...8, payments: 20...80)
    let ordered = BechSoramaki.settleable(
      queue: world.queue, available: world.available, limits: world.limits)
    for nodes in [0, 300] {
      let found = best(world, nodes: nodes)
      #expect(world.isSettleable(found), "\(world)")
      #expect(world.value(found) >= world.value(ordered), "\(world)")
      #expect(found == found.sorted() && Set(found).count == found.count)
    }
    for part in [0, 50] {
      let offsets = PairAndCycleOffset.settleable(
        queue: world.queue, available: world.available, limits: world.limits, nodesPerPair: part)
      #expect(world.isSettleable(offsets), "\(world)")
      #expect(world.value(best(world, nodes: 300)) >= world.value(offsets) || part > 0, "\(world)")
    }
  }

  @Test("of a long queue settles more than offsets alone, in bounded work")
  func long() {
    let instance = NettingInstance.seeded(seed: 1, participants: 12, obligations: 1_600)
    let liquidity = instance.liquidity(perThousand: 10)
    let world = NettingWorld(queue: instance.obligations, available: liquidity)
    let found = best(world, nodes: 20_000)
    let offsets = PairAndCycleOffset.settleable(queue: world.queue, available: liquidity)
    #expect(world.isSettleable(found))
    #expect(world.value(found) > world.value(offsets))
  }

  @Test("what balances cover in a part of a pair alone settles in that part")
  func partOfPair() {
    // 100 waits for ever; of the others 5 + 6 and 7 + 4 net to nothing.
    let queue = [
      NettablePayment(payer: 0, payee: 2, amount: 100),
      NettablePayment(payer: 0, payee: 1, amount: 5),
      NettablePayment(payer: 0, payee: 1, amount: 6),
      NettablePayment(payer: 1, payee: 0, amount: 7),
      NettablePayment(payer: 1, payee: 0, amount: 4),
      NettablePayment(payer: 1, payee: 0, amount: 50),
    ]
    let none: [Int64] = [0, 0, 0]
    #expect(PairAndCycleOffset.settleable(queue: queue, available: none) == [])
    #expect(
      PairAndCycleOffset.settleable(queue: queue, available: none, nodesPerPair: 100)
        == [1, 2, 3, 4])
  }

  @Test(
    "of the cases of Project Ubin is that derived by others",
    .enabled(if: UbinCase.isAtHand, "needs ../shared/data"), arguments: UbinCase.all)
  func ubin(ubin: UbinCase) throws {
    let derived = try #require(ubin.derived)
    let expected = derived.max_value_subset ?? derived.fifo_bech_soramaki_settled
    #expect(ubin.world.value(best(ubin.world, nodes: 100_000)) == Int128(expected))
  }
}
