import Chance
import Plants

/// A message on its way to another island.
///
/// Merge order at the receiver: (time, tie, source island, source sequence), where the tie is a
/// hash of (seed, source, time): no sender always wins, and one sender's messages of one time keep
/// their order.
struct Envelope {
  /// Time of arrival, nanoseconds.
  var time: Int64
  /// Tie, source and sequence in one word: 16, 11 and 36 bits below a clear top bit.
  var order: UInt64
  var deliver: () -> Void

  static let sourceBits: UInt64 = 11
  static let sequenceBits: UInt64 = 36

  /// - Parameter sequence: of the message among those of the source island; below 2^36.
  init(
    time: Int64, source: Island, sequence: UInt64, deliver: @escaping () -> Void
  ) {
    precondition(sequence < 1 << Self.sequenceBits, "an island sent more than 2^36 messages")
    let id = UInt64(source.id)
    let tie =
      mix64(source.seed ^ mix64(id ^ UInt64(time) &* 0x9E37_79B9_7F4A_7C15))
      >> (1 + Self.sourceBits + Self.sequenceBits)
    self.time = time
    order = tie << (Self.sourceBits + Self.sequenceBits) | id << Self.sequenceBits | sequence
    self.deliver = deliver
  }
}

/// The only way from one island to another: messages with a latency that is never below `minimum`,
/// which bounds how far islands may run ahead of each other.
///
/// Belongs to its source island: only its tasks and callbacks send.
public final class Link<Message: Sendable>: @unchecked Sendable {
  private let source: Island
  private let destination: Island
  private let minimum: Int64
  private let outbox: Outbox
  private let receive: (Message) -> Void
  /// Messages sent.
  public private(set) var sent = 0
  /// Messages delivered; counted by the receiver, read when the world stands still.
  public private(set) var delivered = 0

  /// Links are made before the world runs.
  ///
  /// - Parameters:
  ///   - world: the world of both islands.
  ///   - source: the island that sends.
  ///   - destination: the island that receives; may be the source.
  ///   - minimum: smallest latency; above zero. The world's lookahead is the smallest of its links.
  ///   - receive: called on the destination's island at the time of arrival; actors may be entered
  ///     in it with `assumeIsolated`.
  public init(
    _ world: World, from source: Island, to destination: Island, minimum: Duration,
    receive: @escaping (Message) -> Void
  ) {
    precondition(minimum.nanoseconds > 0, "a link's latency is at least a nanosecond")
    precondition(
      world.islands[source.id] === source && world.islands[destination.id] === destination,
      "a link joins islands of its own world")
    self.source = source
    self.destination = destination
    self.minimum = minimum.nanoseconds
    self.receive = receive
    outbox = source.outbox(to: destination)
    outbox.register(self)
    world.register(self, minimum: self.minimum)
  }

  /// Sends a message that arrives after the minimum latency and `extra` nanoseconds.
  ///
  /// At the destination it comes before the timers of its instant, and after or before other
  /// messages of that instant as a hash decides; messages of one island for one instant keep their
  /// order.
  ///
  /// - Parameters:
  ///   - message: what `receive` gets.
  ///   - extra: nanoseconds; not negative, or the invariant `runtime.messages` breaks.
  public func send(_ message: Message, extra: Int64 = 0) {
    if extra < 0 {
      source.fail(
        .messages,
        "a message to island \(destination.id) would arrive \(-extra) ns before the link's "
          + "minimum latency of \(minimum) ns")
    }
    let time =
      source.now.nanoseconds + minimum + max(extra, 0) - (planted(Plant.messageEarly) ? 1 : 0)
    if !planted(Plant.messageNumberReused) || sent % 2 == 0 { source.messageSequence += 1 }
    sent += 1
    if planted(Plant.messageLost), sent % 20 == 7 { return }
    outbox.add(
      Envelope(time: time, source: source, sequence: source.messageSequence) { [self] in
        delivered += 1
        receive(message)
        if planted(Plant.messageTwice), delivered % 20 == 7 { receive(message) }
      })
  }
}

/// What a world needs to know of a link, whatever it carries.
protocol AnyLink: AnyObject {
  var sent: Int { get }
  var delivered: Int { get }
}

extension Link: AnyLink {}
