import Interbank
import Testing

@Suite("Whole payments in any order")
struct WholePaymentTests {
  @Test(
    "the optimum is that of all settleable sets, bound and heuristic on its two sides",
    arguments: 0..<8)
  func optimum(block: Int) {
    for seed in block * 250..<(block + 1) * 250 {
      let world = NettingWorld(seed: seed)
      let (queue, available, limits) = (world.queue, world.available, world.limits)
      var largest: Int128 = 0
      for subset in world.subsets where world.isSettleable(subset) {
        largest = max(largest, world.value(subset))
      }
      let optimum = WholePaymentGridlock.optimum(
        queue: queue, available: available, limits: limits)
      #expect(optimum.map { world.value($0) } == largest, "seed \(seed): \(world)")
      #expect(optimum.map { world.isSettleable($0) } == true, "seed \(seed): \(world)")
      let found = WholePaymentGridlock.settleable(
        queue: queue, available: available, limits: limits)
      #expect(world.isSettleable(found), "seed \(seed): \(world)")
      let bound = WholePaymentGridlock.bound(queue: queue, available: available, limits: limits)
      #expect(world.value(found) <= largest && largest <= bound, "seed \(seed): \(world)")
    }
  }

  @Test(
    "the heuristic settles at least what keeps order, within cover and limits",
    arguments: 0..<60)
  func heuristic(seed: Int) {
    let world = NettingWorld(seed: seed, participants: 3...8, payments: 20...80)
    let found = WholePaymentGridlock.settleable(
      queue: world.queue, available: world.available, limits: world.limits)
    let ordered = BechSoramaki.settleable(
      queue: world.queue, available: world.available, limits: world.limits)
    #expect(world.isSettleable(found))
    #expect(world.value(found) >= world.value(ordered))
    #expect(found == found.sorted() && Set(found).count == found.count)
  }

  @Test("without order, most of what payments in part could settle is settled", arguments: 0..<5)
  func closesMostOfTheGap(seed: Int) {
    let instance = NettingInstance.seeded(seed: UInt64(seed), participants: 20, obligations: 300)
    let liquidity = instance.liquidity(perThousand: 50)
    let queue = instance.obligations
    let found = WholePaymentGridlock.settleable(queue: queue, available: liquidity)
    let value = found.reduce(Int128(0)) { $0 + Int128(queue[$1].amount) }
    let bound = WholePaymentGridlock.bound(queue: queue, available: liquidity)
    #expect(value <= bound)
    #expect(Double(value) > 0.75 * Double(bound))
  }

  @Test("an optimum that takes too many steps is not claimed")
  func isBounded() {
    let instance = NettingInstance.seeded(seed: 3, participants: 6, obligations: 60)
    let liquidity = instance.liquidity(perThousand: 20)
    #expect(
      WholePaymentGridlock.optimum(
        queue: instance.obligations, available: liquidity, maximumSteps: 100) == nil)
  }

  @Test(
    "the best subset of the cases of Project Ubin is found",
    .enabled(if: UbinCase.isAtHand, "needs ../shared/data"), arguments: UbinCase.all)
  func ubin(ubin: UbinCase) throws {
    let world = ubin.world
    let optimum = try #require(
      WholePaymentGridlock.optimum(queue: world.queue, available: world.available))
    #expect(world.isSettleable(optimum))
    let derived = try #require(ubin.derived)
    // Where no best subset was derived, all obligations settle in order.
    let best = derived.max_value_subset ?? derived.fifo_bech_soramaki_settled
    #expect(world.value(optimum) == Int128(best))
  }

  @Test("amounts near 2^62 do not overflow")
  func isSafeFromOverflow() {
    let huge: Int64 = 1 << 62
    let queue = (0..<12).map { NettablePayment(payer: $0 % 4, payee: ($0 + 1) % 4, amount: huge) }
    #expect(
      WholePaymentGridlock.settleable(queue: queue, available: [0, 0, 0, 0]) == Array(0..<12))
    let oneWay = (0..<6).map { NettablePayment(payer: 0, payee: 1, amount: huge + Int64($0)) }
    #expect(WholePaymentGridlock.optimum(queue: oneWay, available: [.max, .max]) == [5])
  }
}
