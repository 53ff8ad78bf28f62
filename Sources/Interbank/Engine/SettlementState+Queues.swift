import Plants

extension SettlementState {
  /// Parts that a payment is cut into at most, which bounds the work.
  private static let maximumParts: Int64 = 1_000

  /// Tries to settle a payment that has just come in by itself; what cannot settle waits.
  ///
  /// Under a strict order it waits too if its payer's payments before it wait. O(1) if it settles.
  /// - Returns: why it waits; nil if it has settled.
  public mutating func settleOrQueue(_ payment: InterbankPayment) -> SettlementReason? {
    let rank = rule.order.rank(of: payment)
    if let first = queues[payment.payer].first, rule.order.isStrict, rank >= first.rank,
      !planted(Plant.queueJumped)
    {
      enqueue(payment, .behindOthers)
      return .behindOthers
    }
    var remaining = payment.amount
    let obstacle = settleGross(payment, &remaining, .gross)
    guard let obstacle else { return nil }
    enqueue(payment, remaining: remaining, obstacle)
    return obstacle
  }

  /// Lets a payment wait in its payer's queue.
  public mutating func enqueue(_ payment: InterbankPayment, _ reason: SettlementReason) {
    enqueue(payment, remaining: payment.amount, reason)
  }

  private mutating func enqueue(
    _ payment: InterbankPayment, remaining: Int64, _ reason: SettlementReason
  ) {
    let entry = QueuedPayment(
      payment: payment, remaining: remaining, rank: rule.order.rank(of: payment),
      sequence: nextSequence(), entered: now)
    queues[payment.payer].insert(entry)
    searches.changed()
    pairs.add(payment)
    stalls.queued(payment, remaining)
    queuedCount += 1
    queuedValue += remaining
    if rule.collects { batch.entries.append(entry) }
    recorder.queueGrew(count: queuedCount, value: queuedValue)
    events.append(.queued(id: payment.id, reason, at: now))
  }

  /// Settles waiting payments of `payer` by themselves as far as order, eligibility and liquidity
  /// allow. A payment that is stopped by the order costs nothing; by-passing costs O(queue).
  public mutating func settleQueue(of payer: Int) {
    guard rule.settlesGross, !queues[payer].isEmpty else { return }
    if accounts[payer].liquidity < min(queues[payer].smallest, rule.maximumPart ?? .max) { return }
    var smallest = Int64.max
    var index = 0
    while index < queues[payer].count {
      let entry = queues[payer][index]
      guard isEligible(entry) else {
        // What is of the open batch stops those behind it; what waits for others does not.
        if rule.collects, rule.order.isStrict { return }
        smallest = min(smallest, entry.remaining)
        index += 1
        continue
      }
      var remaining = entry.remaining
      let obstacle = settleGross(entry.payment, &remaining, .queue)
      if remaining < entry.remaining {
        take(entry.remaining - remaining, at: index, of: payer)
      }
      if obstacle != nil {
        if rule.order.isStrict { return }
        smallest = min(smallest, remaining)
        index += 1
      }
    }
    queues[payer].noteSmallest(smallest)
  }

  /// Settles waiting payments by themselves of those who can pay more than before, and of those
  /// whom that pays, until nothing moves. They stay noted for what else they may release.
  public mutating func settleQueuesOfAffected() {
    var seen: ContiguousArray<Int> = []
    var next = takeAffected()
    while !next.isEmpty {
      for participant in next { settleQueue(of: participant) }
      seen.append(contentsOf: next)
      next = takeAffected()
    }
    for participant in seen { noteAffected(participant) }
  }

  /// Takes `amount` that has settled off the waiting payment at `index`.
  mutating func take(_ amount: Int64, at index: Int, of payer: Int) {
    let entry = queues[payer][index]
    searches.changed()
    queuedValue -= amount
    stalls.taken(entry, amount, isWhole: amount == entry.remaining)
    guard queues[payer].settle(amount, at: index) else { return }
    queuedCount -= 1
    pairs.remove(entry.payment)
  }

  /// Settles a payment, or as many full parts of it as can be.
  /// - Returns: what stops the rest; nil if nothing remains.
  mutating func settleGross(
    _ payment: InterbankPayment, _ remaining: inout Int64, _ way: SettlementMechanism
  ) -> SettlementReason? {
    let mechanism = accounts.keepsPositions ? .continuousNet : way
    let maximum = maximumPart(of: payment)
    while remaining > 0 {
      let part = min(remaining, maximum)
      if let obstacle = accounts.obstacle(
        payment.payer, to: payment.payee, amount: part, payment.priority)
      {
        return obstacle
      }
      remaining -= part
      if planted(Plant.partCountedTwice), remaining > part { remaining -= part }
      let isPart = payment.amount > maximum
      move(
        payment, part: part, remaining: remaining, isPart ? .split : mechanism, group: nextGroup())
      finishGroup(payer: payment.payer)
    }
    return nil
  }

  /// The largest part that the payment settles in; never less than a thousandth of it.
  func maximumPart(of payment: InterbankPayment) -> Int64 {
    guard let maximum = rule.maximumPart else { return .max }
    return max(maximum, (payment.amount - 1) / SettlementState.maximumParts + 1)
  }

  /// Whether a waiting payment may settle by itself now.
  private func isEligible(_ entry: QueuedPayment) -> Bool {
    if rule.collects, entry.payment.priority != .urgent, entry.sequence > batch.closedThrough {
      return false
    }
    guard let patience = rule.patience, entry.payment.priority != .urgent else { return true }
    if now - entry.entered >= patience { return true }
    guard let deadline = entry.payment.deadline else { return false }
    return now >= deadline - patience
  }
}
