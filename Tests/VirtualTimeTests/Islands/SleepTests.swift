import Testing
import VirtualTime

@Suite struct SleepTests {
  @Test("Sleepers wake in order of time, and of falling asleep", arguments: Suspension.allCases)
  func order(suspension: Suspension) {
    let lab = Lab(suspension)
    for (i, time) in [30, 10, 20, 10, 0].enumerated() as EnumeratedSequence<[Int64]> {
      lab.start { me in
        await me.island.sleep(nanoseconds: time)
        me.note("\(i)")
      }
    }
    lab.world.run()
    #expect(lab.notes == ["0 4", "10 1", "10 3", "20 2", "30 0"])
    #expect(lab.world.eventCount == 5)
    #expect(lab.world.strayJobs == 0)
  }

  @Test("A sleep of nothing, or into the past, gives the others their turn")
  func past() {
    for suspension in Suspension.allCases {
      let lab = Lab(suspension)
      lab.start { me in
        await me.island.sleep(for: .nanoseconds(50))
        me.note("a")
        await me.island.sleep(nanoseconds: -5)
        me.note("b")
        await me.island.sleep(until: .ns(10))
        me.note("c")
      }
      lab.start { me in
        await me.island.sleep(until: .ns(50))
        me.note("other")
      }
      lab.world.run()
      #expect(lab.notes == ["50 a", "50 other", "50 b", "50 c"])
    }
  }

  @Test("Callbacks and sleepers share one order; callbacks may enter actors")
  func callbacks() {
    let lab = Lab()
    let (island, bench) = (lab.island, lab.bench)
    lab.start { me in
      await me.island.sleep(nanoseconds: 10)
      me.note("task")
    }
    lab.island.schedule(at: .ns(10)) { bench.assumeIsolated { $0.note("callback") } }
    lab.island.schedule(at: .ns(5)) {
      bench.assumeIsolated { $0.start { me in me.note("started") } }
      island.schedule(at: .ns(1)) { bench.assumeIsolated { $0.note("past is now") } }
    }
    lab.world.run()
    // The task fell asleep when the world began to run, after both callbacks had been scheduled.
    #expect(lab.notes == ["5 started", "5 past is now", "10 callback", "10 task"])
  }

  @Test(
    "Both suspensions order wakes and new tasks alike", arguments: 1...20 as ClosedRange<UInt64>)
  func mixedWakes(seed: UInt64) {
    let runs = Suspension.allCases.map { suspension in
      let lab = Lab(suspension, seed: seed)
      let desk = Resource(lab.island, servers: 1)
      let channel = Channel<Int>(lab.island)
      for task in 0..<6 {
        lab.start { me in
          var random = me.island.randomStream("task-\(task)", "choices")
          for step in 0..<60 {
            switch random.below(5) {
            case 0: await me.island.sleep(nanoseconds: Int64(random.below(3)))
            case 1: await desk.use(nanoseconds: Int64(random.below(2)))
            case 2:
              channel.trySend(step)
              // A new task and a woken one become ready in the same turn.
              me.start { me in me.note("child of \(task) at \(step)") }
            case 3:
              me.start { me in me.note("child of \(task) at \(step)") }
              channel.trySend(step)
            default:
              if channel.count > 0 || random.below(4) > 0 {
                me.note("\(task) got \(await channel.receive() ?? -1)")
              }
            }
            me.note("\(task).\(step)")
          }
          channel.trySend(0)
        }
      }
      lab.world.run()
      #expect(lab.world.strayJobs == 0)
      return lab.notes
    }
    #expect(runs[0] == runs[1])
    #expect(runs[0].count > 100)
  }
}
