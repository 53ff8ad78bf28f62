import Testing
import VirtualTime

@Suite struct InvariantTests {
  @Test("The earliest breach of any island is the one reported", arguments: [1, 2, 3])
  func earliest(threads: Int) {
    let world = World(islands: 3, seed: 1)
    _ = Link<Int>(world, from: world.islands[0], to: world.islands[1], minimum: .nanoseconds(50)) {
      _ in
    }
    for (island, time) in [(0, 140), (1, 120), (2, 130), (1, 190)] as [(Int, Int64)] {
      let island = world.islands[island]
      island.schedule(at: .ns(time)) { island.fail(rule("test.\(time)"), "found \(island.id)") }
    }
    for time in 1...300 as ClosedRange<Int64> {
      world.islands[2].schedule(at: .ns(time)) {}
    }
    world.run(threads: threads)
    #expect(world.breach?.invariant == "test.120")
    #expect(
      world.breach?.description
        == "invariant test.120 broken at 00:00:00.000 on island 1: found 1")
    // No island goes on after its own breach.
    #expect(world.islands.map(\.now.nanoseconds) == [140, 120, 130])
    let events = world.eventCount
    world.run(threads: threads)
    #expect(world.eventCount == events)
  }

  @Test("A world without links stops at once", arguments: Suspension.allCases)
  func alone(suspension: Suspension) {
    let lab = Lab(suspension)
    lab.start { me in
      while true {
        await me.island.sleep(nanoseconds: 1)
        if me.island.now == .ns(1_000) { me.island.fail(rule("test"), "a thousand") }
      }
    }
    lab.world.run()
    #expect(lab.world.eventCount == 1_000)
    #expect(lab.world.breach?.instant == .ns(1_000))
  }

  @Test("An island keeps its first breach and does not look at the state of later ones")
  func first() {
    let island = World(islands: 1, seed: 1).islands[0]
    island.fail(rule("one"), "first")
    island.fail(rule("two"), { fatalError("evaluated") }())
    #expect(island.breach?.invariant == "one")
  }
}

private func rule(_ name: String) -> Invariant { Invariant(name, .event, "holds") }
