import Glibc
import VirtualTime

extension World {
  /// Plants the death that a test asks for; release builds know none.
  @inline(__always) func plantCrash(seed: UInt64) {
    #if PLANTS
      PlantedCrash(seed)?.plant(in: self)
    #endif
  }
}

#if PLANTS
  /// A death that tests provoke by the variable `PLANTED_CRASH`: `KIND[@worker][:SEED]`. Only a run
  /// with that seed dies, in the first event after a minute of virtual time; with `@worker` on
  /// another thread than the one that began the run.
  public struct PlantedCrash {
    /// What the variable says; set before the first run.
    nonisolated(unsafe) public static var plan = ""

    private static let end = VirtualInstant(nanoseconds: 600_000_000_000)

    private let kind: String
    private let isOnWorker: Bool

    init?(_ seed: UInt64) {
      guard !Self.plan.isEmpty else { return nil }
      let parts = Self.plan.split(separator: ":")
      guard parts.count == 1 || UInt64(parts[1]) == seed else { return nil }
      let place = parts[0].split(separator: "@")
      kind = String(place[0])
      isOnWorker = place.count > 1
    }

    func plant(in world: World) {
      let beginner = pthread_self()
      for island in world.islands { strike(island, VirtualInstant(nanoseconds: 60_000_000_000)) }

      func strike(_ island: Island, _ instant: VirtualInstant) {
        island.schedule(at: instant) {
          island.note("planted crash, island", island.id)
          if !isOnWorker || pthread_equal(pthread_self(), beginner) == 0 { die() }
          if instant < Self.end { strike(island, instant + 1_000_000) }
        }
      }
    }

    private func die() {
      switch kind {
      case "ILL": fatalError("planted")
      case "TRAP": raise(SIGTRAP)
      case "SEGV": UnsafeMutablePointer<Int>(bitPattern: 8)!.pointee = 1
      case "ABRT": abort()
      case "BUS": raise(SIGBUS)
      case "FPE": raise(SIGFPE)
      case "KILL": raise(SIGKILL)
      case "STACK": _ = descend(0)
      case "MEMORY": fill()
      default: fatalError("PLANTED_CRASH: no kind \(kind)")
      }
    }

    /// Takes memory until something ends the process, or 2 GiB.
    private func fill() {
      let piece = 1 << 20
      for _ in 0..<2_048 {
        memset(malloc(piece), 1, piece)
        usleep(500)
      }
      abort()
    }

    private func descend(_ depth: Int) -> Int {
      depth < 0 ? 0 : descend(depth + 1) &+ depth
    }
  }
#endif
