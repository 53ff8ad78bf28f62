import Chance
import Glibc
import Synchronization

/// Islands that advance together in conservative windows.
///
/// One window, whatever the number of threads:
/// 1. every island takes the messages sent to it in the last window;
/// 2. the window ends at (earliest event anywhere) + lookahead, so idle time is skipped;
/// 3. every island runs its events before that end; what it sends arrives no earlier than the end.
///
/// The lookahead is the smallest latency of a link, and at most a minute, so that a run can be
/// stopped. Which thread runs an island changes nothing: an island is sequential and reads only its
/// own state. Where a window ends changes nothing either: messages have a place of their own in an
/// island's order.
public final class World: @unchecked Sendable {
  /// The islands, by id.
  public let islands: [Island]
  /// Seeds every random stream.
  public let seed: UInt64
  /// Smallest latency of a link: how far islands may run ahead of each other, nanoseconds.
  public private(set) var lookahead: Int64 = 60_000_000_000
  /// Windows run so far.
  public private(set) var windowCount = 0
  private var links: [any AnyLink] = []
  private var end: Int64 = 0
  private var isRunning = false

  /// - Parameters:
  ///   - count: how many islands, 1...2048; part of the modelled world, never taken from the
  ///     machine.
  ///   - seed: of every random stream and of the merge order of messages.
  ///   - suspension: how tasks are suspended; changes the speed and nothing else.
  public init(islands count: Int, seed: UInt64, suspension: Suspension = .parking) {
    precondition(
      (1...1 << Int(Envelope.sourceBits)).contains(count), "a world has 1 to 2048 islands")
    _ = globalExecutorGuard
    self.seed = seed
    islands = (0..<count).map { Island(id: $0, seed: seed, suspension: suspension) }
    for island in islands { island.outboxes = Array(repeating: [], count: count) }
  }

  func register(_ link: some AnyLink, minimum: Int64) {
    precondition(!isRunning, "links are made before the world runs")
    lookahead = min(lookahead, minimum)
    links.append(link)
  }

  /// Events fired, over all islands.
  public var eventCount: Int { islands.reduce(0) { $0 + $1.eventCount } }
  /// Jobs that escaped the islands; zero in a correct program.
  public var strayJobs: Int { islands.reduce(0) { $0 + $1.strayJobs } }
  /// Tasks that wait for something other than time.
  public var waitingTasks: Int { islands.reduce(0) { $0 + $1.slots.occupied } }
  /// The earliest broken invariant (by time, then island).
  public var breach: InvariantBreach? {
    islands.compactMap(\.breach).min { ($0.instant, $0.island) < ($1.instant, $1.island) }
  }
  /// Whether every message that was sent has been delivered.
  public var messagesBalanced: Bool { links.allSatisfy { $0.sent == $0.delivered } }
  /// The digest of all islands, in the order of their ids.
  public var digest: Digest {
    var digest = Digest()
    for island in islands { digest.add(island.digest.value) }
    return digest
  }

  /// Runs until nothing is left to happen, an invariant breaks, or `shouldStop` says so. May be
  /// called again: a run in parts is the same run. Clocks stay at the last event; they do not move
  /// to the limit.
  ///
  /// - Parameters:
  ///   - threads: at least 1; more than islands are not used.
  ///   - limit: events at and after this instant are left alone.
  ///   - shouldStop: asked between windows with the virtual time reached; every other thread stands
  ///     still, so it may read all islands.
  public func run(
    threads: Int = 1, until limit: VirtualInstant = .never,
    shouldStop: @escaping (VirtualInstant) -> Bool = { _ in false }
  ) {
    precondition(threads > 0, "a run needs at least one thread")
    precondition(!isRunning, "the world is running")
    isRunning = true
    defer { isRunning = false }
    let threads = min(threads, islands.count)
    let crew = Crew(
      world: self, threads: threads, limit: limit.nanoseconds, shouldStop: shouldStop)
    var others: [pthread_t] = []
    for index in 1..<max(threads, 1) { others.append(crew.start(thread: index)) }
    crew.work(0)
    for thread in others { pthread_join(thread, nil) }
  }

  /// Moves what was sent to `island` into its queue, which knows the merge order.
  fileprivate func deliver(to island: Island) {
    island.takeForeignJobs()
    for source in islands {
      for envelope in source.outboxes[island.id] {
        precondition(envelope.time >= island.now.nanoseconds, "a message arrived in the past")
        island.queue.push(
          envelope.time, order: envelope.order,
          .callback(island.callbacks.add(envelope.deliver)))
      }
    }
  }

  /// Decides the next window; all threads wait for it.
  fileprivate func plan(limit: Int64, shouldStop: (VirtualInstant) -> Bool) -> Bool {
    let next = islands.reduce(Int64.max) { min($0, $1.nextTime) }
    guard next < limit, breach == nil,
      !shouldStop(VirtualInstant(nanoseconds: next))
    else { return false }
    let (sum, overflow) = next.addingReportingOverflow(lookahead)
    end = min(overflow ? .max : sum, limit)
    windowCount += 1
    return true
  }

  fileprivate var windowEnd: Int64 { end }
}

/// The threads of one run.
private final class Crew: @unchecked Sendable {
  private let world: World
  private let threads: Int
  private let limit: Int64
  private let shouldStop: (VirtualInstant) -> Bool
  private let barrier: Barrier
  private let nextToDeliver = Atomic<Int>(0)
  private let nextToRun = Atomic<Int>(0)
  private var goOn = true

  init(world: World, threads: Int, limit: Int64, shouldStop: @escaping (VirtualInstant) -> Bool) {
    self.world = world
    self.threads = threads
    self.limit = limit
    self.shouldStop = shouldStop
    barrier = Barrier(threads)
  }

  func start(thread index: Int) -> pthread_t {
    final class Start {
      let body: () -> Void
      init(_ body: @escaping () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let start = Unmanaged.passRetained(Start { self.work(index) })
    let code = pthread_create(
      &thread, nil,
      {
        Unmanaged<Start>.fromOpaque($0!).takeRetainedValue().body()
        return nil
      }, start.toOpaque())
    precondition(code == 0, "no thread could be started: \(String(cString: strerror(code)))")
    return thread
  }

  func work(_ thread: Int) {
    while true {
      take(nextToDeliver) { world.deliver(to: $0) }
      barrier.wait { [self] in
        for island in world.islands {
          for i in island.outboxes.indices where !island.outboxes[i].isEmpty {
            island.outboxes[i].removeAll(keepingCapacity: true)
          }
        }
        goOn = world.plan(limit: limit, shouldStop: shouldStop)
        nextToRun.store(0, ordering: .relaxed)
      }
      guard goOn else { return }
      take(nextToRun) { $0.run(until: world.windowEnd) }
      barrier.wait { [self] in nextToDeliver.store(0, ordering: .relaxed) }
    }
  }

  /// Hands the islands out one by one to whichever thread is free.
  private func take(_ counter: borrowing Atomic<Int>, _ body: (Island) -> Void) {
    while true {
      let index = counter.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < world.islands.count else { return }
      body(world.islands[index])
    }
  }
}
