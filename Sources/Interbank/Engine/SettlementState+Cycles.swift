extension SettlementState {
  /// Tells that the payments that entered before `cutOff` (ns) and still wait are moved to the next
  /// cycle.
  public mutating func deferWaiting(before cutOff: Int64) {
    for pick in waiting(before: cutOff) {
      let payment = payment(pick)
      let reason =
        accounts.obstacle(payment.payer, to: payment.payee, amount: pick.amount, payment.priority)
        ?? .behindOthers
      events.append(.deferred(id: payment.id, reason, at: now))
    }
  }

  /// Settles at one moment all payments that entered before `cutOff` (ns) but those of debtors that
  /// cannot pay what they owe, net; leaving one out may leave others short, which are then left out
  /// too.
  public mutating func settleWithoutShortDebtors(before cutOff: Int64) {
    var candidates = waiting(before: cutOff)
    while let obstacle = obstacle(of: legs(candidates)) {
      candidates.removeAll { $0.payer == obstacle.participant }
    }
    settle(candidates, .netCycle)
  }

  /// Settles the payments between each two participants that entered before `cutOff` (ns), net;
  /// pair by pair in ascending order, and again as long as that brings money to where it was
  /// missing.
  /// - Parameter wholeDebtors: a debtor without cover pays nothing to that counterparty, instead of
  ///   its first payments as far as its cover reaches.
  public mutating func settlePairs(before cutOff: Int64, wholeDebtors: Bool) {
    while true {
      var settled: [QueuePick] = []
      for pair in waitingByPair(before: cutOff) {
        let picks = affordable(pair, wholeDebtors: wholeDebtors)
        move(picks, .netCycle)
        settled.append(contentsOf: picks)
      }
      if settled.isEmpty { return }
      settled.sort { ($0.payer, $0.index) < ($1.payer, $1.index) }
      take(settled)
    }
  }

  /// Of the payments between two participants, those that can settle at one moment when the last
  /// ones of a debtor without cover are left out.
  private mutating func affordable(_ pair: [QueuePick], wholeDebtors: Bool) -> [QueuePick] {
    var picks = pair
    while let obstacle = obstacle(of: legs(picks)) {
      if wholeDebtors {
        picks.removeAll { $0.payer == obstacle.participant }
        continue
      }
      var missing = obstacle.missing
      while missing > 0, let last = picks.lastIndex(where: { $0.payer == obstacle.participant }) {
        missing -= picks.remove(at: last).amount
      }
    }
    return picks
  }

  /// The waiting payments, pair of participants by pair; within a pair by payer and place.
  func waitingByPair(before cutOff: Int64) -> [[QueuePick]] {
    func key(_ pick: QueuePick) -> (Int, Int) {
      let payee = payment(pick).payee
      return (min(pick.payer, payee), max(pick.payer, payee))
    }
    var candidates = waiting(before: cutOff).map { (key: key($0), pick: $0) }
    candidates.sort { left, right in
      left.key != right.key
        ? left.key < right.key
        : (left.pick.payer, left.pick.index) < (right.pick.payer, right.pick.index)
    }
    var pairs: [[QueuePick]] = []
    var last = (-1, -1)
    for candidate in candidates {
      if candidate.key != last { pairs.append([]) }
      last = candidate.key
      pairs[pairs.count - 1].append(candidate.pick)
    }
    return pairs
  }
}
