import Chance
import VirtualTime

/// Customers of one class who come to a station.
struct Traffic: Sendable {
  var name: String
  /// Customers per second.
  var rate: Double
  /// Service times, drawn by each customer on arrival, nanoseconds.
  var service: Latency
  var priority = 0
}

/// A station of c servers fed by Poisson traffic until so many customers have come. Every service
/// time is drawn on arrival, so that stations of both kinds can be given the same customers.
actor Station: IslandActor {
  nonisolated let island: Island
  private let resource: Resource
  /// Waits in nanoseconds, by class and arrival.
  private(set) var waits: [[Int64]]
  /// Sum of the times that customers spent here, nanoseconds.
  private(set) var sojourn: Int64 = 0
  /// Integral of the number of customers over time, customers x nanoseconds; kept by `change`.
  private(set) var presence: Int64 = 0
  private(set) var largest = 0
  private var present = 0
  private var changed = VirtualInstant.start

  init(_ island: Island, servers: Int, classes: Int) {
    self.island = island
    resource = Resource(island, servers: servers)
    waits = Array(repeating: [], count: classes)
  }

  func open(_ traffic: [Traffic], customers: Int) {
    for (index, source) in traffic.enumerated() {
      Task { await self.arrive(source, index, customers) }
    }
  }

  private func arrive(_ source: Traffic, _ index: Int, _ customers: Int) async {
    var gaps = island.randomStream(source.name, "gap")
    var services = island.randomStream(source.name, "service")
    let gap = Exponential(mean: 1e9 / source.rate)
    waits[index] = Array(repeating: -1, count: customers)
    for customer in 0..<customers {
      await island.sleep(nanoseconds: Int64(gap.draw(&gaps)))
      let service = source.service.draw(&services)
      Task { await self.visit(index, customer, service, source.priority) }
    }
  }

  private func visit(_ index: Int, _ customer: Int, _ service: Int64, _ priority: Int) async {
    let arrival = island.now
    change(by: 1)
    await resource.acquire(priority: priority)
    waits[index][customer] = island.now - arrival
    await island.sleep(nanoseconds: service)
    resource.release()
    change(by: -1)
    sojourn += island.now - arrival
  }

  private func change(by difference: Int) {
    presence += Int64(present) * (island.now - changed)
    changed = island.now
    present += difference
    largest = max(largest, present)
  }
}

/// What one run of a station gives.
struct StationRun {
  var waits: [[Int64]]
  var sojourn: Int64
  var presence: Int64
  var end: Int64
  var events: Int
  var strayJobs: Int

  /// - Parameter customers: of each class.
  init(
    _ traffic: [Traffic], servers: Int, customers: Int, seed: UInt64,
    suspension: Suspension = .parking
  ) {
    let world = World(islands: 1, seed: seed, suspension: suspension)
    let island = world.islands[0]
    let station = Station(island, servers: servers, classes: traffic.count)
    island.enter { station.assumeIsolated { $0.open(traffic, customers: customers) } }
    world.run()
    (waits, sojourn, presence) = island.enter {
      station.assumeIsolated { ($0.waits, $0.sojourn, $0.presence) }
    }
    end = island.now.nanoseconds
    events = world.eventCount
    strayJobs = world.strayJobs
  }

  /// The same customers at a station that costs no events.
  static func waitsWithoutEvents(
    _ source: Traffic, servers: Int, customers: Int, seed: UInt64
  ) -> [Int64] {
    var gaps = RandomStream(seed: seed, component: source.name, purpose: "gap")
    var services = RandomStream(seed: seed, component: source.name, purpose: "service")
    let gap = Exponential(mean: 1e9 / source.rate)
    var station = FIFOServers(count: servers)
    var now = VirtualInstant.start
    return (0..<customers).map { _ in
      now = now + Int64(gap.draw(&gaps))
      return station.serve(at: now, service: source.service.draw(&services)).begin - now
    }
  }
}

/// Mean in seconds, without the first tenth: the station began empty.
func settledMean(_ waits: [Int64]) -> Double {
  let settled = waits.dropFirst(waits.count / 10)
  return Double(settled.reduce(0, +)) * 1e-9 / Double(settled.count)
}
