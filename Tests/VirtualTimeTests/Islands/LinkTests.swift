import Testing
import VirtualTime

@Suite struct LinkTests {
  /// A world of benches, one on each island.
  static func world(_ islands: Int, seed: UInt64 = 1) -> (world: World, benches: [Bench]) {
    let world = World(islands: islands, seed: seed)
    return (world, world.islands.map { Bench($0) })
  }

  static func link(_ world: World, _ source: Int, to bench: Bench, _ minimum: Duration)
    -> Link<String>
  {
    Link(world, from: world.islands[source], to: bench.island, minimum: minimum) { message in
      bench.assumeIsolated { $0.note(message) }
    }
  }

  static func notes(_ bench: Bench) -> [String] {
    bench.island.enter { bench.assumeIsolated { $0.notes } }
  }

  @Test("A message arrives after the minimum latency and its extra")
  func latency() {
    let (world, benches) = Self.world(2)
    let link = Self.link(world, 0, to: benches[1], .nanoseconds(10))
    world.islands[0].schedule(at: .ns(5)) {
      link.send("slow", extra: 7)
      link.send("fast")
    }
    world.run()
    #expect(Self.notes(benches[1]) == ["15 fast", "22 slow"])
    #expect(link.sent == 2 && link.delivered == 2)
    #expect(world.messagesBalanced)
    #expect(world.lookahead == 10)
  }

  @Test("Messages of one sender for one instant keep their order, and come before its timers")
  func oneSender() {
    let (world, benches) = Self.world(2)
    let a = Self.link(world, 0, to: benches[1], .nanoseconds(10))
    let b = Self.link(world, 0, to: benches[1], .nanoseconds(20))
    let bench = benches[1]
    world.islands[1].schedule(at: .ns(30)) { bench.assumeIsolated { $0.note("timer") } }
    world.islands[0].schedule(at: .ns(5)) { b.send("1", extra: 5) }
    world.islands[0].schedule(at: .ns(10)) { b.send("2") }
    world.islands[0].schedule(at: .ns(20)) { a.send("3") }
    world.run()
    #expect(Self.notes(bench) == ["30 1", "30 2", "30 3", "30 timer"])
  }

  @Test("No sender always wins a tie", arguments: 1...4 as ClosedRange<UInt64>)
  func fairness(seed: UInt64) {
    let (world, benches) = Self.world(4, seed: seed)
    let links = (1...3).map { Self.link(world, $0, to: benches[0], .nanoseconds(10)) }
    let rounds = 1_500
    for (i, link) in links.enumerated() {
      for round in 1...rounds {
        world.islands[i + 1].schedule(at: .ns(Int64(100 * round))) { link.send("\(i)") }
      }
    }
    world.run()
    let notes = Self.notes(benches[0])
    #expect(notes.count == 3 * rounds)
    var places = Array(repeating: [0, 0, 0], count: 3)
    for (i, note) in notes.enumerated() {
      let source = Int(String(note.last!))!
      places[source][i % 3] += 1
    }
    for counts in places {
      let statistic = Statistics.chiSquare(
        counts, expected: Array(repeating: Double(rounds) / 3, count: 3))
      #expect(statistic < 13.8)  // 99.9 % of chi-square with 2 degrees
    }
  }

  @Test("A link may lead back to its own island")
  func loop() {
    let (world, benches) = Self.world(1)
    let link = Self.link(world, 0, to: benches[0], .nanoseconds(3))
    world.islands[0].schedule(at: .ns(1)) { link.send("echo") }
    world.run()
    #expect(Self.notes(benches[0]) == ["4 echo"])
  }

  @Test("A message that was sent before the world runs is delivered")
  func before() {
    let (world, benches) = Self.world(2)
    let link = Self.link(world, 0, to: benches[1], .nanoseconds(10))
    world.islands[0].enter { link.send("early") }
    #expect(!world.messagesBalanced)
    world.run()
    #expect(Self.notes(benches[1]) == ["10 early"])
  }

  @Test("No latency, or a foreign island, is a programming error")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      let (world, benches) = LinkTests.world(2)
      _ = LinkTests.link(world, 0, to: benches[1], .zero)
    }
    await #expect(processExitsWith: .failure) {
      let (world, _) = LinkTests.world(2)
      _ = LinkTests.link(world, 0, to: LinkTests.world(2).benches[1], .nanoseconds(10))
    }
  }
}
