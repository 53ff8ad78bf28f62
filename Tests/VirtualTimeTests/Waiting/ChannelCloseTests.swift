import Testing
import VirtualTime

@Suite struct ChannelCloseTests {
  @Test("Receivers get what is left after close, waiting senders included, and then nil")
  func close() {
    for suspension in Suspension.allCases {
      let lab = Lab(suspension)
      let channel = Channel<Int>(lab.island, capacity: 1)
      for i in 1...3 { lab.start { me in me.note("sent \(i) \(await channel.send(i))") } }
      lab.start { me in
        await me.island.sleep(nanoseconds: 10)
        #expect(channel.waitingSenders == 2)
        channel.close()
        #expect(!channel.trySend(4))
        let late = await channel.send(5)
        #expect(!late)
        while let element = await channel.receive() { me.note("got \(element)") }
        me.note("end")
      }
      lab.world.run()
      #expect(
        lab.notes.filter { !$0.contains("sent") } == [
          "10 got 1", "10 got 2", "10 got 3", "10 end",
        ])
      #expect(lab.notes.count { $0.contains("true") } == 3)
      #expect(lab.world.waitingTasks == 0)
    }
  }

  @Test("After close a waiting sender's element counts while another is spoken for")
  func closeWithSenderAndClaim() {
    let lab = Lab()
    let channel = Channel<Int>(lab.island, capacity: 1)
    let bench = lab.bench
    lab.start { me in me.note("a \(await channel.receive() ?? -1)") }
    lab.island.schedule(at: .ns(10)) {
      // In one turn: 1 goes in and a is woken, 2 waits at the door, then b closes and asks.
      bench.assumeIsolated {
        $0.start { _ in await channel.send(2) }
        $0.start { me in
          channel.close()
          me.note("b \(await channel.receive() ?? -1)")
        }
      }
      channel.trySend(1)
    }
    lab.world.run()
    #expect(lab.notes == ["10 b 1", "10 a 2"])
    #expect(lab.world.waitingTasks == 0)
  }

  @Test("Close wakes every receiver that waits")
  func closeWakes() {
    let lab = Lab()
    let channel = Channel<Int>(lab.island)
    for _ in 1...5 { lab.start { me in me.note("\(await channel.receive() == nil)") } }
    lab.island.schedule(at: .ns(7)) { channel.close() }
    lab.world.run()
    #expect(lab.notes == Array(repeating: "7 true", count: 5))
  }
}
