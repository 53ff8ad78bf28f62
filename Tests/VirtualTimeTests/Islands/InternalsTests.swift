import Chance

// What can only be provoked from inside the module, which release builds do not open to tests.
#if DEBUG
  import Testing

  @testable import VirtualTime

  @Suite struct InternalsTests {
    @Test(
      "The event queue pops in the order of a sorted list",
      arguments: 1...10 as ClosedRange<UInt64>)
    func queue(seed: UInt64) {
      var random = RandomStream(seed: seed, component: "test", purpose: "queue")
      var queue = EventQueue()
      var model: [(time: Int64, rank: UInt64, id: Int)] = []
      for id in 0..<5_000 {
        let time = Int64(random.below(200))
        if random.below(4) == 0 {
          let order = random.below(1 << 40) << 13 | UInt64(id)
          queue.push(time, order: order, .callback(id))
          model.append((time, order, id))
        } else {
          queue.push(time, .callback(id))
          model.append((time, 1 << 63 | UInt64(id), id))
        }
        if random.below(3) == 0 {
          let first = model.indices.min {
            (model[$0].time, model[$0].rank) < (model[$1].time, model[$1].rank)
          }!
          #expect(queue.nextTime == model[first].time)
          #expect(queue.pop().wake.callbackIndex == model.remove(at: first).id)
        }
      }
      model.sort { ($0.time, $0.rank) < ($1.time, $1.rank) }
      #expect(model.map(\.id) == model.map { _ in queue.pop().wake.callbackIndex })
      #expect(queue.nextTime == .max)
    }

    @Test("A timer of a wait that has ended moves neither the clock nor the count of events")
    func staleTimer() {
      let lab = Lab()
      let reply = Reply<Int>(lab.island)
      lab.start { _ in _ = await reply.value(deadline: .ns(1_000)) }
      lab.island.schedule(at: .ns(10)) { reply.answer(1) }
      lab.world.run()
      #expect(lab.island.now == .ns(10))
      #expect(lab.world.eventCount == 1)
      #expect(lab.island.queue.count == 0)
    }
  }
#endif
