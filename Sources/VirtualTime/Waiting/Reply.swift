/// The answer to a request, awaited until a deadline.
///
/// `await reply.value(deadline:)` resolves at the answer or at the deadline, whichever is first. An
/// answer that comes later is not lost: it goes to `whenLate`. An answer in the very instant of the
/// deadline is in time if it was given ahead (`answer(_:at:)` before the wait) or comes over a
/// `Link`; otherwise the earlier of the two events decides.
///
/// May be shared by the actors of its island, and is used nowhere else.
public final class Reply<Value>: @unchecked Sendable {
  /// How a wait for a reply ended.
  public enum Outcome {
    /// The answer came by the deadline.
    case answered(Value)
    /// Nothing came by the deadline; the outcome at the other side is unknown.
    case deadlinePassed
  }

  private enum State {
    case open
    /// Will arrive at this time; nobody has looked yet.
    case scheduled(Value, VirtualInstant)
    case waiting(slot: Int)
    case arrived(Value)
    case abandoned
    case finished
  }

  private let island: Island
  private var state = State.open
  private let whenLate: ((Value) -> Void)?

  /// - Parameters:
  ///   - island: where it is used.
  ///   - whenLate: called at the arrival of an answer that nobody waits for any more.
  public init(_ island: Island, whenLate: ((Value) -> Void)? = nil) {
    self.island = island
    self.whenLate = whenLate
  }

  /// Answers now. A second answer is a programming error and traps.
  public func answer(_ value: Value) {
    switch state {
    case .open: state = .arrived(value)
    case .waiting(let slot):
      state = .arrived(value)
      island.wake(slot)
    case .abandoned:
      state = .finished
      whenLate?(value)
    case .scheduled, .arrived, .finished: fatalError("a reply was answered twice")
    }
  }

  /// Answers at `instant`. When that is known before anyone waits, the wait costs one event and no
  /// timer has to be taken back.
  public func answer(_ value: Value, at instant: VirtualInstant) {
    if case .open = state {
      state = .scheduled(value, instant)
    } else {
      island.schedule(at: instant) { self.answer(value) }
    }
  }

  /// Waits for the answer until `deadline`. One task may wait, once; a second wait traps.
  ///
  /// An answer that has come already is returned at once, whatever the deadline.
  public nonisolated(nonsending) func value(deadline: VirtualInstant = .never) async -> Outcome {
    switch state {
    case .arrived(let value):
      state = .finished
      return .answered(value)
    case .scheduled(let value, let instant) where instant <= island.now:
      state = .finished
      return .answered(value)
    case .scheduled(let value, let instant) where instant <= deadline:
      state = .finished
      await island.sleep(until: instant)
      return .answered(value)
    case .scheduled(let value, let instant):
      state = .abandoned
      island.schedule(at: instant) { self.answer(value) }
      await island.sleep(until: deadline)
      return .deadlinePassed
    case .open:
      return await waitOpen(deadline: deadline)
    case .waiting, .abandoned, .finished: fatalError("a reply was awaited twice")
    }
  }

  private nonisolated(nonsending) func waitOpen(deadline: VirtualInstant) async -> Outcome {
    let slot = island.slots.take()
    state = .waiting(slot: slot)
    island.knownWaits += 1
    if deadline < .never { island.wake(slot, at: deadline.nanoseconds) }
    await island.wait(in: slot)
    island.knownWaits -= 1
    if case .arrived(let value) = state {
      state = .finished
      return .answered(value)
    }
    state = .abandoned
    return .deadlinePassed
  }
}
