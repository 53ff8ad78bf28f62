import Chance
import VirtualTime

// The example of VirtualTime.md, between the marks.
// example: begin
/// One clerk. Customers come at random, 54 an hour; serving one takes a minute in the mean.
actor Counter: IslandActor {
  nonisolated let island: Island
  private let clerk: Resource
  private var gaps, services: RandomStream
  private(set) var meanWait = 0.0

  init(_ island: Island) {
    self.island = island
    clerk = Resource(island, servers: 1)
    gaps = island.randomStream("counter", "gap")
    services = island.randomStream("counter", "service")
  }

  func open(customers: Int) { Task { await self.letIn(customers) } }

  private func letIn(_ customers: Int) async {
    let gap = Exponential(mean: 3_600e9 / 54)
    for _ in 0..<customers {
      await island.sleep(nanoseconds: Int64(gap.draw(&gaps)))
      Task { await self.serve(share: 1 / Double(customers)) }
    }
  }

  private func serve(share: Double) async {
    let arrival = island.now
    await clerk.acquire()
    meanWait += share * Double(island.now - arrival) * 1e-9
    island.digest.add(island.now.nanoseconds)
    await island.sleep(nanoseconds: Int64(Exponential(mean: 60e9).draw(&services)))
    clerk.release()
  }
}

/// The mean wait in seconds; theory says 540 for an endless day.
func meanWaitAtCounter(customers: Int, seed: UInt64) -> Double {
  let world = World(islands: 1, seed: seed)
  let island = world.islands[0]
  let counter = Counter(island)
  island.enter { counter.assumeIsolated { $0.open(customers: customers) } }
  world.run()
  return island.enter { counter.assumeIsolated { $0.meanWait } }
}
// example: end
