extension InterbankSystem {
  /// Settles payments net and at one moment on the same accounts, all or none: a batch of another
  /// rail (an ACH window, for instance).
  ///
  /// They do not wait behind queued payments. Cover, caps, limits and reservations hold for the net
  /// amounts.
  /// - Returns: the events; or what stands in the way, and then nothing has changed but what was
  /// due
  ///   until `time` anyway, whose events the next call returns.
  /// - Precondition: the system is open; the payments are in order and came about by `time`.
  public mutating func settleTogether(
    _ payments: [InterbankPayment], at time: Int64
  ) -> Result<[SettlementEvent], GroupObstacle> {
    let due = advance(to: time)
    precondition(state.isOpen, "the system is closed")
    let legs = payments.map { GroupLeg($0, amount: $0.amount) }
    if let obstacle = state.obstacle(of: legs) {
      state.events = due
      return .failure(obstacle)
    }
    state.events = due
    let group = state.nextGroup()
    for payment in payments {
      state.recorder.arrived(payment, at: time)
      state.move(payment, part: payment.amount, remaining: 0, .batch, group: group)
    }
    for payment in payments { state.finishGroup(payer: payment.payer) }
    settleAffected()
    return .success(state.takeEvents())
  }

  /// What stands in the way of settling payments net and at one moment now, as `settleTogether`
  /// does; nil: nothing. Nothing changes.
  public mutating func obstacle(of payments: [InterbankPayment]) -> GroupObstacle? {
    state.obstacle(of: payments.map { GroupLeg($0, amount: $0.amount) })
  }

  /// Money comes into a participant's account from outside the system or, negative, leaves it.
  ///
  /// What leaves may use credit; it may not be what open or unpaid settlement windows need.
  /// - Returns: the events that follow from it; or what is missing, and then nothing has changed.
  public mutating func adjust(
    _ participant: Int, by amount: Int64, at time: Int64
  ) -> Result<[SettlementEvent], GroupObstacle> {
    let due = advance(to: time)
    state.events = due
    let missing = -amount - state.accounts.withdrawable(participant)
    if amount < 0, missing > 0 {
      return .failure(
        GroupObstacle(
          participant: participant, reason: .liquidityCoverMissing, missing: missing))
    }
    state.accounts.adjust(participant, by: amount)
    state.recorder.adjusted(participant, by: amount)
    state.searches.changed()
    if amount > 0 { state.stalls.grew(participant) } else { state.stalls.changed() }
    if state.isOpen {
      state.recorder.balanceChanged(
        participant, state.accounts[participant], by: amount, at: time)
      state.noteAffected(participant)
      settleAffected()
    }
    return .success(state.takeEvents())
  }
}

// MARK: - Looking in

extension InterbankSystem {
  /// Number of participants.
  public var participants: Int { state.participants }

  /// Now (ns): the latest time handed in.
  public var now: Int64 { state.now }

  /// Whether the day has started and not ended.
  public var isOpen: Bool { state.isOpen }

  /// What is on the participant's settlement account (minor units); negative: credit drawn.
  public func balance(_ participant: Int) -> Int64 { state.accounts[participant].balance }

  /// Final payments that have not been paid into the account yet, received less sent (minor units);
  /// always 0 in modes that move balances.
  public func position(_ participant: Int) -> Int64 { state.accounts[participant].position }

  /// What the participant could pay with this priority, caps apart (minor units); negative if its
  /// reservation is not covered.
  public func available(_ participant: Int, for priority: PaymentPriority) -> Int64 {
    state.accounts[participant].available(for: priority)
  }

  /// The most that the participant could pay another, net, with a payment of this priority, caps
  /// and limits heeded (minor units).
  public func room(_ participant: Int, to other: Int, for priority: PaymentPriority) -> Int64 {
    state.accounts.room(participant, to: other, priority)
  }

  /// What the participant is allowed now.
  public func terms(_ participant: Int) -> ParticipantTerms { state.accounts[participant].terms }

  /// What could leave the participant's account now without credit (minor units); 0 or less:
  /// nothing.
  public func ownFunds(_ participant: Int) -> Int64 {
    state.accounts.withdrawable(participant) - state.accounts[participant].credit
  }

  /// Payments of the participant that wait in the queue.
  public func queueCount(_ participant: Int) -> Int { state.queues[participant].count }

  /// What remains of them (minor units).
  public func queueValue(_ participant: Int) -> Int64 { state.queues[participant].value }

  /// Payments of all participants that wait in the queue.
  public var queueCount: Int { state.queuedCount }

  /// What remains of them (minor units).
  public var queueValue: Int64 { state.queuedValue }

  /// Payments that their payers hold back, and those handed in while the system was closed.
  public var heldCount: Int { state.held.count + state.warehoused.count }

  /// Payments that wait: in a queue, by payer and place, then those that their payers hold back,
  /// then those handed in while the system was closed; with what remains of each (minor units).
  public var waiting: [(id: Int64, remaining: Int64)] {
    let queued = state.waiting().map { (id: state.payment($0).id, remaining: $0.amount) }
    let others = state.held.payments + state.warehoused
    return queued + others.map { (id: $0.id, remaining: $0.amount) }
  }

  /// Sum of all balances (minor units): what was put in and came from outside, always.
  public var totalBalance: Int64 { (0..<participants).reduce(0) { $0 + balance($1) } }

  /// What has been recorded, of closed days as far as it is by day.
  public var indicators: InterbankIndicators { state.recorder.indicators }
}
