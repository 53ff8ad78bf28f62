extension SettlementState {
  /// Settles at one moment the largest set of waiting payments in which no payer's payment goes
  /// before one ahead of it in the queue (Bech and Soramäki 2001).
  ///
  /// Exact but for reservations: a payer with normal payments in its queue counts with what normal
  /// payments may use.
  /// - Parameter cutOff: only payments that entered before it (ns) take part.
  /// - Returns: whether anything has settled.
  public mutating func resolveGridlock(
    _ mechanism: SettlementMechanism = .gridlockResolution, before cutOff: Int64 = .max
  ) -> Bool {
    // With a cut-off it is another set of payments at each time.
    let isWhole = cutOff == .max
    if isWhole, searches.knows(.gridlock) { return false }
    let candidates = waiting(before: cutOff)
    guard candidates.count > 0 else { return false }
    searches.begin()
    let chosen = BechSoramaki.settleable(
      queue: nettable(candidates), available: available(for: candidates),
      limits: limits(for: candidates))
    if chosen.isEmpty {
      if isWhole { searches.foundNothing(.gridlock) }
      return false
    }
    settle(chosen.map { candidates[$0] }, mechanism)
    return true
  }

  func nettable(_ candidates: [QueuePick]) -> [NettablePayment] {
    candidates.map { pick in
      NettablePayment(payer: pick.payer, payee: payment(pick).payee, amount: pick.amount)
    }
  }

  /// What each participant may pay out, net, for these payments, caps apart.
  func available(for candidates: [QueuePick]) -> [Int64] {
    var priorities = [PaymentPriority](repeating: .urgent, count: participants)
    for pick in candidates {
      priorities[pick.payer] = max(priorities[pick.payer], payment(pick).priority)
    }
    return priorities.indices.map { max(0, accounts[$0].available(for: priorities[$0])) }
  }

  /// What is left of the caps and limits of the payers of these payments; nil: there are none.
  func limits(for candidates: [QueuePick]) -> SettlementLimits? {
    // Who is above a cap that was lowered meanwhile may take part in what takes nothing from it.
    let caps = (0..<participants).map { accounts[$0].capRoom.map { max(0, $0) } }
    var bilateral: [BilateralLimit] = []
    if accounts.hasBilateralLimits {
      for payer in 0..<participants where !queues[payer].isEmpty {
        for payee in 0..<participants where payee != payer {
          guard let room = accounts.bilateralRoom(payer, to: payee) else { continue }
          bilateral.append(BilateralLimit(payer: payer, payee: payee, remaining: max(0, room)))
        }
      }
    }
    if bilateral.isEmpty, !caps.contains(where: { $0 != nil }) { return nil }
    return SettlementLimits(multilateral: caps, bilateral: bilateral)
  }
}
