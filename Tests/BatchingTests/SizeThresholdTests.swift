import Batching
import PaymentModel
import Testing

@Suite("Size threshold")
struct SizeThresholdTests {
  private func strategy(_ payments: Int) throws -> any BatchingStrategy {
    try StrategyRegistry.make("size_threshold", parameters: ["payments": .integer(payments)])
  }

  @Test("a batch is full as soon as the threshold is met, and the rest waits for the window's end")
  func full() throws {
    let pending = PlanningTests.obligations(25)
    let world = try SmallWorld.settlementWorld(maximumBatch: 1_000)
    let plan = try strategy(10).plan(pending, in: world)
    #expect(plan.batches.map(\.members) == [Array(0..<10), Array(10..<20), Array(20..<25)])
    #expect(plan.batches.allSatisfy { $0.part == 0 })
  }

  @Test("a limit below the threshold splits a release into parts")
  func parts() throws {
    let world = try SmallWorld.settlementWorld(maximumBatch: 4)
    let plan = try strategy(10).plan(PlanningTests.obligations(12), in: world)
    #expect(plan.batches.map(\.members.count) == [4, 4, 2, 2])
    #expect(plan.batches.map(\.part) == [0, 1, 2, 0])
  }

  @Test("planning at once is planning each release by itself", arguments: 0..<20)
  func releases(block: Int) throws {
    for seed in block * 20..<(block + 1) * 20 {
      let small = try SmallWorld(seed: seed)
      let pending = small.obligations.sorted { $0.captured < $1.captured }
      for strategy in small.all {
        guard case .atCount(let count, _) = strategy.release,
          let followed = strategy as? any SequencePriced
        else { continue }
        var whole = strategy.plan(pending, in: small.world).batches
          .map { $0.members.map { pending[$0] } }
        var single: [[Obligation]] = []
        for period in Set(pending.map(followed.period)) {
          for key in Set(pending.map(followed.waitingKey)) {
            var waiting = pending.filter {
              followed.period(of: $0) == period && followed.waitingKey(of: $0) == key
            }
            while !waiting.isEmpty {
              let released = Array(waiting.prefix(count))
              waiting.removeFirst(released.count)
              single += strategy.plan(released, in: small.world).batches
                .map { $0.members.map { released[$0] } }
            }
          }
        }
        let order: ([Obligation], [Obligation]) -> Bool = {
          ($0[0].payment, $0.count) < ($1[0].payment, $1.count)
        }
        whole.sort(by: order)
        single.sort(by: order)
        #expect(whole == single, "seed \(seed)")
      }
    }
  }
}
