/// A settlement system of one currency: accounts of its participants, their payments to each other,
/// and a mode by which those become final.
///
/// A pure machine: no clock, no chance. Whoever drives it
/// 1. opens the day with `startDay`,
/// 2. hands payments in with `submit`, in the order of time,
/// 3. calls `advance(to:)` when the time `nextTimer` has come,
/// 4. closes the day with `endDay`,
/// and carries out the events that each call returns. The same calls give the same events, always.
/// Time must not go back; a call first does what was due until its own time, so that a missed timer
/// changes nothing but when it is told.
///
/// What holds after every call, in every mode: no account is below its credit, and the balances sum
/// to what was put in; no payment settles before it was handed in, twice, or in part beyond its
/// amount; net debit caps, bilateral limits and reservations are kept. `InterbankCheck` proves that
/// from the events alone.
public struct InterbankSystem: Sendable {
  /// How payments become final.
  public let mode: any SettlementMode
  var state: SettlementState

  /// A system before its first day, with the terms of its participants by position, and the rules
  /// by which waiting payments become more urgent.
  public init(
    mode: any SettlementMode, participants: [ParticipantTerms], rises: [PriorityRise] = []
  ) {
    self.mode = mode
    state = SettlementState(
      rule: mode.queueRule, participants: participants, keepsPositions: mode.keepsPositions,
      watchesStalls: mode.watchesStalls, rises: rises)
  }

  // MARK: Payments

  /// Hands a payment in at `time` (ns), after everything that was due until then. O(1) if it
  /// settles at once and lets no other payment go.
  ///
  /// A payment that is no payment is rejected and leaves no trace. While the system is closed
  /// payments are kept until the day starts.
  public mutating func submit(_ payment: InterbankPayment, at time: Int64) -> [SettlementEvent] {
    runTimers(until: time)
    if let reason = defect(of: payment, at: time) {
      state.recorder.refused()
      state.events.append(.rejected(id: payment.id, reason, at: time))
      return state.takeEvents()
    }
    guard state.isOpen else {
      state.warehoused.append(payment)
      state.events.append(.queued(id: payment.id, .systemClosed, at: time))
      return state.takeEvents()
    }
    take(payment)
    settleAffected()
    return state.takeEvents()
  }

  /// Takes back what has not settled of a payment: for instance when its payer or payee has failed.
  /// - Returns: a `returned` event; none if nothing of it waits.
  public mutating func cancel(_ id: Int64, payer: Int, at time: Int64) -> [SettlementEvent] {
    runTimers(until: time)
    guard let (payment, remaining) = state.takeOut(id, payer: payer) else {
      return state.takeEvents()
    }
    state.giveBack(payment, remaining, .cancelled)
    if state.isOpen {
      state.noteAffected(payer)
      settleAffected()
    }
    return state.takeEvents()
  }

  /// Time (ns) at which `advance(to:)` has something to do; nil: nothing, unless something happens.
  public var nextTimer: Int64? {
    guard state.isOpen else { return nil }
    var due = state.held.nextRelease
    if let rise = state.rises.next { due = min(due ?? rise, rise) }
    if let tick = mode.nextTick(in: state) { due = min(due ?? tick, tick) }
    return due
  }

  /// Does what is due until `time` (ns), each thing at its own time.
  public mutating func advance(to time: Int64) -> [SettlementEvent] {
    runTimers(until: time)
    return state.takeEvents()
  }

  // MARK: Steps

  mutating func runTimers(until time: Int64) {
    while let due = nextTimer, due <= time {
      state.advance(to: max(due, state.now))
      if raisePriorities() {
        settleAffected()
        continue
      }
      if let payment = state.held.takeReleased(by: state.now) {
        release(payment)
      } else {
        mode.tick(in: &state)
      }
      settleAffected()
    }
    state.advance(to: time)
  }

  /// Takes a payment up that is in order, while the system is open.
  mutating func take(_ handedIn: InterbankPayment) {
    var payment = handedIn
    state.recorder.arrived(payment, at: state.now)
    let priority = state.rises.priority(of: payment, at: state.now)
    if priority != payment.priority {
      payment.priority = priority
      state.events.append(.reprioritised(id: payment.id, priority, at: state.now))
      state.recorder.reprioritised(
        payment, payment.amount, from: handedIn.priority, at: state.now)
    }
    state.rises.note(payment, at: state.now)
    if state.holds(payment) {
      state.events.append(.queued(id: payment.id, .heldByPayer, at: state.now))
    } else {
      mode.accept(payment, in: &state)
    }
  }

  mutating func release(_ payment: InterbankPayment) {
    state.events.append(.released(id: payment.id, at: state.now))
    mode.accept(payment, in: &state)
  }

  /// Goes on as long as money that has moved lets more of it move. Ends, as each round settles or
  /// releases something.
  mutating func settleAffected() {
    while true {
      let affected = state.takeAffected()
      if affected.isEmpty { return }
      for participant in affected {
        mode.retry(participant, in: &state)
        while let payment = state.takeReleasedByPosition(participant) { release(payment) }
      }
    }
  }

  private func defect(of payment: InterbankPayment, at time: Int64) -> SettlementReason? {
    let positions = 0..<state.participants
    guard positions.contains(payment.payer), positions.contains(payment.payee),
      payment.payer != payment.payee
    else { return .invalidParticipants }
    guard payment.amount > 0, payment.amount <= InterbankPayment.maximumAmount else {
      return .invalidAmount
    }
    return payment.submitted > time ? .submittedInFuture : nil
  }
}
