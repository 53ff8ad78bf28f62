/// The messages from one island to another that are on their way between windows.
///
/// The source fills it during a window; between windows what it holds is handed to the destination,
/// which takes it in at the start of the next. Both may run at once: they touch different parts.
final class Outbox: @unchecked Sendable {
  let source: Island
  let destination: Island
  /// The links that send by it.
  private(set) var links: [any AnyLink] = []
  /// Messages that the destination has taken in.
  private(set) var accepted = 0
  /// Sent in this window; earliest time of them.
  private var filling: [Envelope] = []
  private(set) var earliest = Int64.max
  /// Handed over, and not taken in yet.
  private var handedOver: [Envelope] = []

  init(from source: Island, to destination: Island) {
    self.source = source
    self.destination = destination
  }

  func register(_ link: some AnyLink) { links.append(link) }

  /// Called on the source.
  func add(_ envelope: Envelope) {
    if filling.isEmpty { source.filled.append(self) }
    earliest = min(earliest, envelope.time)
    filling.append(envelope)
  }

  /// Hands what was sent over to the destination; called between windows.
  func handOver() {
    if handedOver.isEmpty {
      swap(&filling, &handedOver)
    } else {
      handedOver += filling
      filling.removeAll(keepingCapacity: true)
    }
    earliest = .max
    destination.incoming.append(self)
  }

  /// Puts what was handed over into the destination's queue, which knows the merge order; called on
  /// the destination. No message may arrive before `earliest`.
  func takeIn(notBefore earliest: Int64) {
    for envelope in handedOver {
      if envelope.time < earliest {
        destination.fail(
          .messages,
          "a message from island \(source.id) for \(VirtualInstant(nanoseconds: envelope.time)) "
            + "arrived in the past")
      }
      destination.queue.push(
        max(envelope.time, destination.now.nanoseconds), order: envelope.order,
        .callback(destination.callbacks.add(envelope.deliver)))
    }
    accepted += handedOver.count
    handedOver.removeAll(keepingCapacity: true)
  }

  /// What of the messages of its links is under way in the destination's queue.
  var inQueue: Int { links.reduce(accepted) { $0 - $1.delivered } }

  /// Whether every message that its links have sent is held here or was taken in; called when the
  /// world stands still.
  var isBalanced: Bool {
    links.reduce(0) { $0 + $1.sent } == accepted + filling.count + handedOver.count
  }

  /// Sent, delivered and under way, for whoever looks for the difference.
  var account: String {
    let sent = links.reduce(0) { $0 + $1.sent }
    let delivered = links.reduce(0) { $0 + $1.delivered }
    return "from island \(source.id) to island \(destination.id): \(sent) sent, \(delivered) "
      + "delivered, \(filling.count + handedOver.count) between windows, \(accepted) taken in"
  }
}
