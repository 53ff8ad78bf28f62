import Testing
import VirtualTime

@Suite struct WorldTests {
  @Test("Idle time is skipped: windows follow events, not the clock", arguments: [1, 2])
  func idle(threads: Int) {
    let world = World(islands: 2, seed: 1)
    let link = Link<Int>(
      world, from: world.islands[0], to: world.islands[1], minimum: .milliseconds(1)
    ) { _ in }
    let day: Int64 = 86_400_000_000_000
    for i in 1...100 as ClosedRange<Int64> {
      world.islands[0].schedule(at: .ns(i * day)) { link.send(0) }
    }
    world.run(threads: threads)
    #expect(world.eventCount == 200)
    #expect(world.windowCount == 200)
  }

  @Test("shouldStop is asked between windows and ends the run", arguments: [1, 2, 4])
  func shouldStop(threads: Int) {
    let network = Network(seed: 3)
    var asked: [VirtualInstant] = []
    network.world.run(threads: threads, sharing: .always) { instant in
      asked.append(instant)
      return asked.count == 10
    }
    #expect(network.world.windowCount == 9)
    #expect(zip(asked, asked.dropFirst()).allSatisfy { $0 < $1 })
    network.world.run(threads: threads)
    #expect(network.outcome == DeterminismTests.reference(3).outcome)
  }

  @Test("A world without links can be stopped as well: no window is longer than a minute")
  func stopWithoutLinks() {
    let lab = Lab()
    lab.start { me in while true { await me.island.sleep(for: .seconds(1)) } }
    lab.world.run { $0 >= .ns(3_600_000_000_000) }
    #expect((3_599...3_601).contains(lab.world.eventCount))
    #expect((59...61).contains(lab.world.windowCount))
  }

  @Test("Events at and after the limit are left for the next run", arguments: Suspension.allCases)
  func limit(suspension: Suspension) {
    let lab = Lab(suspension)
    lab.start { me in
      for i in 1...4 {
        await me.island.sleep(nanoseconds: 10)
        me.note("\(i)")
      }
    }
    lab.world.run(until: .ns(20))
    #expect(lab.notes == ["10 1"])
    lab.world.run(until: .ns(21))
    #expect(lab.notes == ["10 1", "20 2"])
    lab.world.run()
    #expect(lab.notes == ["10 1", "20 2", "30 3", "40 4"])
    lab.world.run()
    #expect(lab.world.eventCount == 4)
  }

  @Test("A task that waits for ever does not keep the world going, and is counted")
  func stuck() {
    let lab = Lab()
    let channel = Channel<Int>(lab.island)
    lab.start { _ in _ = await channel.receive() }
    lab.start { me in await me.island.sleep(until: .never) }
    lab.world.run()
    #expect(lab.world.waitingTasks == 1)
    #expect(lab.world.eventCount == 0)
  }

  @Test("More threads than islands, or an empty world, is no harm")
  func small() {
    let lab = Lab()
    lab.start { me in await me.island.sleep(nanoseconds: 1) }
    lab.world.run(threads: 64)
    #expect(lab.world.eventCount == 1)
    let empty = World(islands: 5, seed: 1)
    empty.run(threads: 8)
    #expect(empty.windowCount == 0 && empty.messagesBalanced)
  }

  @Test("No island, no thread, and a run within a run are programming errors")
  func preconditions() async {
    await #expect(processExitsWith: .failure) { _ = World(islands: 0, seed: 1) }
    await #expect(processExitsWith: .failure) { World(islands: 1, seed: 1).run(threads: 0) }
    await #expect(processExitsWith: .failure) {
      let lab = Lab()
      let world = lab.world
      lab.island.schedule(at: .ns(1)) { world.run() }
      world.run()
    }
  }
}
