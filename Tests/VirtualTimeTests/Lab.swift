import VirtualTime

/// An actor that runs what a test gives it and keeps what it notes.
actor Bench: IslandActor {
  nonisolated let island: Island
  var notes: [String] = []

  init(_ island: Island) { self.island = island }

  func start(_ body: @escaping @Sendable (isolated Bench) async -> Void) {
    Task { await self.run(body) }
  }

  private func run(_ body: @Sendable (isolated Bench) async -> Void) async { await body(self) }

  /// Keeps `text` with the virtual time in nanoseconds before it.
  func note(_ text: String) { notes.append("\(island.now.nanoseconds) \(text)") }
}

/// A world of one island with one bench.
struct Lab {
  let world: World
  let bench: Bench
  var island: Island { world.islands[0] }

  init(_ suspension: Suspension = .parking, seed: UInt64 = 1) {
    world = World(islands: 1, seed: seed, suspension: suspension)
    bench = Bench(world.islands[0])
  }

  /// Starts a task on the bench; it runs once the world does.
  func start(_ body: @escaping @Sendable (isolated Bench) async -> Void) {
    island.enter { bench.assumeIsolated { $0.start(body) } }
  }

  /// Notes of the bench.
  var notes: [String] { island.enter { bench.assumeIsolated { $0.notes } } }
}

extension VirtualInstant {
  /// A short way to write an instant in a test.
  static func ns(_ nanoseconds: Int64) -> VirtualInstant {
    VirtualInstant(nanoseconds: nanoseconds)
  }
}
