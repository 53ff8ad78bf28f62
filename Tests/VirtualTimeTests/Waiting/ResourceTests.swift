import Testing
import VirtualTime

@Suite struct ResourceTests {
  @Test("Customers are served in order of arrival", arguments: Suspension.allCases)
  func order(suspension: Suspension) {
    let lab = Lab(suspension)
    let desk = Resource(lab.island, servers: 2)
    for i in 1...5 {
      lab.start { me in
        await desk.use(nanoseconds: 10)
        me.note("\(i)")
      }
    }
    lab.world.run()
    #expect(lab.notes == ["10 1", "10 2", "20 3", "20 4", "30 5"])
    #expect(desk.inUse == 0)
  }

  @Test("The lowest priority goes first, among equals the earliest", arguments: Suspension.allCases)
  func priority(suspension: Suspension) {
    let lab = Lab(suspension)
    let desk = Resource(lab.island, servers: 1)
    for (name, priority) in [("a", 5), ("b", 2), ("c", 2), ("d", -1), ("e", 5)] {
      lab.start { me in
        await desk.use(nanoseconds: 10, priority: priority)
        me.note(name)
      }
    }
    lab.world.run()
    #expect(lab.notes == ["10 a", "20 d", "30 b", "40 c", "50 e"])
  }

  @Test("A server given back goes to who waits, not to who asks in the same instant")
  func noOvertaking() {
    let lab = Lab()
    let desk = Resource(lab.island, servers: 1)
    lab.start { me in
      await desk.acquire()
      await me.island.sleep(nanoseconds: 10)
      #expect(desk.waiting == 1)
      desk.release()
      #expect(!desk.tryAcquire())
      await desk.acquire()
      me.note("again")
    }
    lab.start { me in
      await desk.acquire()
      me.note("waited")
      await me.island.sleep(nanoseconds: 10)
      desk.release()
    }
    lab.world.run()
    #expect(lab.notes == ["10 waited", "20 again"])
    #expect(desk.inUse == 1)
  }

  @Test("Trying takes a free server and never waits")
  func trying() {
    let lab = Lab()
    let desk = Resource(lab.island, servers: 2)
    #expect(desk.tryAcquire())
    #expect(desk.tryAcquire())
    #expect(!desk.tryAcquire())
    desk.release()
    #expect(desk.tryAcquire())
  }

  @Test("Waiters leave in the order of a sorted list", arguments: 1...10 as ClosedRange<UInt64>)
  func sorted(seed: UInt64) {
    let lab = Lab(seed: seed)
    let desk = Resource(lab.island, servers: 1)
    var random = lab.island.randomStream("test", "priority")
    #expect(desk.tryAcquire())
    let priorities = (0..<200).map { _ in Int(random.below(10)) }
    for (i, priority) in priorities.enumerated() {
      lab.start { me in
        await desk.acquire(priority: priority)
        me.note("\(i)")
        desk.release()
      }
    }
    lab.island.schedule(at: .ns(1)) { desk.release() }
    lab.world.run()
    let expected = priorities.indices.sorted { (priorities[$0], $0) < (priorities[$1], $1) }
    #expect(lab.notes == expected.map { "1 \($0)" })
  }

  @Test("Releasing what nobody acquired is a programming error")
  func releaseTwice() async {
    await #expect(processExitsWith: .failure) {
      Resource(World(islands: 1, seed: 1).islands[0], servers: 1).release()
    }
  }
}
