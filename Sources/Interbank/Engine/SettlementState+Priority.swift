extension SettlementState {
  /// Gives a waiting payment another priority, wherever it waits.
  /// - Parameter isRise: whether a payment that is more urgent already stays so.
  /// - Returns: the payment if its payer need not hold it back any more, taken out; nil if nothing
  ///   has changed.
  mutating func setPriority(
    _ priority: PaymentPriority, of id: Int64, payer: Int, isRise: Bool
  ) -> [InterbankPayment]? {
    func changes(_ payment: InterbankPayment) -> Bool {
      isRise ? priority < payment.priority : priority != payment.priority
    }
    if let index = lastIndex(of: id, payer: payer) {
      var entry = queues[payer][index]
      guard changes(entry.payment) else { return nil }
      take(entry.remaining, at: index, of: payer)
      let former = entry.payment.priority
      entry.payment.priority = priority
      recorder.reprioritised(entry.payment, entry.remaining, from: former, at: now)
      entry.rank = rule.order.rank(of: entry.payment)
      putBack(entry)
    } else if let index = warehoused.firstIndex(where: { $0.id == id && $0.payer == payer }) {
      guard changes(warehoused[index]) else { return nil }
      let former = warehoused[index].priority
      warehoused[index].priority = priority
      let payment = warehoused[index]
      recorder.reprioritised(payment, payment.amount, from: former, at: now)
    } else {
      guard var payment = held.payment(id, of: payer), changes(payment) else { return nil }
      let former = payment.priority
      payment.priority = priority
      events.append(.reprioritised(id: id, priority, at: now))
      recorder.reprioritised(payment, payment.amount, from: former, at: now)
      guard isOpen, priority == .urgent, releasesUrgent(payer) else {
        held.setPriority(priority, of: id, payer: payer)
        return []
      }
      var released = held.take(id: id, payer: payer)!
      released.priority = priority
      return [released]
    }
    events.append(.reprioritised(id: id, priority, at: now))
    return []
  }

  /// Puts a payment that waits in the queue behind those that came since. Whether it did.
  mutating func resubmit(_ id: Int64, payer: Int) -> Bool {
    guard let index = lastIndex(of: id, payer: payer) else { return false }
    var entry = queues[payer][index]
    take(entry.remaining, at: index, of: payer)
    entry.sequence = nextSequence()
    entry.entered = now
    putBack(entry)
    events.append(.resubmitted(id: id, at: now))
    recorder.resubmitted()
    return true
  }

  /// Whether the payer's rule releases urgent payments at once.
  private func releasesUrgent(_ payer: Int) -> Bool {
    switch accounts[payer].terms.releaseRule {
    case .urgency, .position: true
    case .immediate, .time: false
    }
  }

  /// Puts a payment that was taken out of its payer's queue back into it, by its rank and sequence.
  private mutating func putBack(_ taken: QueuedPayment) {
    var entry = taken
    entry.setNumber = 0
    queues[entry.payment.payer].insert(entry)
    searches.changed()
    pairs.add(entry.payment)
    stalls.queued(entry.payment, entry.remaining)
    stalls.reordered()
    queuedCount += 1
    queuedValue += entry.remaining
  }
}
