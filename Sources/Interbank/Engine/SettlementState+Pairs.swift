extension SettlementState {
  /// Sweeps over all pairs in one search; each but the last settles something.
  private static let maximumSweeps = 3

  /// Settles, pair of participants by pair, the payments of both directions of most value that
  /// their payers can cover net, whole and in any order; the pair first that offsets most.
  /// - Parameter maximumNodes: of the search of each pair.
  /// - Returns: whether anything has settled.
  public mutating func offsetPairs(maximumNodes: Int) -> Bool {
    guard queuedCount > 0, !searches.knows(.pairs(maximumNodes)) else { return false }
    searches.begin()
    var found = false
    /// Participants whose accounts have changed since the last sweep.
    var changed: Set<Int>?
    for _ in 0..<Self.maximumSweeps {
      var settled: [QueuePick] = []
      var changing: Set<Int> = []
      for pair in offsettingPairs() {
        let ends = [pair[0].payer, pair[pair.count - 1].payer]
        let isOpen = ends.contains { changed?.contains($0) ?? true || changing.contains($0) }
        let picks = isOpen ? offsetting(pair, maximumNodes: maximumNodes) : []
        if picks.isEmpty { continue }
        move(picks, .bilateral)
        changing.formUnion(ends)
        settled.append(contentsOf: picks)
      }
      changed = changing
      if settled.isEmpty { break }
      settled.sort { ($0.payer, $0.index) < ($1.payer, $1.index) }
      take(settled)
      found = true
    }
    if !found { searches.foundNothing(.pairs(maximumNodes)) }
    return found
  }

  /// The pairs with payments in both directions, that which offsets most first.
  private func offsettingPairs() -> [[QueuePick]] {
    let pairs = waitingByPair(before: .max).compactMap { pair -> (Int64, [QueuePick])? in
      let payer = pair[0].payer
      let (sent, all) = pair.reduce(into: (Int64(0), Int64(0))) { sums, pick in
        sums.1 += pick.amount
        if pick.payer == payer { sums.0 += pick.amount }
      }
      return sent == all ? nil : (min(sent, all - sent), pair)
    }
    return pairs.enumerated().sorted {
      ($1.element.0, $0.offset) < ($0.element.0, $1.offset)
    }.map(\.element.1)
  }

  /// Of the payments between two participants the set of most value that is found; none if that
  /// would be of one direction alone.
  private func offsetting(_ pair: [QueuePick], maximumNodes: Int) -> [QueuePick] {
    let (first, last) = (pair[0].payer, pair[pair.count - 1].payer)
    func room(_ payer: Int, _ payee: Int) -> Int64 {
      let priorities = pair.lazy.filter { $0.payer == payer }.map { payment($0).priority }
      return max(0, accounts.room(payer, to: payee, priorities.max() ?? .normal))
    }
    let set = WholePaymentGridlock.best(
      queue: pair.map { pick in
        let isFirst = pick.payer == first
        return NettablePayment(
          payer: isFirst ? 0 : 1, payee: isFirst ? 1 : 0, amount: pick.amount)
      },
      available: [room(first, last), room(last, first)], maximumNodes: maximumNodes)
    let picks = set.map { pair[$0] }
    guard let one = picks.first, picks.contains(where: { $0.payer != one.payer }) else { return [] }
    return picks
  }

  /// Settles at one moment the whole payments of most value that are found, in any order.
  /// - Parameter maximumNodes: of the search.
  /// - Returns: whether anything has settled.
  public mutating func settleWholePayments(maximumNodes: Int) -> Bool {
    guard queuedCount > 0, !searches.knows(.wholePayments(maximumNodes)) else { return false }
    searches.begin()
    let candidates = waiting()
    let set = WholePaymentGridlock.best(
      queue: nettable(candidates), available: available(for: candidates),
      limits: limits(for: candidates), maximumNodes: maximumNodes)
    if set.isEmpty {
      searches.foundNothing(.wholePayments(maximumNodes))
      return false
    }
    settle(set.map { candidates[$0] }, .wholePayment)
    return true
  }
}
