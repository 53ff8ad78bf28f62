import CJemalloc
import Glibc
import VirtualTime

// The tandem work: Poisson arrivals, five stations with any number of servers, then a first-come
// station of ten; seven events a payment. The yardstick of the runtime's speed, against
// Tests/Reference.

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

func option(_ name: String, default value: String) -> String {
  guard let i = CommandLine.arguments.firstIndex(of: name), i + 1 < CommandLine.arguments.count
  else { return value }
  return CommandLine.arguments[i + 1]
}

func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

guard let payments = Int(option("--payments", default: "5000000")), payments > 0,
  let suspension = Suspension(rawValue: option("--suspension", default: "parking"))
else {
  let usage = "usage: tandem [--payments N] [--suspension parking|continuation]\n"
  write(STDERR_FILENO, usage, usage.utf8.count)
  exit(64)
}
let world = World(islands: 1, seed: 1, suspension: suspension)
let tandem = Tandem(world.islands[0])
let begin = monotonicSeconds()
world.islands[0].enter { tandem.assumeIsolated { $0.start(payments: payments) } }
world.run()
let wall = monotonicSeconds() - begin
let (completed, latency) = world.islands[0].enter {
  tandem.assumeIsolated { ($0.completed, $0.totalLatency / Double($0.completed)) }
}
print(
  """
  tandem payments \(completed) events \(world.eventCount) mean_latency_s \(latency) \
  wall_s \(wall) events_per_s \(Int(Double(world.eventCount) / wall)) \
  stray_jobs \(world.strayJobs) digest \(world.islands[0].digest)
  """)
