/// Obligation clearing: pays as much as possible of what participants owe each other, in part where
/// need be, with no or little money (Fleischman, Dini and Littera, "Liquidity-Saving through
/// Obligation-Clearing and Mutual Credit", Journal of Risk and Financial Management 13(12), 2020).
public enum MaximumCirculation {
  /// The clearing of largest total; among those, one of least liquidity.
  ///
  /// With c the cleared part of what i owes j (at most the sum o of the obligations), q what i puts
  /// in (at most its liquidity L) and p what it receives beyond:
  ///
  ///     max sum c_ij  such that  sum_j c_ij - sum_j c_ji = q_i - p_i,  sum q = sum p,
  ///                              0 <= c_ij <= o_ij,  0 <= q_i <= L_i,  p_i >= 0
  ///
  /// This is a minimum-cost circulation on the participants and one node for all liquidity, where
  /// integer amounts give an integer optimum. A unit of c costs -2 and one of q costs 1. A simple
  /// cycle passes the node of liquidity at most once and so changes q by one at most; hence no
  /// liquidity saved makes up for a unit not cleared, and the two goals are met in that order.
  ///
  /// The part cleared of a pair's obligations goes to the earlier ones first. Total and liquidity
  /// are unique; which of several optimal clearings is returned depends on nothing but what each
  /// participant owes each other and the liquidity.
  ///
  /// - Parameters:
  ///   - obligations: what is owed, of one currency; several between the same participants may be.
  ///   - participants: number of participants.
  ///   - liquidity: own money or credit that each participant may put in, in minor units, none
  /// below
  ///     zero; empty for none at all.
  /// - Complexity: O(p^3 m) for p participants and m pairs that owe, whatever the amounts; close to
  ///   linear in m on sparse random networks.
  public static func clear(
    obligations: [NettablePayment], participants: Int, liquidity: [Int64] = []
  ) -> Circulation {
    NettablePayment.require(obligations, participants: participants)
    precondition(
      liquidity.isEmpty || liquidity.count == participants,
      "liquidity of \(liquidity.count) participants, there are \(participants)")
    precondition(liquidity.allSatisfy { $0 >= 0 }, "liquidity below zero cannot be put in")
    let owed = PairSums(gross: obligations, participants: participants)
    // Nobody puts in more than it owes, so that amounts are bounded by the sum of obligations.
    var usable = [Int128](repeating: 0, count: participants)
    for (participant, amount) in liquidity.enumerated() {
      let cells = owed.rowStarts[participant]..<owed.rowStarts[participant + 1]
      usable[participant] = min(Int128(amount), owed.sums[cells].reduce(0, +))
    }
    let gross = owed.sums.reduce(0, +)
    return gross < 1 << 61
      ? clear(obligations, owed, usable: usable, in: Int64.self)
      : clear(obligations, owed, usable: usable, in: Int128.self)
  }

  private static func clear<Amount: FixedWidthInteger & SignedInteger>(
    _ obligations: [NettablePayment], _ owed: PairSums, usable: [Int128], in: Amount.Type
  ) -> Circulation {
    var network = ResidualNetwork<Amount>(owed: owed, liquidity: usable)
    network.balance()

    let participants = usable.count
    let used = (0..<participants).map { Int128(network.liquidityUsed(by: $0)) }
    var left = (0..<owed.sums.count).map { Int128(network.cleared(cell: $0)) }
    var received = used
    for cell in left.indices {
      received[owed.firsts[cell]] -= left[cell]
      received[owed.seconds[cell]] += left[cell]
    }
    let total = left.reduce(0, +)
    let cleared = obligations.indices.map { position in
      let part = min(left[owed.cells[position]], Int128(obligations[position].amount))
      left[owed.cells[position]] -= part
      return Int64(part)
    }
    return Circulation(
      cleared: cleared, liquidityUsed: used.map { Int64($0) }, received: received,
      totalCleared: total)
  }
}
