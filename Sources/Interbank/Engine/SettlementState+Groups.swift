import Plants

extension SettlementState {
  /// Settles parts of waiting payments at one moment.
  /// - Parameter picks: ascending by payer and place in its queue.
  /// - Precondition: together they keep cover, caps and limits.
  mutating func settle(_ picks: [QueuePick], _ mechanism: SettlementMechanism) {
    move(planted(Plant.nettedPaymentDropped) ? Array(picks.dropLast()) : picks, mechanism)
    take(picks)
  }

  /// Moves the money of `settle`; `take` must follow.
  mutating func move(_ picks: [QueuePick], _ mechanism: SettlementMechanism) {
    guard !picks.isEmpty else { return }
    if let obstacle = obstacle(of: legs(picks)) {
      preconditionFailure("\(mechanism.name) chose payments that cannot settle: \(obstacle)")
    }
    let group = nextGroup()
    for pick in picks {
      let entry = queues[pick.payer][pick.index]
      move(
        entry.payment, part: pick.amount, remaining: entry.remaining - pick.amount, mechanism,
        group: group)
    }
    for (index, pick) in picks.enumerated() where index == 0 || picks[index - 1].payer != pick.payer
    {
      finishGroup(payer: pick.payer)
    }
  }

  /// Takes what has moved off the queues.
  mutating func take(_ picks: [QueuePick]) {
    searches.changed()
    var start = 0
    while start < picks.count {
      let payer = picks[start].payer
      var end = start
      while end < picks.count, picks[end].payer == payer {
        let entry = queues[payer][picks[end].index]
        queuedValue -= picks[end].amount
        let isWhole = picks[end].amount == entry.remaining
        stalls.taken(entry, picks[end].amount, isWhole: isWhole)
        if isWhole { pairs.remove(entry.payment) }
        end += 1
      }
      queuedCount -= queues[payer].settle(ascending: picks[start..<end])
      start = end
    }
  }

  /// The waiting payments that entered before `cutOff` (ns), by payer and place.
  func waiting(before cutOff: Int64 = .max) -> [QueuePick] {
    var picks: [QueuePick] = []
    picks.reserveCapacity(queuedCount)
    for payer in queues.indices {
      for index in 0..<queues[payer].count {
        let entry = queues[payer][index]
        guard entry.entered < cutOff else { continue }
        picks.append(QueuePick(payer: payer, index: index, amount: entry.remaining))
      }
    }
    return picks
  }

  func payment(_ pick: QueuePick) -> InterbankPayment { queues[pick.payer][pick.index].payment }

  func legs(_ picks: [QueuePick]) -> [GroupLeg] {
    picks.map { GroupLeg(payment($0), amount: $0.amount) }
  }
}
