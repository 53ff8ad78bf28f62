/// Multilateral gridlock resolution that keeps the order of each payer's queue (Bech and Soramäki,
/// "Gridlock Resolution in Interbank Payment Systems", Bank of Finland Discussion Paper 9/2001).
public enum BechSoramaki {
  /// The largest set of queued payments that can settle at one moment when no payer's payment may
  /// settle before its earlier ones.
  ///
  /// A set is settleable when every participant that pays in it has liquidity plus receipts of at
  /// least its payments, and the limits hold in the same manner. Any two settleable sets that keep
  /// the order have a settleable union, so there is one largest, which holds every other: the
  /// optimum by count and by value alike. It is found from above: from all payments, one whose
  /// payer is short must go, and as earlier ones may not go first, the payer's last one does.
  ///
  /// That holds with limits too. A multilateral limit is less liquidity. A bilateral limit that is
  /// exceeded can only be met by fewer payments of its payer, since the counterparty's payments, of
  /// which the final set has no more, give it room; so again the payer's last ones go, down to one
  /// under that limit.
  ///
  /// The result does not depend on how the payments of different payers interleave.
  ///
  /// - Parameters:
  ///   - queue: payments in order; of one payer, the earlier settles first.
  ///   - available: what each participant may still pay out of its own: balance plus credit less
  ///     reservations, in minor units. Where it is below zero, receipts must make up for it before
  ///     anything is paid.
  ///   - limits: multilateral and bilateral limits to keep.
  /// - Returns: positions in `queue`, ascending; empty if nothing can settle.
  /// - Complexity: O(payments + participants), and a sort of and look-ups in the bilateral limits.
  public static func settleable(
    queue: [NettablePayment], available: [Int64], limits: SettlementLimits? = nil
  ) -> [Int] {
    var set = SimultaneousSettlement(queue: queue, available: available, limits: limits)
    for position in queue.indices { set.insert(position) }

    let ordered = PairSums.stableOrder(Array(queue.indices), keys: available.count) {
      queue[$0].payer
    }
    // The payments of a payer end before `ends[payer]` in `ordered`.
    var ends = [Int](repeating: 0, count: available.count)
    for payment in queue { ends[payment.payer] += 1 }
    for payer in ends.indices.dropFirst() { ends[payer] += ends[payer - 1] }

    var short = available.indices.filter { set.isShort($0) }
    while let payer = short.popLast() {
      while set.isShort(payer) {
        ends[payer] -= 1
        let last = ordered[ends[payer]]
        let payee = queue[last].payee
        let wasShort = set.isShort(payee)
        set.remove(last)
        if !wasShort, set.isShort(payee) { short.append(payee) }
      }
    }
    return set.positions
  }
}
