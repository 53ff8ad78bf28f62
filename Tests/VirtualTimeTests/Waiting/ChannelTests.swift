import Testing
import VirtualTime

@Suite struct ChannelTests {
  @Test("Elements come out in the order they went in", arguments: Suspension.allCases)
  func order(suspension: Suspension) {
    let lab = Lab(suspension)
    let channel = Channel<Int>(lab.island)
    lab.start { me in
      while let element = await channel.receive() { me.note("got \(element)") }
      me.note("end")
    }
    lab.start { me in
      for i in 1...3 {
        await me.island.sleep(nanoseconds: 10)
        channel.trySend(i)
        channel.trySend(-i)
      }
      channel.close()
    }
    lab.world.run()
    #expect(
      lab.notes == [
        "10 got 1", "10 got -1", "20 got 2", "20 got -2", "30 got 3", "30 got -3", "30 end",
      ])
    #expect(lab.world.waitingTasks == 0)
  }

  @Test("A sender waits while the channel is full", arguments: Suspension.allCases)
  func backpressure(suspension: Suspension) {
    let lab = Lab(suspension)
    let channel = Channel<Int>(lab.island, capacity: 2)
    lab.start { me in
      for i in 1...4 {
        await channel.send(i)
        me.note("sent \(i)")
      }
      #expect(!channel.trySend(5))
    }
    lab.start { me in
      for _ in 1...4 {
        await me.island.sleep(nanoseconds: 10)
        #expect(channel.count == 2)
        let element = await channel.receive()
        me.note("got \(element ?? 0)")
      }
    }
    lab.world.run(until: .ns(25))
    #expect(
      lab.notes == ["0 sent 1", "0 sent 2", "10 got 1", "10 sent 3", "20 got 2", "20 sent 4"])
  }

  @Test("A newcomer does not take the place of a sender who waits", arguments: Suspension.allCases)
  func senderKeepsItsPlace(suspension: Suspension) {
    let lab = Lab(suspension)
    let channel = Channel<String>(lab.island, capacity: 1)
    lab.start { _ in
      await channel.send("first")
      await channel.send("second")
    }
    lab.start { me in
      await me.island.sleep(nanoseconds: 10)
      me.note(await channel.receive() ?? "")
      // The waiting sender has been woken and has not run yet: its place is taken all the same.
      #expect(channel.count == 1)
      #expect(!channel.trySend("newcomer"))
      me.note(await channel.receive() ?? "")
    }
    lab.world.run()
    #expect(lab.notes == ["10 first", "10 second"])
  }

  @Test("A receiver who comes while another is on its way takes nothing away from it")
  func woken() {
    for suspension in Suspension.allCases {
      let lab = Lab(suspension)
      let channel = Channel<Int>(lab.island)
      lab.start { me in me.note("waited for \(await channel.receive() ?? -1)") }
      lab.start { me in
        await me.island.sleep(nanoseconds: 10)
        channel.trySend(1)  // wakes the first, which has not run yet
        let second = await channel.receive()  // waits: the one element is spoken for
        me.note("then \(second ?? -1)")
      }
      lab.start { me in
        await me.island.sleep(nanoseconds: 20)
        channel.trySend(2)
      }
      lab.world.run()
      #expect(lab.notes == ["10 waited for 1", "20 then 2"])
    }
  }

  @Test("A full channel still wakes every receiver that has an element coming")
  func receiverBehindFullChannel() {
    let lab = Lab()
    let channel = Channel<Int>(lab.island, capacity: 1)
    for name in ["a", "b"] {
      lab.start { me in me.note("\(name) \(await channel.receive() ?? -1)") }
    }
    lab.start { me in
      await me.island.sleep(nanoseconds: 5)
      await channel.send(1)
      await channel.send(2)
      me.note("sent")
    }
    lab.world.run()
    #expect(lab.notes == ["5 a 1", "5 b 2", "5 sent"])
  }

  @Test("Which receiver is served first can be chosen", arguments: [false, true])
  func whichReceiver(lastInFirstOut: Bool) {
    let lab = Lab()
    let channel = Channel<Int>(lab.island, lastInFirstOut: lastInFirstOut)
    for name in ["a", "b", "c"] {
      lab.start { me in me.note("\(name) \(await channel.receive() ?? -1)") }
    }
    for time in [10, 20, 30] as [Int64] {
      lab.island.schedule(at: .ns(time)) { channel.trySend(Int(time)) }
    }
    lab.world.run()
    let order = lastInFirstOut ? ["c", "b", "a"] : ["a", "b", "c"]
    #expect(lab.notes == zip([10, 20, 30], order).map { "\($0) \($1) \($0)" })
  }

  @Test("A channel that never runs empty does not grow with what has passed through it")
  func compaction() {
    let lab = Lab()
    let channel = Channel<Int>(lab.island, capacity: 4_000)
    lab.start { me in
      for i in 0..<4_000 { channel.trySend(i) }
      for i in 0..<20_000 {
        let element = await channel.receive()
        #expect(element == i)
        #expect(channel.trySend(i + 4_000))
      }
      #expect(channel.count == 4_000)
      me.note("done")
    }
    lab.world.run()
    #expect(lab.notes == ["0 done"])
  }
}
