extension WholePaymentGridlock {
  /// Payments among which sets are improved at most; of a longer queue, the largest that are left.
  static let longestImproved = 1_024
  /// Of a longer queue no search begins with all its payments.
  private static let longestFromAll = 256

  /// A settleable set of large value, the largest if the queue is short and the search ends within
  /// its nodes.
  ///
  /// The search begins as that of `settleable` does and with what `PairAndCycleOffset` settles, of
  /// pairs whole or in part, as well; it improves the best by exchanges, and goes on by branch and
  /// bound as `optimum` does. Its value is never below that of `BechSoramaki` nor that of
  /// `PairAndCycleOffset`. Of a queue of more than 1,024 payments the best of these is taken, and
  /// the rest is searched among the largest.
  ///
  /// - Parameters:
  ///   - queue: payments in order.
  ///   - available: what each participant may still pay, in minor units, as in `BechSoramaki`.
  ///   - limits: multilateral and bilateral limits to keep.
  ///   - maximumNodes: of the search tree of a short queue, and the payments that exchanges look
  ///     at in another; bounds the work.
  /// - Returns: positions in `queue`, ascending; empty if nothing was found.
  public static func best(
    queue: [NettablePayment], available: [Int64], limits: SettlementLimits? = nil,
    maximumNodes: Int
  ) -> [Int] {
    let ordered = BechSoramaki.settleable(queue: queue, available: available, limits: limits)
    if ordered.count == queue.count { return ordered }
    var beginnings = [
      ordered, PairAndCycleOffset.settleable(queue: queue, available: available, limits: limits),
    ]
    // Of two participants it would be the search itself.
    if available.count > 2, maximumNodes > 0 {
      beginnings.append(
        PairAndCycleOffset.settleable(
          queue: queue, available: available, limits: limits,
          nodesPerPair: max(1, maximumNodes / (available.count * available.count))))
    }
    guard queue.count > longestImproved else {
      return improved(
        from: beginnings, queue: queue, available: available, limits: limits,
        maximumNodes: maximumNodes)
    }
    var taken: [Int] = []
    for set in beginnings where value(set, of: queue) > value(taken, of: queue) { taken = set }
    let rest = Rest(of: queue, besides: taken, available: available, limits: limits)
    let more = improved(
      from: [], queue: rest.queue, available: rest.available, limits: rest.limits,
      maximumNodes: maximumNodes)
    return (taken + more.map { rest.positions[$0] }).sorted()
  }

  private static func value(_ set: [Int], of queue: [NettablePayment]) -> Int128 {
    set.reduce(0) { $0 + Int128(queue[$1].amount) }
  }

  /// The best set that is found from these beginnings, which are settleable, and from others.
  private static func improved(
    from given: [[Int]], queue: [NettablePayment], available: [Int64], limits: SettlementLimits?,
    maximumNodes: Int
  ) -> [Int] {
    var search = WholePaymentSearch(queue: queue, available: available, limits: limits)
    var beginnings = given + [filledByClearing(queue: queue, available: available)]
    if queue.count <= longestFromAll { beginnings.append(Array(queue.indices)) }
    var best: (value: Int128, set: [Int]) = (0, [])
    for beginning in beginnings {
      search.restart(from: beginning)
      if search.value > best.value { best = (search.value, search.set.positions) }
    }
    let bound = bound(queue: queue, available: available, limits: limits)
    if best.value == bound { return best.set }
    search.restart(from: best.set)
    search.improve(maximumExchanges: min(1_000, maximumNodes / max(1, queue.count)))
    return searched(
      queue: queue, available: available, limits: limits, from: search.set.positions,
      value: search.value, bound: bound, maximumSteps: maximumNodes
    ).set
  }
}

/// What is left of a queue after some of it has settled: its largest payments, and what
/// participants may pay then.
private struct Rest {
  /// Ascending.
  let positions: [Int]
  let queue: [NettablePayment]
  let available: [Int64]
  var limits: SettlementLimits?

  init(
    of whole: [NettablePayment], besides taken: [Int], available: [Int64],
    limits given: SettlementLimits?
  ) {
    var set = SimultaneousSettlement(queue: whole, available: available, limits: given)
    for position in taken { set.insert(position) }
    positions = WholePaymentSearch.largestFirst(whole).lazy.filter { !set.includes[$0] }
      .prefix(WholePaymentGridlock.longestImproved).sorted()
    queue = positions.map { whole[$0] }
    // Multilateral limits are in the cover.
    self.available = set.cover.map { Int64(clamping: $0) }
    guard let given, !given.bilateral.isEmpty else { return }
    let pairs = PairSums(
      participants: available.count, count: taken.count,
      entry: { (whole[taken[$0]].payer, whole[taken[$0]].payee, whole[taken[$0]].amount) })
    limits = SettlementLimits(
      bilateral: given.bilateral.map { limit in
        let net =
          pairs.sum(limit.payer, limit.payee) - pairs.sum(limit.payee, limit.payer)
        var left = limit
        left.remaining = Int64(clamping: Int128(limit.remaining) - net)
        return left
      })
  }
}
