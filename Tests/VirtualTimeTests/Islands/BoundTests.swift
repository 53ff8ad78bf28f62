import Synchronization
import Testing
import VirtualTime

/// Two stations that wake each other for ever, without time passing or with it.
private func playPingPong(_ lab: Lab, pause: Int64? = nil) {
  let there = Channel<Int>(lab.island)
  let back = Channel<Int>(lab.island)
  lab.start { me in
    while let ball = await there.receive() {
      me.island.note("ping, ball", ball)
      if let pause { await me.island.sleep(nanoseconds: pause) }
      back.trySend(ball + 1)
    }
  }
  lab.start { me in
    there.trySend(0)
    while let ball = await back.receive() {
      me.island.note("pong, ball", ball)
      there.trySend(ball + 1)
    }
  }
}

@Suite struct BoundTests {
  @Test("Actors that go round at one instant end the run, and are named", arguments: [1, 2, 64])
  func instant(threads: Int) throws {
    let lab = Lab()
    lab.world.bounds = WorkBounds(perInstant: 50_000, basis: "2 players")
    lab.start { me in
      me.island.note("bystander, step", 1)
      await me.island.sleep(nanoseconds: 7)
      playPingPong(lab)
    }
    lab.world.run(threads: threads)
    let breach = try #require(lab.world.breach)
    #expect(breach.invariant == "runtime.instant")
    #expect(breach.instant == .ns(7))
    #expect(breach.state.contains("for 2 players the bound is 50,000"))
    #expect(breach.state.contains("ping, ball "))
    #expect(breach.state.contains("pong, ball "))
    #expect(breach.state.contains("(2,048 times)"))
    #expect(!breach.state.contains("bystander"))
  }

  @Test("Callbacks that go round at one instant end the run as tasks do")
  func callbacks() {
    let lab = Lab()
    lab.world.bounds.perInstant = 20_000
    let island = lab.island
    func again(_ number: Int) {
      island.schedule(at: island.now) {
        island.note("echo, call", number)
        again(number + 1)
      }
    }
    again(0)
    lab.world.run()
    #expect(lab.world.breach?.invariant == "runtime.instant")
    #expect(lab.world.breach?.state.contains("echo, call ") == true)
  }

  @Test("Those that go round without a note are told apart from nobody")
  func silent() {
    let lab = Lab()
    lab.world.bounds.perInstant = 5_000
    lab.start { me in while true { await me.island.sleep(nanoseconds: 0) } }
    lab.world.run()
    #expect(lab.world.breach?.state.contains("No station has noted what it does") == true)
  }

  @Test("Work beyond what the world was made for ends the run, and names who does it")
  func total() throws {
    let lab = Lab()
    lab.world.bounds = WorkBounds(total: 100_000, basis: "2 players")
    playPingPong(lab, pause: 3_600_000_000_000)
    lab.world.run()
    let breach = try #require(lab.world.breach)
    #expect(breach.invariant == "runtime.work")
    #expect(breach.state.contains("for 2 players the bound is 100,000"))
    #expect(breach.state.contains("pong, ball "))
  }

  @Test("As many steps at one instant as are allowed break nothing")
  func within() {
    let lab = Lab()
    lab.world.bounds.perInstant = 30_000
    lab.start { me in
      for _ in 0..<10 {
        for _ in 0..<20_000 { await me.island.sleep(nanoseconds: 0) }
        await me.island.sleep(nanoseconds: 1)
      }
    }
    lab.world.run()
    #expect(lab.world.breach == nil)
    #expect(lab.world.eventCount == 10 * 20_001)
  }

  @Test("The same bound is broken by the same step, whatever the threads")
  func deterministic() {
    let states = [1, 2, 8].map { threads in
      let network = Network(seed: 4, packets: 400)
      network.world.bounds = WorkBounds(total: 9_000, basis: "packets")
      network.world.run(threads: threads, sharing: .always)
      return "\(network.world.breach.map { "\($0)" } ?? "none") \(network.world.digest)"
    }
    #expect(states[0].contains("runtime.work"))
    #expect(Set(states).count == 1)
  }

  @Test(
    "A world that has no end within an instant still heeds the wish to stop", arguments: [1, 2])
  func stop(threads: Int) {
    let lab = Lab()
    let asked = Atomic<Int>(0)
    lab.world.bounds = WorkBounds(perInstant: .max)
    playPingPong(lab)
    var stops = 0
    lab.world.run(
      threads: threads,
      shouldStop: { _ in
        if asked.load(ordering: .relaxed) > 0 { stops += 1 }
        return stops > 0
      }, isHurried: { asked.wrappingAdd(1, ordering: .relaxed).newValue > 10 })
    #expect(stops == 1)
    #expect(asked.load(ordering: .relaxed) == 11)
    #expect(lab.world.breach == nil)
  }

  @Test("A run that is stopped within its windows again and again is the same run")
  func hurried() {
    let reference = DeterminismTests.reference(6).outcome
    for threads in [1, 2, 8] {
      let network = Network(seed: 6)
      network.world.run(threads: threads, sharing: .always, isHurried: { true })
      #expect(network.outcome == reference)
    }
  }
}
