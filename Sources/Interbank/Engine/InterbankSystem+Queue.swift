/// Managing what waits, and what participants may do, while the system runs.
extension InterbankSystem {
  /// Gives a payment that waits another priority: its place in the queue, what it may use and
  /// whether its payer holds it back follow from that.
  /// - Returns: a `reprioritised` event and what follows from it; none if nothing of the payment
  ///   waits, or it has that priority.
  public mutating func reprioritise(
    _ id: Int64, payer: Int, to priority: PaymentPriority, at time: Int64
  ) -> [SettlementEvent] {
    runTimers(until: time)
    setPriority(priority, of: id, payer: payer)
    settleAffected()
    return state.takeEvents()
  }

  /// Hands a payment that waits in the queue in once more: it goes behind all that its payer has
  /// waiting and that goes before it by nothing but its arrival, and what counts from its entry
  /// into the queue begins anew.
  /// - Returns: a `resubmitted` event and what follows from it; none if it is not in the queue.
  public mutating func resubmit(
    _ id: Int64, payer: Int, at time: Int64
  ) -> [SettlementEvent] {
    runTimers(until: time)
    if state.resubmit(id, payer: payer), state.isOpen {
      state.noteAffected(payer)
      settleAffected()
    }
    return state.takeEvents()
  }

  /// Changes what a participant is allowed, from now on.
  /// - Returns: the change as far as it takes effect, as credit that is drawn stays covered; and
  ///   the events that follow from it.
  public mutating func change(
    _ participant: Int, _ change: TermsChange, at time: Int64
  ) -> (applied: TermsChange, events: [SettlementEvent]) {
    runTimers(until: time)
    let account = state.accounts[participant]
    let drawn = account.credit - max(0, state.accounts.withdrawable(participant))
    let applied = change.limited(by: account.terms, drawn: drawn)
    let secured = account.terms.securedCredit
    state.accounts.change(participant, applied)
    if state.isOpen {
      state.recorder.pledged(
        participant, by: state.accounts[participant].terms.securedCredit - secured, at: time)
    }
    state.searches.changed()
    state.stalls.grew(participant)
    if state.isOpen {
      state.noteAffected(participant)
      settleAffected()
    }
    return (applied, state.takeEvents())
  }

  /// Carries out what has been noted of payments that become more urgent by now. Whether there was
  /// anything.
  mutating func raisePriorities() -> Bool {
    guard let due = state.rises.take(by: state.now) else { return false }
    setPriority(due.priority, of: due.id, payer: due.payer, isRise: true)
    return true
  }

  private mutating func setPriority(
    _ priority: PaymentPriority, of id: Int64, payer: Int, isRise: Bool = false
  ) {
    guard let released = state.setPriority(priority, of: id, payer: payer, isRise: isRise) else {
      return
    }
    for payment in released { release(payment) }
    if state.isOpen { state.noteAffected(payer) }
  }
}
