import Interbank
import Testing

@Suite("Gridlock and deadlock")
struct GridlockTests {
  @Test("states are told apart as by trying every set", arguments: Gridlock.Order.allCases)
  func classification(order: Gridlock.Order) {
    var seen: Set<Gridlock.State> = []
    for seed in 0..<1_500 {
      let world = NettingWorld(seed: seed)
      let settleable = world.subsets.filter { subset in
        !subset.isEmpty && (order == .free || world.keepsOrder(Set(subset)))
          && world.isSettleable(subset)
      }
      let expected: Gridlock.State =
        if world.queue.isEmpty || settleable.contains(where: { $0.count == 1 }) {
          .none
        } else {
          settleable.isEmpty ? .deadlock : .gridlock
        }
      let finding = Gridlock.classify(
        queue: world.queue, available: world.available, limits: world.limits, order: order)
      #expect(finding.state == expected, "seed \(seed): \(world)")
      if finding.state == .gridlock {
        #expect(settleable.contains { $0.sorted() == finding.set }, "seed \(seed): \(world)")
      }
      seen.insert(finding.state)
    }
    #expect(seen.count == 3)
  }

  @Test("a first payment too large holds up its payer in order, and not without order")
  func orderMatters() {
    let queue = [
      NettablePayment(payer: 0, payee: 2, amount: 50),
      NettablePayment(payer: 0, payee: 1, amount: 8),
      NettablePayment(payer: 1, payee: 0, amount: 9),
    ]
    func state(_ available: [Int64], _ order: Gridlock.Order) -> Gridlock.State {
      Gridlock.classify(queue: queue, available: available, order: order).state
    }
    #expect(state([0, 1, 0], .firstInFirstOut) == .deadlock)
    #expect(state([0, 1, 0], .free) == .gridlock)
    #expect(state([0, 0, 0], .free) == .deadlock)
    #expect(state([8, 0, 0], .free) == .none)
    #expect(state([8, 0, 0], .firstInFirstOut) == .deadlock)
  }

  @Test("a deadlock without order that the search cannot prove is not called one")
  func unproven() {
    // Whole payments of 7 and 11 never match 1,000, in part they would.
    var queue: [NettablePayment] = []
    for index in 0..<60 {
      queue.append(NettablePayment(payer: 0, payee: 1, amount: index % 2 == 0 ? 70 : 110))
    }
    queue.append(NettablePayment(payer: 1, payee: 0, amount: 1_001))
    let finding = Gridlock.classify(
      queue: queue, available: [0, 0], order: .free, maximumSteps: 1_000)
    #expect(finding.state == .unknown)
  }
}
