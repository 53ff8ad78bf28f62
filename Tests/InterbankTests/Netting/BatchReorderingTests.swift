import Testing

@testable import Interbank

@Suite("Reordering of a batch")
struct BatchReorderingTests {
  private func world(_ seed: Int, _ payments: ClosedRange<Int>) -> (
    [NettablePayment], BatchReordering.Terms
  ) {
    let world = NettingWorld(seed: seed, participants: 2...5, payments: payments)
    var numbers = NettingWorld.Numbers(seed: seed + 77)
    let available = world.available.map { max(0, $0) }
    let free = available.map { _ in Int64(numbers.pick(0...4)) }
    return (world.queue, BatchReordering.Terms(free: free, available: available))
  }

  /// What an order costs, written apart.
  private func cost(
    _ order: [Int], _ batch: [NettablePayment], _ terms: BatchReordering.Terms
  ) -> Int64 {
    (0..<terms.free.count).reduce(0) { sum, bank in
      var (net, most): (Int64, Int64) = (0, 0)
      for position in order {
        if batch[position].payer == bank { net += batch[position].amount }
        if batch[position].payee == bank { net -= batch[position].amount }
        most = max(most, net)
      }
      return sum + max(0, most - terms.free[bank]) + 4 * max(0, most - terms.available[bank])
    }
  }

  @Test("is never dearer than the order of arrival, and of few payments nearly always the cheapest")
  func few() {
    var (exact, all) = (0, 0)
    for seed in 0..<150 {
      let (batch, terms) = world(seed, 2...5)
      for keepsOrder in [false, true] {
        let order = BatchReordering.order(
          of: batch, terms, keepsOrder: keepsOrder, trials: 600)
        #expect(order.sorted() == Array(batch.indices))
        let found = cost(order, batch, terms)
        #expect(found <= cost(Array(batch.indices), batch, terms), "seed \(seed)")
        #expect(Int128(found) == BatchReordering.cost(order, of: batch, terms))
        let untried = BatchReordering.order(of: batch, terms, keepsOrder: keepsOrder, trials: 0)
        #expect(cost(untried, batch, terms) <= cost(Array(batch.indices), batch, terms))
        if keepsOrder { #expect(keeps(order, batch), "seed \(seed)") }
        var least = Int64.max
        visitOrders(batch.count) { candidate in
          if !keepsOrder || keeps(candidate, batch) {
            least = min(least, cost(candidate, batch, terms))
          }
        }
        #expect(found >= least)
        all += 1
        if found == least { exact += 1 }
      }
    }
    #expect(exact * 100 >= all * 97, "\(exact) of \(all)")
  }

  @Test("saves liquidity in a batch of 70 and of 700, and is the same each time")
  func many() {
    for (count, trials) in [(70, 2_000), (700, 500)] {
      let instance = NettingInstance.seeded(seed: 5, participants: 8, obligations: count)
      let batch = instance.obligations
      let terms = BatchReordering.Terms(
        free: Array(repeating: 0, count: 8), available: Array(repeating: 1 << 50, count: 8))
      let order = BatchReordering.order(of: batch, terms, keepsOrder: false, trials: trials)
      #expect(
        order == BatchReordering.order(of: batch, terms, keepsOrder: false, trials: trials))
      let arrival = BatchReordering.cost(Array(batch.indices), of: batch, terms)
      let found = BatchReordering.cost(order, of: batch, terms)
      let net = NetPositions.exact(batch, participants: 8).reduce(0) { $0 + max(0, -$1) }
      #expect(found >= net && Double(found) < 0.9 * Double(arrival), "\(found) of \(arrival)")
    }
  }

  private func keeps(_ order: [Int], _ batch: [NettablePayment]) -> Bool {
    batch.indices.allSatisfy { later in
      (0..<later).allSatisfy { earlier in
        batch[earlier].payer != batch[later].payer
          || order.firstIndex(of: earlier)! < order.firstIndex(of: later)!
      }
    }
  }

  private func visitOrders(_ count: Int, _ visit: ([Int]) -> Void) {
    var order = Array(0..<count)
    func permute(_ fixed: Int) {
      if fixed == count { return visit(order) }
      for index in fixed..<count {
        order.swapAt(fixed, index)
        permute(fixed + 1)
        order.swapAt(fixed, index)
      }
    }
    permute(0)
  }
}
