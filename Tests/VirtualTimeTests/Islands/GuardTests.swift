import Foundation
import Testing
import VirtualTime

/// Does what simulation code must not do: starts a task outside any actor.
private func startStray(_ body: @escaping @Sendable () async -> Void) { Task { await body() } }

/// A raw call across islands.
private actor Stranger: IslandActor {
  nonisolated let island: Island
  private(set) var calls = 0
  private var answers = 0
  init(_ island: Island) { self.island = island }

  // Never inlined: an optimiser may merge calls that touch nothing at home.
  @inline(never) func call() -> Int {
    calls += 1
    return 1
  }

  @inline(never) func keep(_ answer: Int) { answers += answer }

  func callOften(_ other: Stranger, _ times: Int) {
    Task { for _ in 0..<times { keep(await other.call()) } }
  }
}

@Suite struct GuardTests {
  @Test(
    "A job for the global pool is caught, counted and run here, and ends the run",
    arguments: Suspension.allCases)
  func stray(suspension: Suspension) {
    let lab = Lab(suspension)
    let bench = lab.bench
    lab.start { me in
      await me.island.sleep(nanoseconds: 10)
      for _ in 0..<3 { startStray { await bench.note("stray") } }
      await me.island.sleep(nanoseconds: 10)
      me.note("end")
    }
    lab.world.run()
    #expect(lab.world.strayJobs >= 3)
    #expect(lab.notes == ["10 stray", "10 stray", "10 stray"])
    #expect(lab.world.breach?.invariant == "runtime.stray_jobs")
  }

  @Test("A program that keeps the rules has no stray jobs", arguments: Suspension.allCases)
  func clean(suspension: Suspension) {
    let network = Network(seed: 5, suspension: suspension)
    network.world.run(threads: 2)
    #expect(network.world.strayJobs == 0)
  }

  @Test(
    "A job that another thread enqueues is counted, and ends the run",
    arguments: Suspension.allCases)
  func foreignThread(suspension: Suspension) {
    let (lab, other) = (Lab(suspension), Lab(suspension))
    let bench = lab.bench
    other.start { _ in await bench.note("foreign") }
    let thread = Thread { other.world.run() }
    thread.start()
    while !thread.isFinished { Thread.sleep(forTimeInterval: 0.001) }
    #expect(lab.world.strayJobs == 1)
    #expect(lab.notes.isEmpty)
    lab.world.run()
    #expect(lab.world.strayJobs == 1)
    #expect(lab.world.breach?.invariant == "runtime.stray_jobs")
    #expect(lab.notes.isEmpty)
  }

  @Test("A raw call to another island is counted and ends the run", arguments: [1, 2])
  func rawCall(threads: Int) {
    let world = World(islands: 2, seed: 1)
    let strangers = world.islands.map { Stranger($0) }
    for i in 0..<2 {
      _ = Link<Int>(world, from: world.islands[i], to: world.islands[1 - i], minimum: .seconds(1)) {
        _ in
      }
      let (me, other) = (strangers[i], strangers[1 - i])
      me.island.enter { me.assumeIsolated { $0.callOften(other, 200) } }
    }
    world.run(threads: threads, sharing: .always)
    #expect(world.strayJobs > 0)
    #expect(world.breach?.invariant == "runtime.stray_jobs")
  }

  @Test("Only who has entered an island may assume to be on it")
  func isolation() {
    let lab = Lab()
    #expect(lab.island.isIsolatingCurrentContext() == false)
    let (island, other) = (lab.island, World(islands: 1, seed: 1).islands[0])
    island.enter {
      #expect(island.isIsolatingCurrentContext() == true)
      #expect(other.isIsolatingCurrentContext() == false)
      island.enter {}
      #expect(island.isIsolatingCurrentContext() == true)
      let thread = Thread {
        #expect(island.isIsolatingCurrentContext() == false)
      }
      thread.start()
      while !thread.isFinished { Thread.sleep(forTimeInterval: 0.001) }
    }
    #expect(lab.island.isIsolatingCurrentContext() == false)
  }

  static func enterWithoutIsland() { Lab().bench.assumeIsolated { $0.note("no") } }

  @Test("Entering an actor from outside its island stops the process")
  func entering() async {
    await #expect(processExitsWith: .failure) { GuardTests.enterWithoutIsland() }
  }
}
