import Chance
import CRuntimeHooks
import Plants
import Synchronization

/// A sequential island: one executor, one virtual clock, one event queue, many actors.
///
/// Actors name their island by `nonisolated let island` and conform to `IslandActor`. A call
/// between two actors of one island does not hop. Islands talk to each other only over a `Link`.
///
/// The run loop (`run(until:)`) in five lines:
/// 1. run every ready job, first come first served; a job may make others ready;
/// 2. a wake noted but not collected means that the runtime skipped a suspension: a breach;
/// 3. take the earliest timer; if none is before the end of the window, return; if its wait has
///    ended already, take the next;
/// 4. set the clock to its time;
/// 5. run what it brings back, as if on the island's executor; go to 1.
public final class Island: SerialExecutor, @unchecked Sendable {
  /// Position in the world, from 0; part of the order of messages.
  public let id: Int
  /// The world's seed.
  public let seed: UInt64
  /// How tasks are suspended.
  public let suspension: Suspension
  /// The current virtual time.
  public internal(set) var now = VirtualInstant.start
  /// Where it stands, for whoever must know when it cannot tell any more.
  @usableFromInline let position: UnsafeMutablePointer<settlesim_position>
  /// Timers that have fired.
  public internal(set) var eventCount = 0
  /// Rolling hash of the semantic events of this island's actors.
  public var digest = Digest()
  /// Jobs that reached the global pool, and jobs enqueued by a thread that was not running this
  /// island. Both must stay zero.
  public var strayJobs: Int { ownStrayJobs + foreignJobs.withLock(\.count) }
  /// Tasks that wait for something other than time.
  public var waitingTasks: Int { slots.occupied }
  /// The first broken invariant. This island stops before its next event, the world at the end of
  /// the window.
  public private(set) var breach: InvariantBreach?
  /// Whether an invariant is broken.
  private(set) var isBroken = false

  let lot = ParkingLot()
  var queue = EventQueue()
  var ready = ReadyQueue()
  var slots = SlotTable()
  var callbacks = CallbackTable()
  /// To every island that a link leads to, and from every island that one comes from.
  private var outboxes: [Outbox] = []
  private(set) var senders: [Outbox] = []
  /// Outboxes that hold what was sent in this window, and those whose messages are to be taken in.
  var filled: [Outbox] = []
  var incoming: [Outbox] = []
  /// Tasks that wait in slots, as those count them that will wake them.
  var knownWaits = 0
  /// Steps until the next look around, and steps before the last one: a step is an event, or a task
  /// that goes on.
  var patience = Island.lookInterval
  var lookedAt = 0
  /// The place of the last event in the order of all: messages below 2^63.
  var lastSequence: UInt64 = 0
  var watch = LoopWatch()
  /// Whether it left the rest of its window since the world is to be asked whether it should stop.
  var isHurried = false
  private(set) var askHurry: @Sendable () -> Bool = { false }
  var messageSequence: UInt64 = 0
  var parkedAt = ParkedAt.nowhere
  var entered = false
  /// Events at and after this time are left to a later window.
  var windowEnd = Int64.min
  /// Whether the next job that reaches the global executor is a continuation resumed by this
  /// island.
  var expectsContinuation = false
  var ownStrayJobs = 0
  /// Jobs that another thread enqueued. They are an error, and counted; kept apart, they do not
  /// corrupt the queue of the thread that runs the island.
  private let foreignJobs = Mutex<[Suspended]>([])
  private let hasForeignJobs = Atomic<Bool>(false)

  /// Where the next job that reaches the parking executor is kept.
  enum ParkedAt {
    case nowhere
    case timer(Int64)
    case slot(Int)
  }

  init(id: Int, seed: UInt64, suspension: Suspension) {
    self.id = id
    self.seed = seed
    self.suspension = suspension
    position = .allocate(capacity: 1)
    position.initialize(to: settlesim_position())
    position.pointee.id = Int64(id)
    position.pointee.island = Unmanaged.passUnretained(self).toOpaque()
    lot.executor.island = Unmanaged.passUnretained(self)
  }

  deinit { position.deallocate() }

  /// Notes that a station of this island begins to act, for whoever has to name it: a few stores.
  ///
  /// - Parameters:
  ///   - station: its name and what is numbered, such as `gateway, merchant`.
  ///   - number: of what it acts on.
  @inlinable @inline(__always)
  public func note(_ station: StaticString, _ number: Int) {
    settlesim_note_station(
      position, UnsafeRawPointer(station.utf8Start).assumingMemoryBound(to: CChar.self),
      Int64(truncatingIfNeeded: number))
  }

  /// A stream of random numbers for one purpose of one component, independent of all others.
  ///
  /// The island is not part of the key: name the component so that it is unique in the world.
  public func randomStream(_ component: String, _ purpose: String) -> RandomStream {
    RandomStream(seed: seed, component: component, purpose: purpose)
  }

  /// Notes a broken invariant: this island stops before its next event, the world at the end of the
  /// window, with the earliest invariant broken on any island. Later calls change nothing.
  ///
  /// - Parameters:
  ///   - invariant: what does not hold.
  ///   - state: what was found; evaluated only for the first breach of the island.
  public func fail(_ invariant: Invariant, _ state: @autoclosure () -> String) {
    if breach == nil {
      breach = InvariantBreach(
        invariant: invariant.name, instant: now, island: id, state: state())
      isBroken = true
      windowEnd = .min
    }
  }

  // MARK: executor

  /// Called by the runtime for a new task of one of this island's actors.
  public func enqueue(_ job: consuming ExecutorJob) {
    let job = Suspended(UnownedJob(job))
    if isCurrent, !(planted(Plant.jobTakenForForeign) && eventCount > 50) {
      ready.append(job)
    } else {
      foreignJobs.withLock { $0.append(job) }
      hasForeignJobs.store(true, ordering: .releasing)
    }
  }

  /// Makes ready what other threads have enqueued since the last window, which is an error.
  func takeForeignJobs() {
    guard hasForeignJobs.load(ordering: .acquiring) else { return }
    hasForeignJobs.store(false, ordering: .relaxed)
    let jobs = foreignJobs.withLock { jobs in
      defer { jobs = [] }
      return jobs
    }
    ownStrayJobs += jobs.count
    fail(.strayJobs, "\(jobs.count) jobs were enqueued by a thread of another island")
    for job in jobs { ready.append(job) }
  }

  /// Whether this thread is running this island: inside one of its jobs, callbacks or `enter`.
  public var isCurrent: Bool {
    settlesim_current_position() == position
  }

  /// The island as the runtime knows it.
  public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    UnownedSerialExecutor(ordinary: self)
  }

  /// Lets `assumeIsolated` succeed inside `enter`, so that code outside a job can start a task *on*
  /// its actor; a task started from a nonisolated context would begin on the global pool.
  public func isIsolatingCurrentContext() -> Bool? { isCurrent && entered }

  /// Runs `body` as if on this island: actors may be entered with `assumeIsolated`.
  public func enter<Result>(_ body: () throws -> Result) rethrows -> Result {
    let before = settlesim_current_position()
    let wasEntered = entered
    settlesim_set_current_position(position)
    entered = true
    defer {
      entered = wasEntered
      settlesim_set_current_position(before)
    }
    return try body()
  }

  /// Called by the parking executor when a task switches to it.
  func keep(_ suspended: Suspended) {
    switch parkedAt {
    case .timer(let time): queue.push(time, .task(suspended))
    case .slot(let index): keep(suspended, in: index)
    case .nowhere:
      fail(.waiting, "a task was suspended with neither a time nor anybody to wake it")
    }
    parkedAt = .nowhere
  }

  func keep(_ suspended: Suspended, in slot: Int) {
    if slots.keep(suspended, in: slot) { return }
    fail(.waiting, "two tasks wait in slot \(slot): the first would never be woken")
  }

  /// What is sent to `destination`, which is in the same world.
  func outbox(to destination: Island) -> Outbox {
    if let outbox = outboxes.first(where: { $0.destination === destination }) { return outbox }
    let outbox = Outbox(from: self, to: destination)
    outboxes.append(outbox)
    destination.senders.append(outbox)
    return outbox
  }

  /// Prepares for a run of the world.
  func begin(_ bounds: WorkBounds, isHurried ask: @escaping @Sendable () -> Bool) {
    watch.bounds = bounds
    askHurry = ask
    isHurried = false
  }
}

/// An actor that lives on an island.
public protocol IslandActor: Actor {
  /// Where it lives: its clock, its order of events, its random streams.
  nonisolated var island: Island { get }
}

extension IslandActor {
  /// The island's executor.
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    island.asUnownedSerialExecutor()
  }
}

/// An invariant that did not hold.
public struct InvariantBreach: Error, Sendable, CustomStringConvertible {
  /// Name of the invariant, such as `ledger.balanced`.
  public var invariant: String
  /// Virtual time at which it was seen.
  public var instant: VirtualInstant
  /// Island on which it was seen.
  public var island: Int
  /// What was found.
  public var state: String

  /// A breach with all its parts.
  public init(invariant: String, instant: VirtualInstant, island: Int, state: String) {
    self.invariant = invariant
    self.instant = instant
    self.island = island
    self.state = state
  }

  /// One line: the invariant, when and where, and what was found.
  public var description: String {
    "invariant \(invariant) broken at \(instant) on island \(island): \(state)"
  }
}
