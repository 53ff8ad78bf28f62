import Testing
import VirtualTime

@Suite struct ReplyTests {
  /// Waits from the start until `deadline`; what becomes of it, and of a late answer, is noted.
  static func notes(
    _ suspension: Suspension, deadline: VirtualInstant = .ns(100), wait: Int64 = 0,
    answer: @escaping @Sendable (Island, Reply<Int>) -> Void
  ) -> (notes: [String], events: Int, waiting: Int) {
    let lab = Lab(suspension)
    let late = Channel<Int>(lab.island)
    let reply = Reply<Int>(lab.island) { late.trySend($0) }
    lab.start { me in
      answer(me.island, reply)
      if wait > 0 { await me.island.sleep(nanoseconds: wait) }
      switch await reply.value(deadline: deadline) {
      case .answered(let value): me.note("answered \(value)")
      case .deadlinePassed: me.note("deadline")
      }
      late.close()
    }
    lab.world.run()
    lab.start { me in
      while let value = await late.receive() { me.note("late \(value)") }
    }
    lab.world.run()
    return (lab.notes, lab.world.eventCount, lab.world.waitingTasks)
  }

  @Test("An answer before the deadline is the outcome", arguments: Suspension.allCases)
  func before(suspension: Suspension) {
    let result = Self.notes(suspension) { island, reply in
      island.schedule(at: .ns(60)) { reply.answer(7) }
    }
    #expect(result.notes == ["60 answered 7"])
    #expect(result.events == 1, "the deadline that did not pass is no event")
  }

  @Test("An answer known ahead costs one event and no timer", arguments: Suspension.allCases)
  func scheduled(suspension: Suspension) {
    let result = Self.notes(suspension) { _, reply in reply.answer(7, at: .ns(60)) }
    #expect(result.notes == ["60 answered 7"])
    #expect(result.events == 1)
  }

  @Test("An answer given ahead for the instant of the deadline is in time")
  func atDeadline() {
    for suspension in Suspension.allCases {
      let result = Self.notes(suspension) { _, reply in reply.answer(7, at: .ns(100)) }
      #expect(result.notes == ["100 answered 7"])
      #expect(result.events == 1)
    }
  }

  @Test("In the instant of the deadline the earlier event decides", arguments: [true, false])
  func sameInstant(answerFirst: Bool) {
    let result = Self.notes(.parking) { island, reply in
      let answer = { island.schedule(at: .ns(100)) { reply.answer(7) } }
      if answerFirst { answer() } else { island.schedule(at: .ns(99), answer) }
    }
    #expect(result.notes == [answerFirst ? "100 answered 7" : "100 deadline"])
  }

  @Test("Without an answer the deadline is the outcome", arguments: Suspension.allCases)
  func never(suspension: Suspension) {
    let result = Self.notes(suspension) { _, _ in }
    #expect(result.notes == ["100 deadline"])
    #expect(result.events == 1)
    #expect(result.waiting == 0)
  }

  @Test("An answer that has come already is returned at once", arguments: Suspension.allCases)
  func already(suspension: Suspension) {
    for wait in [0, 50, 150] as [Int64] {
      let result = Self.notes(suspension, wait: wait) { _, reply in reply.answer(7) }
      #expect(result.notes == ["\(wait) answered 7"])
      let ahead = Self.notes(suspension, deadline: .ns(20), wait: wait) { _, reply in
        reply.answer(7, at: .ns(30))
      }
      #expect(ahead.notes == [wait < 30 ? "20 deadline" : "\(wait) answered 7"])
    }
  }

  @Test("Without a deadline the wait ends with the answer", arguments: Suspension.allCases)
  func noDeadline(suspension: Suspension) {
    let result = Self.notes(suspension, deadline: .never) { island, reply in
      island.schedule(at: .ns(1_000_000)) { reply.answer(7) }
    }
    #expect(result.notes == ["1000000 answered 7"])
  }

  @Test("A late answer goes to whenLate, at its time", arguments: Suspension.allCases)
  func late(suspension: Suspension) {
    let ways: [@Sendable (Island, Reply<Int>) -> Void] = [
      { _, reply in reply.answer(7, at: .ns(150)) },
      { island, reply in island.schedule(at: .ns(150)) { reply.answer(7) } },
      { island, reply in island.schedule(at: .ns(50)) { reply.answer(7, at: .ns(150)) } },
    ]
    for way in ways {
      let lab = Lab(suspension)
      let bench = lab.bench
      let reply = Reply<Int>(lab.island) { value in
        bench.assumeIsolated { $0.note("late \(value)") }
      }
      lab.start { me in
        way(me.island, reply)
        guard case .deadlinePassed = await reply.value(deadline: .ns(100)) else { return }
        me.note("deadline")
      }
      lab.world.run()
      #expect(lab.notes == ["100 deadline", "150 late 7"])
    }
  }

  @Test("A second answer and a second wait are programming errors")
  func twice() async {
    await #expect(processExitsWith: .failure) {
      let reply = Reply<Int>(World(islands: 1, seed: 1).islands[0])
      reply.answer(1)
      reply.answer(2)
    }
    await #expect(processExitsWith: .failure) {
      let lab = Lab()
      let reply = Reply<Int>(lab.island)
      for _ in 0..<2 { lab.start { _ in _ = await reply.value() } }
      lab.world.run()
    }
  }
}
