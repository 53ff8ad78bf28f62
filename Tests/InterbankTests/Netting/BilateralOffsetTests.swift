import Interbank
import Testing

@Suite("Bilateral offset")
struct BilateralOffsetTests {
  private static func offset(
    _ world: NettingWorld, _ maximum: Int, _ order: BilateralOffset.Order
  ) -> [Int]? {
    BilateralOffset.find(
      payment: world.queue[0], against: Array(world.queue.dropFirst()), available: world.available,
      maximum: maximum, order: order
    )?.map { $0 + 1 }
  }

  @Test(
    "finds payments of the counterparty that settle with it, whenever there are any",
    arguments: [BilateralOffset.Order.firstInFirstOut, .bypass])
  func isComplete(order: BilateralOffset.Order) {
    for seed in 0..<2_000 {
      var world = NettingWorld(seed: seed, participants: 2...3, payments: 1...10)
      world.limits = SettlementLimits()
      let maximum = seed % 5
      let first = world.queue[0]
      let back = Set(
        world.queue.indices.filter {
          world.queue[$0].payer == first.payee && world.queue[$0].payee == first.payer
        })
      func isOffset(_ set: [Int]) -> Bool {
        guard set.count <= maximum, back.isSuperset(of: set) else { return false }
        let others = NettingWorld(
          queue: world.queue.filter { $0.payer == first.payee }, available: world.available)
        let kept = Set(
          set.map { position in
            world.queue[..<position].count { $0.payer == first.payee }
          })
        if order == .firstInFirstOut, !others.keepsOrder(kept) { return false }
        // The counterparty is asked even when it pays nothing.
        return world.isSettleable([0] + set)
          && world.balances(after: [0] + set)[first.payee] >= 0
      }
      let settled = Self.offset(world, maximum, order)
      let exists = world.subsets.contains { isOffset($0) }
      if let settled, !settled.isEmpty {
        #expect(isOffset(settled), "seed \(seed): \(world)")
      } else if settled == nil {
        #expect(!exists, "seed \(seed): \(world)")
      } else {
        #expect(world.isSettleable([0]), "seed \(seed): \(world)")
      }
    }
  }

  @Test("one payment settles against up to ten, and not against the eleventh")
  func upToTen() {
    let back = (0..<11).map { _ in NettablePayment(payer: 1, payee: 0, amount: 10) }
    func find(_ amount: Int64, _ order: BilateralOffset.Order) -> [Int]? {
      BilateralOffset.find(
        payment: NettablePayment(payer: 0, payee: 1, amount: amount), against: back,
        available: [0, 0], order: order)
    }
    for order in [BilateralOffset.Order.firstInFirstOut, .bypass] {
      #expect(find(100, order) == Array(0..<10))
      #expect(find(110, order) == nil)
      #expect(find(105, order) == nil)
    }
  }

  @Test("only by bypass does an offset pass payments to others and payments too large")
  func bypass() {
    let queue = [
      NettablePayment(payer: 1, payee: 2, amount: 1),
      NettablePayment(payer: 1, payee: 0, amount: 90),
      NettablePayment(payer: 1, payee: 0, amount: 30),
      NettablePayment(payer: 1, payee: 0, amount: 20),
    ]
    let payment = NettablePayment(payer: 0, payee: 1, amount: 50)
    func find(_ order: BilateralOffset.Order) -> [Int]? {
      BilateralOffset.find(payment: payment, against: queue, available: [0, 0, 0], order: order)
    }
    #expect(find(.firstInFirstOut) == nil)
    #expect(find(.bypass) == [2, 3])
  }

  @Test("the search by bypass gives up after the given number of steps")
  func isBounded() {
    let queue = (0..<60).map { NettablePayment(payer: 1, payee: 0, amount: 2 * Int64($0) + 100) }
    let payment = NettablePayment(payer: 0, payee: 1, amount: 1_001)
    #expect(
      BilateralOffset.find(
        payment: payment, against: queue, available: [0, 0], order: .bypass, maximumTrials: 50_000)
        == nil)
  }

  @Test("the pair is of two first payments that settle together", arguments: 0..<400)
  func pair(seed: Int) {
    var world = NettingWorld(seed: seed, participants: 2...5, payments: 1...12)
    world.limits = SettlementLimits()
    let heads = world.queue.indices.filter { position in
      !world.queue[..<position].contains { $0.payer == world.queue[position].payer }
    }
    var expected: [[Int]] = []
    for second in heads {
      for first in heads where first < second {
        let (one, other) = (world.queue[first], world.queue[second])
        guard one.payer == other.payee, one.payee == other.payer else { continue }
        if world.isSettleable([first, second]) { expected.append([first, second]) }
      }
    }
    let found = BilateralOffset.pair(queue: world.queue, available: world.available)
    #expect(found.map { [$0.first, $0.second] } == expected.first, "\(world)")
  }

  @Test("amounts near 2^62 do not overflow")
  func isSafeFromOverflow() {
    let huge: Int64 = 1 << 62
    let back = (0..<12).map { _ in NettablePayment(payer: 1, payee: 0, amount: huge) }
    let payment = NettablePayment(payer: 0, payee: 1, amount: .max)
    for order in [BilateralOffset.Order.firstInFirstOut, .bypass] {
      #expect(
        BilateralOffset.find(payment: payment, against: back, available: [1, 0], order: order)
          == nil)
      #expect(
        BilateralOffset.find(payment: payment, against: back, available: [0, 1], order: order)
          == [0, 1])
      #expect(
        BilateralOffset.find(
          payment: payment, against: back, available: [-huge, .max], order: order)
          == Array(0..<3))
    }
  }
}
