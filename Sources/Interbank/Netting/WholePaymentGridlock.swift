/// Simultaneous settlement of whole payments in any order, a payer's later ones before its earlier
/// ones if need be.
///
/// Without an order to keep, choosing the set of largest value is NP-hard, for it holds the
/// knapsack
/// problem (Güntzer, Jungnickel and Leclerc, "Efficient Algorithms for the Clearing of Interbank
/// Payments", European Journal of Operational Research 106, 1998). So there are three answers: a
/// good set (`settleable`), a set that is proven best if that takes few steps (`optimum`), and a
/// value that no set exceeds (`bound`).
public enum WholePaymentGridlock {
  /// A settleable set of large value, by a heuristic; not the largest in general.
  ///
  /// Three beginnings are tried: what `BechSoramaki` settles, all payments, and the payments that
  /// an
  /// optimal clearing in parts fills. Each is made settleable by taking out, from a payer that is
  /// short, the payment that suffices at least loss, and then filled with what fits, the largest
  /// first. The best is improved by exchanges: one payment in, others out for it, what fits in
  /// again. The value is never below that of `BechSoramaki`.
  ///
  /// - Parameters:
  ///   - queue: payments in order.
  ///   - available: what each participant may still pay, in minor units, as in `BechSoramaki`.
  ///   - limits: multilateral and bilateral limits to keep.
  ///   - maximumExchanges: how many exchanges are tried, which bounds the work.
  /// - Returns: positions in `queue`, ascending; empty if nothing was found.
  /// - Complexity: O(exchanges * payments) at worst.
  public static func settleable(
    queue: [NettablePayment], available: [Int64], limits: SettlementLimits? = nil,
    maximumExchanges: Int = 1_000
  ) -> [Int] {
    var search = WholePaymentSearch(queue: queue, available: available, limits: limits)
    let beginnings = [
      BechSoramaki.settleable(queue: queue, available: available, limits: limits),
      Array(queue.indices),
      filledByClearing(queue: queue, available: available),
    ]
    var best: (value: Int128, set: [Int]) = (0, [])
    for beginning in beginnings {
      search.restart(from: beginning)
      if search.value > best.value { best = (search.value, search.set.positions) }
    }
    search.restart(from: best.set)
    search.improve(maximumExchanges: maximumExchanges)
    return search.set.positions
  }

  /// A value that no settleable set exceeds: that of the largest clearing in parts with the same
  /// liquidity, without bilateral limits. In minor units.
  public static func bound(
    queue: [NettablePayment], available: [Int64], limits: SettlementLimits? = nil
  ) -> Int128 {
    clearing(queue: queue, available: available, limits: limits).totalCleared
  }

  private static func clearing(
    queue: [NettablePayment], available: [Int64], limits: SettlementLimits?
  ) -> Circulation {
    let liquidity = available.indices.map { participant in
      let limit = limits.flatMap { $0.multilateral.isEmpty ? nil : $0.multilateral[participant] }
      return max(0, min(available[participant], limit ?? .max))
    }
    return MaximumCirculation.clear(
      obligations: queue, participants: available.count, liquidity: liquidity)
  }

  /// For each pair, the payments, largest first, that find room in what is cleared of the pair.
  static func filledByClearing(queue: [NettablePayment], available: [Int64]) -> [Int] {
    let clearing = clearing(queue: queue, available: available, limits: nil)
    let pairs = PairSums(gross: queue, participants: available.count)
    var room = [Int128](repeating: 0, count: pairs.sums.count)
    for position in queue.indices {
      room[pairs.cells[position]] += Int128(clearing.cleared[position])
    }
    return WholePaymentSearch.largestFirst(queue).filter { position in
      let amount = Int128(queue[position].amount)
      guard amount <= room[pairs.cells[position]] else { return false }
      room[pairs.cells[position]] -= amount
      return true
    }
  }
}
