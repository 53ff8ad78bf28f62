import Chance

// Broken on purpose from inside the module, which release builds do not open to tests.
#if DEBUG
  import Testing

  @testable import VirtualTime

  /// Every check of the runtime, each with something that breaks it.
  @Suite struct RuntimeCheckTests {
    static func breach(_ body: (Lab) -> Void) -> InvariantBreach? {
      let lab = Lab()
      body(lab)
      lab.world.run()
      return lab.world.breach
    }

    @Test("A timer of the past is found: virtual time never goes back")
    func time() {
      let breach = Self.breach { lab in
        let island = lab.island
        lab.island.schedule(at: .ns(20)) {
          island.queue.push(10, .callback(island.callbacks.add {}))
        }
      }
      #expect(breach?.invariant == "runtime.time")
      #expect(breach?.instant == .ns(20))
    }

    @Test("Two messages with one place in the order are found")
    func uniqueKeys() {
      let breach = Self.breach { lab in
        for _ in 0..<2 {
          lab.island.queue.push(5, order: 77, .callback(lab.island.callbacks.add {}))
        }
      }
      #expect(breach?.invariant == "runtime.order")
      #expect(breach?.state.contains("one place") == true)
    }

    @Test("A message that comes after its turn is found")
    func lateMessage() {
      let breach = Self.breach { lab in
        let island = lab.island
        island.schedule(at: .ns(5)) {
          island.queue.push(5, order: 77, .callback(island.callbacks.add {}))
        }
      }
      #expect(breach?.invariant == "runtime.order")
    }

    @Test("A message below the smallest latency is found")
    func latency() {
      let breach = Self.breach { lab in
        let link = Link<Int>(
          lab.world, from: lab.island, to: lab.island, minimum: .nanoseconds(10)
        ) { _ in }
        lab.island.schedule(at: .ns(5)) { link.send(1, extra: -1) }
      }
      #expect(breach?.invariant == "runtime.messages")
      #expect(breach?.state.contains("minimum latency of 10 ns") == true)
    }

    @Test("A message that arrives within a window that has been run is found")
    func past() {
      let world = World(islands: 2, seed: 1)
      let (here, there) = (world.islands[0], world.islands[1])
      _ = Link<Int>(world, from: here, to: there, minimum: .nanoseconds(100)) { _ in }
      let outbox = here.outbox(to: there)
      here.schedule(at: .ns(5)) {
        outbox.add(Envelope(time: 50, source: here, sequence: 1) {})
      }
      world.run()
      #expect(world.breach?.invariant == "runtime.messages")
      #expect(world.breach?.state.contains("from island 0") == true)
    }

    @Test("A message that is lost on its way is found, and between whom")
    func lost() {
      let world = World(islands: 2, seed: 1)
      let (here, there) = (world.islands[0], world.islands[1])
      let link = Link<Int>(world, from: here, to: there, minimum: .nanoseconds(10)) { _ in }
      here.schedule(at: .ns(5)) { link.send(1, extra: 100) }
      there.schedule(at: .ns(50)) { _ = there.queue.pop() }
      there.schedule(at: .ns(200)) {}
      world.run()
      #expect(world.breach?.invariant == "runtime.messages")
      #expect(
        world.breach?.state.contains("from island 0 to island 1: 1 sent, 0 delivered") == true)
    }

    @Test("A message that nobody sent by a link is found")
    func unsent() {
      let breach = Self.breach { lab in
        lab.island.queue.push(.max, order: 77, .callback(lab.island.callbacks.add {}))
      }
      #expect(breach?.invariant == "runtime.messages")
    }

    @Test("An event that another island puts into a window that has been run is found")
    func windows() {
      let world = World(islands: 2, seed: 1)
      let (here, there) = (world.islands[0], world.islands[1])
      _ = Link<Int>(world, from: here, to: there, minimum: .nanoseconds(100)) { _ in }
      there.schedule(at: .ns(6)) {
        here.queue.push(50, .callback(here.callbacks.add {}))
      }
      here.schedule(at: .ns(5)) {}
      world.run()
      #expect(world.breach?.invariant == "runtime.windows")
    }

    @Test("A wait that was begun and never entered is found at rest")
    func emptySlot() {
      let breach = Self.breach { lab in lab.start { me in _ = me.island.slots.take() } }
      #expect(breach?.invariant == "runtime.waiting")
      #expect(breach?.state.contains("1 waits have begun and not ended, but 0 tasks") == true)
    }

    @Test(
      "A task that waits where nobody knows of it is found at rest",
      arguments: Suspension.allCases)
    func unknownWait(suspension: Suspension) {
      let lab = Lab(suspension)
      lab.start { me in await me.island.wait(in: me.island.slots.take()) }
      lab.world.run()
      #expect(lab.world.breach?.invariant == "runtime.waiting")
      #expect(lab.world.breach?.state.contains("1 tasks wait, but") == true)
    }

    @Test("Two tasks in one slot are found", arguments: Suspension.allCases)
    func sharedSlot(suspension: Suspension) {
      let lab = Lab(suspension)
      let slot = lab.island.slots.take()
      for _ in 0..<2 { lab.start { me in await me.island.wait(in: slot) } }
      lab.world.run()
      #expect(lab.world.breach?.invariant == "runtime.waiting")
      #expect(lab.world.breach?.state.contains("two tasks wait in slot") == true)
    }

    @Test("A wake for which nobody waits is found")
    func wakeOfNobody() {
      let breach = Self.breach { lab in
        let island = lab.island
        let slot = island.slots.take()
        island.schedule(at: .ns(3)) { island.wake(slot) }
      }
      #expect(breach?.invariant == "runtime.waiting")
      #expect(breach?.state.contains("no task waits") == true)
    }

    @Test("A task that is suspended with neither a time nor a slot is found")
    func parkedForNothing() {
      let breach = Self.breach { lab in lab.start { me in await me.island.lot.park() } }
      #expect(breach?.invariant == "runtime.waiting")
      #expect(breach?.state.contains("neither a time nor anybody") == true)
    }

    @Test("A suspension that the toolchain skipped is found, with the way around it")
    func lostPark() {
      // What an optimiser would leave that removes the switch to the parking executor.
      let breach = Self.breach { lab in lab.start { me in me.island.parkedAt = .timer(5) } }
      #expect(breach?.invariant == "runtime.suspension")
      #expect(breach?.state.contains("--suspension continuation") == true)
    }

    @Test("Worlds that keep the rules break none of them", arguments: Suspension.allCases)
    func clean(suspension: Suspension) {
      for seed in 1...6 as ClosedRange<UInt64> {
        let network = Network(seed: seed, suspension: suspension)
        network.world.run(threads: 3, sharing: .always)
        #expect(network.world.breach == nil)
      }
    }
  }
#endif
