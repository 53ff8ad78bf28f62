import Chance
import VirtualTime

/// A station of the tandem: its service times, and its queue where it has one.
struct Station {
  private var random: RandomStream
  private let service: Exponential
  private var servers: FIFOServers?

  init(_ island: Island, name: String, mean: Double, servers: Int? = nil) {
    random = island.randomStream(name, "service")
    service = Exponential(mean: mean * 1e9)
    self.servers = servers.map { FIFOServers(count: $0) }
  }

  /// When a payment that arrives now will leave.
  mutating func serve(at now: VirtualInstant) -> VirtualInstant {
    let time = Int64(service.draw(&random))
    return servers?.serve(at: now, service: time).end ?? now + time
  }
}

/// Poisson arrivals, five stations with any number of servers, then a first-come station of ten.
actor Tandem: IslandActor {
  nonisolated let island: Island
  private var stations: [Station]
  private let payments: Channel<VirtualInstant>
  private var random: RandomStream
  private(set) var completed = 0
  private(set) var totalLatency = 0.0

  init(_ island: Island) {
    self.island = island
    stations = [1.0, 2, 30, 5, 2].enumerated().map {
      Station(island, name: "station-\($0)", mean: $1)
    }
    stations.append(Station(island, name: "desk", mean: 0.1207, servers: 10))
    payments = Channel(island, lastInFirstOut: true)
    random = island.randomStream("arrivals", "gap")
  }

  func start(payments count: Int) { Task { await self.arrive(count) } }

  private func arrive(_ count: Int) async {
    let gap = Exponential(mean: 1e9 / 57.87)
    for _ in 0..<count {
      await island.sleep(nanoseconds: Int64(gap.draw(&random)))
      if !payments.hasIdleReceiver { Task { await self.pay() } }
      payments.trySend(island.now)
    }
    payments.close()
  }

  private func pay() async {
    while let arrival = await payments.receive() {
      for i in stations.indices { await island.sleep(until: stations[i].serve(at: island.now)) }
      completed += 1
      totalLatency += Double(island.now - arrival) * 1e-9
    }
  }
}
