import Plants

/// A queue between tasks of one island: receivers wait for elements, and senders wait while it is
/// full.
///
/// Elements come out in the order in which they were sent, those of waiting senders included: a
/// place that becomes free goes to the sender who has waited longest, never to a newcomer. The
/// receiver that has waited longest is served first; with `lastInFirstOut` the one that has waited
/// least, which keeps a pool of tasks small and warm. A task that asks while an element is left
/// over gets it at once.
///
/// May be shared by the actors of its island, and is used nowhere else.
public final class Channel<Element>: @unchecked Sendable {
  private let island: Island
  private let capacity: Int
  private let lastInFirstOut: Bool
  private var elements = Line<Element>()
  private var receivers = Line<Int>()
  private var senders = Line<(slot: Int, element: Element)>()
  /// Receivers that were woken and have not run yet: each has a claim to one element.
  private var claims = 0
  /// Whether `close()` was called.
  public private(set) var isClosed = false

  /// - Parameters:
  ///   - island: where it is used.
  ///   - capacity: elements it holds before senders wait; at least 1.
  ///   - lastInFirstOut: which of several waiting receivers is served first.
  public init(_ island: Island, capacity: Int = .max, lastInFirstOut: Bool = false) {
    precondition(capacity > 0, "a channel holds at least one element")
    self.island = island
    self.capacity = capacity
    self.lastInFirstOut = lastInFirstOut
  }

  /// Elements that have been sent and not received; those of waiting senders are not counted.
  public var count: Int { elements.count }
  /// Senders that wait for a place.
  public var waitingSenders: Int { senders.count }
  /// Receivers that wait and have no element promised to them.
  public var idleReceivers: Int { receivers.count }
  /// Whether a receiver is waiting that no element has been promised to.
  public var hasIdleReceiver: Bool { receivers.count > 0 }

  /// Elements that no woken receiver has a claim to. Waiting senders count: a receiver that takes
  /// an element lets the next one in.
  private var unclaimed: Int { elements.count + senders.count - claims }

  /// Adds an element; waits while the channel is full.
  ///
  /// - Returns: false if the channel was closed, and the element dropped. A sender that is waiting
  ///   when the channel is closed gets its element in.
  @discardableResult
  public nonisolated(nonsending) func send(_ element: Element) async -> Bool {
    if trySend(element) { return true }
    if isClosed { return false }
    let slot = island.slots.take()
    senders.append((slot, element))
    island.knownWaits += 1
    wakeReceiver()
    await island.wait(in: slot)
    return true
  }

  /// Adds an element unless the channel is full or closed; says whether it did.
  @discardableResult
  public func trySend(_ element: Element) -> Bool {
    guard elements.count < capacity, !isClosed else { return false }
    elements.append(element)
    wakeReceiver()
    return true
  }

  /// The next element, or nil when the channel is closed and empty.
  public nonisolated(nonsending) func receive() async -> Element? {
    if unclaimed <= 0 {
      if isClosed { return nil }
      let slot = island.slots.take()
      receivers.append(slot)
      island.knownWaits += 1
      await island.wait(in: slot)
      claims -= 1
    }
    let element = elements.removeFirst()  // nil: woken by `close`
    if let sender = senders.removeFirst() {
      elements.append(sender.element)
      island.knownWaits -= 1
      island.wake(sender.slot)
    }
    return element
  }

  /// Ends the channel: receivers get what was sent before, waiting senders included, and then nil.
  public func close() {
    isClosed = true
    while hasIdleReceiver { wakeReceiver() }
  }

  private func wakeReceiver() {
    guard let slot = lastInFirstOut ? receivers.removeLast() : receivers.removeFirst() else {
      return
    }
    claims += 1
    island.knownWaits -= 1
    if planted(Plant.wakeLost), slot % 16 == 7 { return }
    island.wake(slot)
  }
}
