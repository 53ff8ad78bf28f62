import Chance
import Testing
import VirtualTime

/// Random senders and receivers against what a channel is: one list, in order.
actor ChannelTrial: IslandActor {
  nonisolated let island: Island
  private let channel: Channel<Int>
  private let capacity: Int
  private var random: RandomStream
  private var next = 0
  private var sendersLeft = 0
  /// Elements in the order in which their sends began, and in which they were received.
  private(set) var sent: [Int] = []
  private(set) var received: [Int] = []
  /// Sends that have returned.
  private var returned = 0
  private(set) var broken: [String] = []

  init(_ island: Island, capacity: Int, lastInFirstOut: Bool) {
    self.island = island
    self.capacity = capacity
    channel = Channel(island, capacity: capacity, lastInFirstOut: lastInFirstOut)
    random = island.randomStream("trial", "choices")
  }

  func start(senders: Int, receivers: Int) {
    sendersLeft = senders
    for _ in 0..<senders { Task { await self.send(200) } }
    for _ in 0..<receivers { Task { await self.receive() } }
    Task { await self.watch() }
  }

  /// Mostly 0: many things happen at the same time.
  private func pause() async {
    let nanoseconds = Int64(random.below(4)) - 1
    if nanoseconds >= 0 { await island.sleep(nanoseconds: 2 * nanoseconds) }
  }

  private func send(_ count: Int) async {
    for _ in 0..<count {
      await pause()
      let element = next
      next += 1
      if random.below(3) == 0 {
        if channel.trySend(element) {
          sent.append(element)
          returned += 1
        }
      } else {
        sent.append(element)
        await channel.send(element)
        returned += 1
      }
    }
    sendersLeft -= 1
    if sendersLeft == 0 { channel.close() }
  }

  private func receive() async {
    while let element = await channel.receive() {
      received.append(element)
      await pause()
    }
  }

  /// Looks at odd times, when nothing is half done: everybody who could go on has gone on.
  private func watch() async {
    await island.sleep(nanoseconds: 1)
    for _ in 0..<20_000 {
      if channel.isClosed { return }
      let idle = channel.hasIdleReceiver
      if idle && channel.count > 0 { broken.append("\(island.now): idle beside an element") }
      if channel.waitingSenders > 0 && channel.count < capacity {
        broken.append("\(island.now): a sender waits beside a free place")
      }
      if channel.count > capacity { broken.append("\(island.now): over capacity") }
      if returned - received.count != channel.count {
        broken.append("\(island.now): \(channel.count) elements, \(returned) sent")
      }
      await island.sleep(nanoseconds: 2)
    }
    broken.append("the senders never came to an end")
  }
}

@Suite struct ChannelPropertyTests {
  @Test(
    "Whatever the interleaving, elements arrive once, in order, and nobody waits in vain",
    arguments: 1...25 as ClosedRange<UInt64>, [1, 2, 5, Int.max])
  func model(seed: UInt64, capacity: Int) {
    var shape = RandomStream(seed: seed, component: "trial", purpose: "shape")
    let (senders, receivers) = (1 + Int(shape.below(5)), 1 + Int(shape.below(5)))
    let lastInFirstOut = shape.below(2) == 0
    var results: [[Int]] = []
    for suspension in Suspension.allCases {
      let world = World(islands: 1, seed: seed, suspension: suspension)
      let island = world.islands[0]
      let trial = ChannelTrial(island, capacity: capacity, lastInFirstOut: lastInFirstOut)
      island.enter {
        trial.assumeIsolated { $0.start(senders: senders, receivers: receivers) }
      }
      world.run()
      let (sent, received, broken) = island.enter {
        trial.assumeIsolated { ($0.sent, $0.received, $0.broken) }
      }
      #expect(broken.isEmpty)
      #expect(received == sent)
      #expect(world.waitingTasks == 0)
      results.append(received)
    }
    #expect(results[0] == results[1])
  }
}
