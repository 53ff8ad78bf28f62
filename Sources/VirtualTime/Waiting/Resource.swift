/// A station of c servers whose customers wait as suspended tasks: for service times that are not
/// known on arrival, and for priorities. Where they are known and order is by arrival,
/// `FIFOServers` does the same without events.
///
/// May be shared by the actors of its island, and is used nowhere else.
public final class Resource: @unchecked Sendable {
  private struct Waiting {
    var priority: Int
    var sequence: UInt64
    var slot: Int
    func precedes(_ other: Waiting) -> Bool {
      priority != other.priority ? priority < other.priority : sequence < other.sequence
    }
  }

  private let island: Island
  /// Servers.
  public let servers: Int
  /// Servers in use.
  public private(set) var inUse = 0
  private var queue: [Waiting] = []
  private var sequence: UInt64 = 0

  /// - Parameters:
  ///   - island: where it is used.
  ///   - servers: at least 1.
  public init(_ island: Island, servers: Int) {
    precondition(servers > 0, "a resource has at least one server")
    self.island = island
    self.servers = servers
  }

  /// Customers that wait.
  public var waiting: Int { queue.count }

  /// Takes a server; waits for one in order of (priority, arrival), the lowest priority first.
  /// Nobody who is served is interrupted. Complexity: O(log n) for n who wait.
  public nonisolated(nonsending) func acquire(priority: Int = 0) async {
    if inUse < servers {
      inUse += 1
      return
    }
    let slot = island.slots.take()
    sequence += 1
    insert(Waiting(priority: priority, sequence: sequence, slot: slot))
    island.knownWaits += 1
    await island.wait(in: slot)
  }

  /// Takes a server if one is free; says whether it did.
  public func tryAcquire() -> Bool {
    guard inUse < servers else { return false }
    inUse += 1
    return true
  }

  /// Gives a server back: it goes to the first who waits. Traps when no server is in use.
  public func release() {
    precondition(inUse > 0, "released a server that nobody had acquired")
    if let first = removeFirst() {
      island.knownWaits -= 1
      island.wake(first.slot)
    } else {
      inUse -= 1
    }
  }

  /// Waits for a server, holds it for `nanoseconds`, and gives it back.
  public nonisolated(nonsending) func use(nanoseconds: Int64, priority: Int = 0) async {
    await acquire(priority: priority)
    await island.sleep(nanoseconds: nanoseconds)
    release()
  }

  private func insert(_ item: Waiting) {
    queue.append(item)
    var i = queue.count - 1
    while i > 0, item.precedes(queue[(i - 1) / 2]) {
      queue[i] = queue[(i - 1) / 2]
      i = (i - 1) / 2
    }
    queue[i] = item
  }

  private func removeFirst() -> Waiting? {
    guard let first = queue.first else { return nil }
    let last = queue.removeLast()
    guard !queue.isEmpty else { return first }
    var i = 0
    while true {
      var child = 2 * i + 1
      guard child < queue.count else { break }
      if child + 1 < queue.count, queue[child + 1].precedes(queue[child]) { child += 1 }
      guard queue[child].precedes(last) else { break }
      queue[i] = queue[child]
      i = child
    }
    queue[i] = last
    return first
  }
}
