extension SettlementState {
  /// Steps of the exact search that tells a deadlock from a gridlock.
  private static let searchSteps = 2_000
  /// Queues longer than this are not searched for sets that do not keep the order.
  private static let longestSearched = 512
  /// Work of such a search for each payment, next to that of one look at it.
  private static let searchWork = 32

  /// In what kind of stall the queue is, now.
  mutating func stall() -> Gridlock.State {
    if let state = stalls.state { return state }
    if queuedCount == 0 || someSettlesAlone {
      stalls.found(.none)
    } else if stalls.hasSet, isSetCovered {
      stalls.keep()
    } else if stalls.wasDeadlock, !stalls.grown.contains(where: mayPay) {
      stalls.keep()
    } else {
      search()
    }
    return stalls.state!
  }

  /// Whether a payment that the order lets go next can settle by itself, and waits by design.
  private var someSettlesAlone: Bool {
    queues.indices.contains { payer in
      guard let first = queues[payer].first else { return false }
      if rule.order.isStrict { return settlesAlone(first) }
      guard accounts[payer].liquidity >= min(queues[payer].smallest, rule.maximumPart ?? .max)
      else { return false }
      return (0..<queues[payer].count).contains { settlesAlone(queues[payer][$0]) }
    }
  }

  private func settlesAlone(_ entry: QueuedPayment) -> Bool {
    let payment = entry.payment
    let part = min(entry.remaining, maximumPart(of: payment))
    return accounts.obstacle(
      payment.payer, to: payment.payee, amount: part, payment.priority) == nil
  }

  /// Whether the payers of the set that was found last are covered still.
  private var isSetCovered: Bool {
    !accounts.hasBilateralLimits
      && stalls.covered.indices.allSatisfy { participant in
        let net = stalls.covered[participant]
        guard net > 0 else { return true }
        return net <= accounts[participant].available(for: .normal)
          && net <= accounts[participant].capRoom ?? .max
      }
  }

  /// Whether a participant could pay any waiting payment of it if all that waits for it came in.
  private func mayPay(_ participant: Int) -> Bool {
    guard !queues[participant].isEmpty else { return false }
    var most = accounts[participant].liquidity
    if let room = accounts[participant].capRoom { most = min(most, room) }
    let least = rule.netsInParts ? 1 : queues[participant].smallest
    return Int128(most) + Int128(stalls.incoming[participant]) >= Int128(least)
  }

  private mutating func search() {
    let candidates = waiting()
    guard stalls.spend(candidates.count) else { return stalls.found(.unknown) }
    if rule.netsInParts {
      return stalls.found(circulation().isEmpty ? .deadlock : .gridlock)
    }
    let (state, set) = stall(of: candidates) { stalls.spend($0) }
    stalls.found(state)
    for index in set {
      let pick = candidates[index]
      queues[pick.payer].mark(pick.index, stalls.number)
      stalls.addMember(payment(pick), pick.amount)
    }
  }

  /// The state of these waiting payments, of which none can settle by itself, and positions of some
  /// that could settle at one moment. Sets that keep the order are found before others.
  ///
  /// - Parameter spends: whether so much work may be done.
  func stall(
    of candidates: [QueuePick], spends: (Int) -> Bool = { _ in true }
  ) -> (Gridlock.State, [Int]) {
    let queue = nettable(candidates)
    let limits = limits(for: candidates)
    let available = available(for: candidates)
    let inOrder = BechSoramaki.settleable(queue: queue, available: available, limits: limits)
    if !inOrder.isEmpty { return (.gridlock, inOrder) }
    let isShort = candidates.count <= SettlementState.longestSearched
    guard spends(candidates.count * (isShort ? SettlementState.searchWork : 1)) else {
      return (.unknown, [])
    }
    func classify(_ available: [Int64]) -> Gridlock.Finding {
      Gridlock.classifyFree(
        queue: queue, available: available, limits: limits,
        maximumPayments: SettlementState.longestSearched, maximumSteps: SettlementState.searchSteps)
    }
    let found = classify(available)
    // What is reserved for urgent payments may help some and not others.
    let all = available.indices.map { max(0, accounts[$0].liquidity) }
    guard found.state == .deadlock, all != available else { return (found.state, found.set) }
    return (classify(all).state == .deadlock ? .deadlock : .unknown, [])
  }
}
