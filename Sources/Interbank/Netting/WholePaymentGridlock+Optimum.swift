extension WholePaymentGridlock {
  /// Queues longer than this are not searched.
  private static let longestSearched = 64

  /// The settleable set of largest value, if it can be proven to be that.
  ///
  /// The set of the heuristic is best if it reaches `bound`. Else queues of at most 64 payments are
  /// searched by branch and bound: each payment, the largest first, in and then out, leaving a
  /// branch when its rest cannot beat the best set or cannot cover what it holds.
  ///
  /// - Parameters:
  ///   - queue: payments in order.
  ///   - available: what each participant may still pay, in minor units, as in `BechSoramaki`.
  ///   - limits: multilateral and bilateral limits to keep.
  ///   - maximumSteps: payments put in or left out, which bounds the work.
  /// - Returns: positions in `queue`, ascending, possibly none; nil if it was not proven within
  ///   the steps.
  public static func optimum(
    queue: [NettablePayment], available: [Int64], limits: SettlementLimits? = nil,
    maximumSteps: Int = 1_000_000
  ) -> [Int]? {
    let found = settleable(queue: queue, available: available, limits: limits)
    let value = found.reduce(Int128(0)) { $0 + Int128(queue[$1].amount) }
    let bound = bound(queue: queue, available: available, limits: limits)
    let best = searched(
      queue: queue, available: available, limits: limits, from: found, value: value, bound: bound,
      maximumSteps: maximumSteps)
    return best.isProven ? best.set : nil
  }

  /// The best set by branch and bound from a settleable set `found` of this value, and whether it
  /// is proven that there is no better one.
  static func searched(
    queue: [NettablePayment], available: [Int64], limits: SettlementLimits?, from found: [Int],
    value: Int128, bound: Int128, maximumSteps: Int
  ) -> (set: [Int], isProven: Bool) {
    if value == bound { return (found, true) }
    guard queue.count <= longestSearched else { return (found, false) }
    var search = Search(
      set: SimultaneousSettlement(queue: queue, available: available, limits: limits),
      order: WholePaymentSearch.largestFirst(queue), best: found, bestValue: value, bound: bound,
      steps: maximumSteps)
    search.branch(at: 0, value: 0)
    return (search.best, search.steps >= 0)
  }

  private struct Search {
    var set: SimultaneousSettlement
    let order: [Int]
    var best: [Int]
    var bestValue: Int128
    let bound: Int128
    /// Steps that are left; below zero when too few were given.
    var steps: Int
    /// Sum of the payments that are not decided on.
    private var rest: Int128
    /// Of them, what each participant would receive.
    private var receipts: [Int128]

    init(
      set: SimultaneousSettlement, order: [Int], best: [Int], bestValue: Int128, bound: Int128,
      steps: Int
    ) {
      self.set = set
      self.order = order
      self.best = best
      self.bestValue = bestValue
      self.bound = bound
      self.steps = steps
      rest = NetPositions.gross(set.queue)
      receipts = set.cover.map { _ in 0 }
      for payment in set.queue { receipts[payment.payee] += Int128(payment.amount) }
    }

    /// Decides on the payment at `index` of `order` and all after it, with `value` put in so far.
    mutating func branch(at index: Int, value: Int128) {
      if bestValue == bound || steps < 0 || value + rest <= bestValue { return }
      guard index < order.count else {
        if set.cover.indices.contains(where: { set.isShort($0) }) { return }
        best = set.positions
        bestValue = value
        return
      }
      steps -= 1
      let payment = set.queue[order[index]]
      rest -= Int128(payment.amount)
      receipts[payment.payee] -= Int128(payment.amount)
      set.insert(order[index])
      if mayBeCovered(payment.payer) {
        branch(at: index + 1, value: value + Int128(payment.amount))
      }
      set.remove(order[index])
      if mayBeCovered(payment.payee) { branch(at: index + 1, value: value) }
      rest += Int128(payment.amount)
      receipts[payment.payee] += Int128(payment.amount)
    }

    /// Whether a participant would have enough if all that is undecided were paid to it.
    private func mayBeCovered(_ participant: Int) -> Bool {
      set.paymentsOf[participant] == 0 || set.cover[participant] + receipts[participant] >= 0
    }
  }
}
