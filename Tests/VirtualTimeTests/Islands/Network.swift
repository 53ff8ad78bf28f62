import Chance
import VirtualTime

/// A random network: each node answers a message by waiting at a station, noting it in the digest
/// and sending it on, a random number of times.
actor Node: IslandActor {
  nonisolated let island: Island
  private let station: Resource
  private var random: RandomStream
  private var links: [Link<Packet>] = []
  private(set) var handled = 0

  struct Packet: Sendable {
    var id: Int
    var hops: Int
  }

  init(_ island: Island) {
    self.island = island
    station = Resource(island, servers: 2)
    random = island.randomStream("node-\(island.id)", "choices")
  }

  func connect(_ links: [Link<Packet>]) { self.links = links }

  func begin(_ packets: Int) {
    Task {
      for id in 0..<packets {
        await island.sleep(nanoseconds: Int64(random.below(40)))
        receive(Packet(id: island.id * 10_000 + id, hops: 12))
      }
    }
  }

  func receive(_ packet: Packet) { Task { await self.handle(packet) } }

  private func handle(_ packet: Packet) async {
    let reply = Reply<Int>(island)
    reply.answer(packet.hops, at: island.now + Int64(random.below(30)))
    var late = false
    if case .deadlinePassed = await reply.value(deadline: island.now + 20) { late = true }
    await station.use(nanoseconds: Int64(random.below(10)), priority: packet.hops)
    handled += 1
    island.digest.add(island.now.nanoseconds)
    island.digest.add(UInt64(packet.id) << 8 | UInt64(packet.hops) << 1 | (late ? 1 : 0))
    guard packet.hops > 0 else { return }
    // Coarse latencies make ties common.
    let link = links[Int(random.below(UInt64(links.count)))]
    link.send(Packet(id: packet.id, hops: packet.hops - 1), extra: 5 * Int64(random.below(4)))
  }
}

/// A random network ready to run.
struct Network {
  let world: World
  let nodes: [Node]

  init(
    seed: UInt64, suspension: Suspension = .parking, packets: Int = 15, unrelatedLink: Bool = false
  ) {
    var shape = RandomStream(seed: seed, component: "network", purpose: "shape")
    let count = 3 + Int(shape.below(6))
    let world = World(islands: count, seed: seed, suspension: suspension)
    self.world = world
    nodes = world.islands.map { Node($0) }
    if unrelatedLink {
      _ = Link<Int>(world, from: world.islands[0], to: world.islands[1], minimum: .nanoseconds(1)) {
        _ in
      }
    }
    for node in nodes {
      let links = (0..<3).map { _ in
        let target = nodes[Int(shape.below(UInt64(count)))]
        return Link<Node.Packet>(
          world, from: node.island, to: target.island,
          minimum: .nanoseconds(20 + 10 * Int64(shape.below(3)))
        ) { packet in target.assumeIsolated { $0.receive(packet) } }
      }
      node.island.enter {
        node.assumeIsolated {
          $0.connect(links)
          $0.begin(packets)
        }
      }
    }
  }

  /// What must not depend on how the world was run.
  struct Outcome: Equatable {
    var digest: Digest
    var events: Int
    var handled: [Int]
    var ends: [VirtualInstant]
    var waiting: Int
    var balanced: Bool
    var strayJobs: Int
  }

  var outcome: Outcome {
    Outcome(
      digest: world.digest, events: world.eventCount,
      handled: nodes.map { node in node.island.enter { node.assumeIsolated { $0.handled } } },
      ends: world.islands.map(\.now), waiting: world.waitingTasks, balanced: world.messagesBalanced,
      strayJobs: world.strayJobs)
  }
}
