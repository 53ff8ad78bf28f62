import Chance

/// Islands that advance together in conservative windows.
///
/// One window, whatever the number of threads:
/// 1. it ends at (earliest event or message anywhere) + lookahead, so idle time is skipped;
/// 2. every island that has something to do takes the messages sent to it in earlier windows;
/// 3. it runs its events before that end; what it sends arrives no earlier than the end.
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
  /// How much may happen; set before the world runs.
  public var bounds = WorkBounds()
  private var links: [any AnyLink] = []
  /// Of the window under way: no message arrives before, and no event happens at or after.
  private var begin = Int64.min
  private var end = Int64.min
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
  public var waitingTasks: Int { islands.reduce(0) { $0 + $1.waitingTasks } }
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
  ///   - threads: at least 1; more than islands are not used. They share the windows that are worth
  ///     it, and are fewer where the system does not grant as many.
  ///   - processors: that the process may use; more threads are of no use and not started.
  ///   - limit: events at and after this instant are left alone.
  ///   - sharing: which windows threads share; changes nothing but time.
  ///   - shouldStop: asked between windows with the virtual time reached; every other thread stands
  ///     still, so it may read all islands.
  ///   - isHurried: asked by every thread every few thousand events; when true, islands leave the
  ///     rest of their window, so that `shouldStop` is asked soon.
  public func run(
    threads: Int = 1, processors: Int = .max, until limit: VirtualInstant = .never,
    sharing: WindowSharing = .worthwhile,
    shouldStop: @escaping (VirtualInstant) -> Bool = { _ in false },
    isHurried: @escaping @Sendable () -> Bool = { StopRequest.isMade }
  ) {
    precondition(threads > 0 && processors > 0, "a run needs at least one thread")
    precondition(!isRunning, "the world is running")
    isRunning = true
    defer { isRunning = false }
    for island in islands { island.begin(bounds, isHurried: isHurried) }
    let crew = Crew(threads: min(threads, processors, islands.count), sharing) { [self] in
      $0.runWindow(from: begin, until: end)
    }
    begin = .min
    end = .min
    while plan(&crew.active, limit: limit.nanoseconds, shouldStop: shouldStop) {
      crew.runWindow()
      if windowCount % Self.balanceInterval == 0 { checkMessages() }
    }
    crew.end()
    checkMessages()
    checkRest()
  }

  /// Decides the next window and who has something to do in it.
  private func plan(
    _ active: inout ContiguousArray<Island>, limit: Int64, shouldStop: (VirtualInstant) -> Bool
  ) -> Bool {
    var next = Int64.max
    var isBroken = false
    var isHurried = false
    for island in islands {
      island.takeForeignJobs()
      isBroken = isBroken || island.isBroken
      isHurried = isHurried || island.isHurried
      island.isHurried = false
      next = min(next, island.nextTime)
      for outbox in island.filled { next = min(next, outbox.earliest) }
    }
    guard !isBroken, next < limit, isInOrder(next, isHurried: isHurried),
      !shouldStop(VirtualInstant(nanoseconds: next))
    else { return false }
    for island in islands where !island.filled.isEmpty {
      for outbox in island.filled { outbox.handOver() }
      island.filled.removeAll(keepingCapacity: true)
    }
    begin = max(begin, isHurried ? begin : end)
    let (sum, overflow) = next.addingReportingOverflow(lookahead)
    end = min(overflow ? .max : sum, limit)
    windowCount += 1
    active.removeAll(keepingCapacity: true)
    for island in islands where !island.incoming.isEmpty || island.nextTime < end {
      active.append(island)
    }
    return true
  }

  /// Whether a window may begin at `next`: all that is before the end of the last one has happened.
  private func isInOrder(_ next: Int64, isHurried: Bool) -> Bool {
    if isHurried || next >= end { return true }
    let island = islands.first { $0.nextTime == next } ?? islands[0]
    island.fail(
      .windows,
      "a window would begin at \(VirtualInstant(nanoseconds: next)), before the end of the last "
        + "one at \(VirtualInstant(nanoseconds: end))")
    return false
  }

  /// How many windows pass between two counts of the messages under way.
  private static let balanceInterval = 4_096

  /// Whether what was sent is delivered or on its way: pair by pair of islands, and in their
  /// queues.
  private func checkMessages() {
    for island in islands {
      var inQueue = 0
      for outbox in island.senders {
        if !outbox.isBalanced { island.fail(.messages, outbox.account) }
        inQueue += outbox.inQueue
      }
      if inQueue != island.queue.messageCount {
        island.fail(
          .messages,
          "\(inQueue) messages were taken in and not delivered, \(island.queue.messageCount) are "
            + "in the queue; " + island.senders.map(\.account).joined(separator: "; "))
      }
    }
  }

  /// At rest every suspended task is known to somebody who can wake it.
  private func checkRest() {
    for island in islands where !island.isBroken && island.ready.count == 0 { island.checkWaits() }
  }
}
