import Chance
import VirtualTime

/// The tandem work: seven timed events a payment and nothing else. The yardstick of the runtime's
/// speed, and of everything that is measured beside it in one job.
public final class TandemWork {
  /// Payments that went through.
  public let payments: Int
  private let world: World
  private let tandem: Tandem

  /// Sets the work up for a number of payments, at least one. It runs once.
  public init(payments: Int, suspension: Suspension = .parking) {
    precondition(payments > 0, "a tandem has at least one payment")
    self.payments = payments
    world = World(islands: 1, seed: 1, suspension: suspension)
    tandem = Tandem(world.islands[0])
  }

  /// Runs to the end, on the calling thread.
  public func run() {
    world.islands[0].enter { [payments, tandem] in
      tandem.assumeIsolated { $0.start(payments: payments) }
    }
    world.run()
  }

  /// Payments that left the last station.
  public var completed: Int {
    world.islands[0].enter { [tandem] in tandem.assumeIsolated { $0.completed } }
  }

  /// Mean time of a payment from its arrival to its end, seconds.
  public var meanLatency: Double {
    world.islands[0].enter { [tandem] in
      tandem.assumeIsolated { $0.totalLatency / Double($0.completed) }
    }
  }

  /// Events fired.
  public var eventCount: Int { world.eventCount }
  /// Jobs that escaped the island; zero in a correct program.
  public var strayJobs: Int { world.strayJobs }
  /// The digest of the island.
  public var digest: Digest { world.islands[0].digest }
}
