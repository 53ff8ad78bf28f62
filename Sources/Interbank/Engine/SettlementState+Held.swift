import Plants

extension SettlementState {
  /// Holds a payment back if its payer's rule says so.
  mutating func holds(_ payment: InterbankPayment) -> Bool {
    let isUrgent = payment.priority == .urgent
    switch accounts[payment.payer].terms.releaseRule {
    case .immediate: return false
    case .urgency(let lead):
      let release = payment.deadline.map { $0 - lead } ?? .max
      guard !isUrgent, release > now else { return false }
      held.hold(payment, until: release, sequence: nextSequence())
    case .time(let wait):
      let release = day.release(of: payment.payer, wait: wait)
      guard release > now else { return false }
      held.hold(payment, until: release, sequence: nextSequence())
    case .position(let share):
      if isUrgent { return false }
      if !held.waitsForPosition(payment.payer), isWithin(share, payment.payer) { return false }
      held.holdForPosition(payment, sequence: nextSequence())
    }
    return true
  }

  /// The next payment that the participant's position allows to release, taken out.
  mutating func takeReleasedByPosition(_ participant: Int) -> InterbankPayment? {
    guard held.waitsForPosition(participant),
      case .position(let share) = accounts[participant].terms.releaseRule,
      isWithin(share, participant)
    else { return nil }
    return held.takeFirstByPosition(participant)
  }

  /// Whether what the participant has sent, the queue included, is within the share of what it has
  /// received.
  private func isWithin(_ share: Int64, _ participant: Int) -> Bool {
    let sent = Int128(accounts[participant].sent) + Int128(queues[participant].value)
    return sent * 1_000_000 <= Int128(accounts[participant].received) * Int128(share)
  }

  // MARK: Giving back

  /// Takes the payment out of wherever it waits.
  mutating func takeOut(_ id: Int64, payer: Int) -> (InterbankPayment, remaining: Int64)? {
    if let index = lastIndex(of: id, payer: payer) {
      let entry = queues[payer][index]
      take(entry.remaining, at: index, of: payer)
      return (entry.payment, entry.remaining)
    }
    if let index = warehoused.firstIndex(where: { $0.id == id && $0.payer == payer }) {
      let payment = warehoused.remove(at: index)
      recorder.arrived(payment, at: now)
      return (payment, payment.amount)
    }
    return held.take(id: id, payer: payer).map { ($0, $0.amount) }
  }

  /// Tells that what remains of a payment, already taken out, goes back to its payer.
  mutating func giveBack(
    _ payment: InterbankPayment, _ remaining: Int64, _ reason: SettlementReason
  ) {
    recorder.failed(payment, remaining, isReturn: true, at: now)
    if reason == .cancelled { recorder.cancelled() }
    events.append(.returned(id: payment.id, amount: remaining, reason, at: now))
  }

  /// Gives back everything that waits in the queues.
  mutating func giveAllBack() {
    for payer in queues.indices {
      while let entry = queues[payer].first {
        take(entry.remaining, at: 0, of: payer)
        if planted(Plant.takenOutSilently) { continue }
        giveBack(entry.payment, entry.remaining, .unsettledAtClose)
      }
    }
  }
}
