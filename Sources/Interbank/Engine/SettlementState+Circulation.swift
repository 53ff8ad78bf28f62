extension SettlementState {
  /// Settles at one moment the circulation of most value among what waits, payments in part where
  /// need be, with the least liquidity that allows it.
  ///
  /// Between two participants the earlier payments go first. A bilateral limit counts against what
  /// the payer sends, without what it receives, so that it is kept but not used up to the last.
  /// - Returns: whether anything has settled.
  public mutating func circulate() -> Bool {
    guard queuedCount > 0, !searches.knows(.circulation) else { return false }
    searches.begin()
    let picks = circulation()
    if picks.isEmpty {
      searches.foundNothing(.circulation)
      return false
    }
    settle(picks, .circulation)
    return true
  }

  /// What `circulate` settles.
  func circulation() -> [QueuePick] {
    var candidates = waiting()
    guard !candidates.isEmpty else { return [] }
    capBilaterally(&candidates)
    var liquidity = available(for: candidates)
    for index in liquidity.indices {
      if let room = accounts[index].capRoom {
        liquidity[index] = max(0, min(liquidity[index], room))
      }
    }
    let circulation = MaximumCirculation.clear(
      obligations: nettable(candidates), participants: participants, liquidity: liquidity)
    var picks: [QueuePick] = []
    for (index, cleared) in circulation.cleared.enumerated() where cleared > 0 {
      picks.append(
        QueuePick(payer: candidates[index].payer, index: candidates[index].index, amount: cleared))
    }
    return picks
  }

  /// Cuts the payments of each pair to what the payer may still send to the payee.
  private func capBilaterally(_ candidates: inout [QueuePick]) {
    guard accounts.hasBilateralLimits else { return }
    var payer = -1
    var room: [Int64] = []
    for index in candidates.indices {
      let pick = candidates[index]
      if pick.payer != payer {
        payer = pick.payer
        room = (0..<participants).map { max(0, accounts.bilateralRoom(payer, to: $0) ?? .max) }
      }
      let payee = payment(pick).payee
      candidates[index].amount = min(pick.amount, room[payee])
      room[payee] -= candidates[index].amount
    }
    candidates.removeAll { $0.amount == 0 }
  }
}
