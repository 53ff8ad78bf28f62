import Interbank
import Testing

@Suite("Bech-Soramäki gridlock resolution")
struct BechSoramakiTests {
  @Test("settles exactly the union of all sets that keep order, cover and limits", arguments: 0..<8)
  func isTheLargestSet(block: Int) {
    for seed in block * 500..<(block + 1) * 500 {
      let world = NettingWorld(seed: seed)
      let settled = BechSoramaki.settleable(
        queue: world.queue, available: world.available, limits: world.limits)
      var union: Set<Int> = []
      for subset in world.subsets
      where world.keepsOrder(Set(subset)) && world.isSettleable(subset) {
        union.formUnion(subset)
      }
      #expect(settled == union.sorted(), "seed \(seed): \(world)")
      #expect(world.isSettleable(settled), "seed \(seed): \(world)")
    }
  }

  @Test("an account of 100 with three payments of 60 settles one of them")
  func doesNotOverdraw() {
    let queue = (1...3).map { NettablePayment(payer: 0, payee: $0, amount: 60) }
    #expect(BechSoramaki.settleable(queue: queue, available: [100, 0, 0, 0]) == [0])
  }

  @Test("a payment that would fit does not pass an earlier one of its payer that does not")
  func keepsOrder() {
    let queue = [
      NettablePayment(payer: 0, payee: 1, amount: 60),
      NettablePayment(payer: 0, payee: 1, amount: 5),
      NettablePayment(payer: 1, payee: 0, amount: 40),
    ]
    #expect(BechSoramaki.settleable(queue: queue, available: [19, 30]) == [])
    #expect(BechSoramaki.settleable(queue: queue, available: [20, 0]) == [0, 2])
    #expect(BechSoramaki.settleable(queue: queue, available: [25, 0]) == [0, 1, 2])
  }

  @Test("a limit that is met exactly holds nothing up, and one unit less does")
  func limitsAreInclusive() {
    let queue = [
      NettablePayment(payer: 0, payee: 1, amount: 50),
      NettablePayment(payer: 1, payee: 0, amount: 30),
    ]
    func settled(_ limits: SettlementLimits) -> [Int] {
      BechSoramaki.settleable(queue: queue, available: [100, 0], limits: limits)
    }
    #expect(settled(SettlementLimits(multilateral: [20, nil])) == [0, 1])
    #expect(settled(SettlementLimits(multilateral: [19, nil])) == [])
    let met = BilateralLimit(payer: 0, payee: 1, remaining: 20)
    #expect(settled(SettlementLimits(bilateral: [met])) == [0, 1])
    let missed = BilateralLimit(payer: 0, payee: 1, remaining: 19)
    #expect(settled(SettlementLimits(bilateral: [missed])) == [])
  }

  @Test("how payments of different payers interleave changes nothing", arguments: 0..<200)
  func isIndependentOfInterleaving(seed: Int) {
    let world = NettingWorld(seed: seed, participants: 3...6, payments: 10...60)
    var numbers = NettingWorld.Numbers(seed: seed)
    func settled(order: [Int]) -> [Int] {
      BechSoramaki.settleable(
        queue: order.map { world.queue[$0] }, available: world.available, limits: world.limits
      ).map { order[$0] }.sorted()
    }
    var turns = world.queue.map(\.payer)
    turns.shuffle(using: &numbers)
    var left = world.available.indices.map { payer in
      world.queue.indices.filter { world.queue[$0].payer == payer }[...]
    }
    let order = turns.map { left[$0].removeFirst() }
    #expect(settled(order: order) == settled(order: Array(world.queue.indices)))
  }

  @Test("more liquidity settles more, never something else", arguments: 0..<200)
  func growsWithLiquidity(seed: Int) {
    let world = NettingWorld(seed: seed, participants: 3...6, payments: 10...60)
    let before = BechSoramaki.settleable(queue: world.queue, available: world.available)
    let more = world.available.enumerated().map { $1 + Int64($0 % 3) }
    let after = BechSoramaki.settleable(queue: world.queue, available: more)
    #expect(Set(before).isSubset(of: after))
  }

  @Test("amounts near 2^62 neither overflow nor settle without cover")
  func isSafeFromOverflow() {
    let huge: Int64 = 1 << 62
    let queue = (0..<9).map { NettablePayment(payer: $0 % 3, payee: ($0 + 1) % 3, amount: huge) }
    #expect(BechSoramaki.settleable(queue: queue, available: [0, 0, 0]) == Array(0..<9))
    let oneWay = (0..<9).map { _ in NettablePayment(payer: 0, payee: 1, amount: huge) }
    #expect(BechSoramaki.settleable(queue: oneWay, available: [.max, .max]) == [0])
    #expect(BechSoramaki.settleable(queue: oneWay, available: [.min, .max]) == [])
  }
}
