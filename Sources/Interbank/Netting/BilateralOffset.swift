/// Settlement of a payment together with payments in the opposite direction, so that each pays for
/// the other.
public enum BilateralOffset {
  /// Whether the counterparty's payments must settle in the order in which they were queued.
  public enum Order: Sendable, Hashable {
    /// Those that settle are the counterparty's first ones, whomever they pay; the search ends at
    /// one that pays somebody else.
    case firstInFirstOut
    /// Any of the counterparty's payments to the payer may pass the others.
    case bypass
  }

  /// The first queued payments, one of each direction and each its payer's first, that can settle
  /// together; nil if there are none.
  ///
  /// - Parameters:
  ///   - queue: payments in order.
  ///   - available: what each participant may still pay, in minor units.
  /// - Returns: two positions, ascending; of several pairs, that whose later payment comes first.
  /// - Complexity: O(payments + participants).
  public static func pair(
    queue: [NettablePayment], available: [Int64]
  ) -> (first: Int, second: Int)? {
    NettablePayment.require(queue, participants: available.count)
    var heads = [Int?](repeating: nil, count: available.count)
    for (position, payment) in queue.enumerated() where heads[payment.payer] == nil {
      heads[payment.payer] = position
      guard let opposite = heads[payment.payee], queue[opposite].payee == payment.payer else {
        continue
      }
      if canSettle(payment, queue[opposite], available: available) { return (opposite, position) }
    }
    return nil
  }

  /// Whether two payments of opposite directions can settle at one moment: each payer has enough
  /// with what it receives from the other.
  public static func canSettle(
    _ first: NettablePayment, _ second: NettablePayment, available: [Int64]
  ) -> Bool {
    precondition(
      first.payer == second.payee && first.payee == second.payer,
      "an offset is between two participants, one payment in each direction")
    let owed = Int128(first.amount) - Int128(second.amount)
    return owed <= Int128(available[first.payer]) && -owed <= Int128(available[second.payer])
  }

  /// Payments of the counterparty that settle at one moment with `payment`, at most `maximum` of
  /// them, as in the auto-offset of Australia's RITS, which tries one against up to ten (Reserve
  /// Bank of Australia, Research Discussion Paper 2012-05).
  ///
  /// By `firstInFirstOut` the answer is the fewest of the counterparty's first payments that do. By
  /// `bypass` it is the combination that comes first in the order of the queue, taking an earlier
  /// payment before leaving it out; the search gives up after `maximumTrials` steps.
  ///
  /// - Parameters:
  ///   - payment: which is to settle; it need not be in `queue`.
  ///   - queue: payments in order, of whichever participants.
  ///   - available: what each participant may still pay, in minor units.
  ///   - maximum: number of the counterparty's payments.
  ///   - order: whether the counterparty's payments keep theirs.
  ///   - maximumTrials: steps of the search by `bypass`, which bounds its work.
  /// - Returns: positions in `queue`, ascending; empty if the payment can settle by itself; nil if
  ///   it cannot.
  public static func find(
    payment: NettablePayment, against queue: [NettablePayment], available: [Int64],
    maximum: Int = 10, order: Order = .firstInFirstOut, maximumTrials: Int = 4_096
  ) -> [Int]? {
    NettablePayment.require([payment], participants: available.count)
    // What the counterparty must pay so that the payer has enough, and what it can pay at most.
    let needed = Int128(payment.amount) - Int128(available[payment.payer])
    let allowed = Int128(payment.amount) + Int128(available[payment.payee])
    if needed <= 0 { return [] }
    if allowed < needed { return nil }
    switch order {
    case .firstInFirstOut:
      var total: Int128 = 0
      var taken: [Int] = []
      for (position, queued) in queue.enumerated() where queued.payer == payment.payee {
        guard queued.payee == payment.payer, taken.count < maximum else { return nil }
        taken.append(position)
        total += Int128(queued.amount)
        if total > allowed { return nil }
        if total >= needed { return taken }
      }
      return nil
    case .bypass:
      let candidates = queue.indices.filter {
        queue[$0].payer == payment.payee && queue[$0].payee == payment.payer
      }
      var search = OffsetSearch(
        amounts: candidates.map { Int128(queue[$0].amount) }, needed: needed, allowed: allowed,
        maximum: maximum, trials: maximumTrials)
      return search.firstCombination()?.map { candidates[$0] }
    }
  }
}
