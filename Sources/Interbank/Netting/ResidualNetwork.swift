/// The residual network of a clearing: what may still be cleared, and what may be taken back.
///
/// Nodes are the participants and, last, the reservoir of all liquidity. It begins with everything
/// cleared, which is the cheapest of all flows but leaves participants with an excess (they would
/// receive more than they pay) or a deficit; `balance()` removes these at least cost.
struct ResidualNetwork<Amount: FixedWidthInteger & SignedInteger> {
  struct Arc {
    /// What may be added along the arc.
    var residual: Amount
    var head: Int32
    /// The arc of the opposite direction, whose residual grows as this one's shrinks.
    var opposite: Int32
    /// Of a unit along the arc: -2 to clear, 1 to put in liquidity, 0 to keep what is received, and
    /// the reverse to take it back.
    var cost: Int32
  }

  let participants: Int
  let nodeCount: Int
  /// By tail; those of node v are `starts[v]..<starts[v + 1]`.
  var arcs: [Arc]
  private(set) var starts: [Int32]
  /// Receipts less payments of each node; zero everywhere in the end.
  var excess: [Amount]
  /// The arc that takes back what is cleared of each cell.
  private var takeBack: [Int32]
  /// The arc that takes back the liquidity of each participant; -1 if it has none.
  private var withdrawal: [Int32]

  init(owed: PairSums, liquidity: [Int128]) {
    precondition(owed.sums.count < 1 << 29, "more than 2^29 pairs to clear at once")
    participants = liquidity.count
    nodeCount = participants + 1
    let reservoir = participants
    let hasLiquidity = liquidity.contains { $0 > 0 }
    takeBack = [Int32](repeating: -1, count: owed.sums.count)
    withdrawal = [Int32](repeating: -1, count: participants)
    excess = [Amount](repeating: 0, count: nodeCount)

    var degrees = [Int32](repeating: 0, count: nodeCount + 1)
    func count(_ tail: Int, _ head: Int) {
      degrees[tail + 1] += 1
      degrees[head + 1] += 1
    }
    for cell in owed.sums.indices { count(owed.firsts[cell], owed.seconds[cell]) }
    for participant in 0..<participants where hasLiquidity {
      count(participant, reservoir)
      if liquidity[participant] > 0 { count(reservoir, participant) }
    }
    for node in 0..<nodeCount { degrees[node + 1] += degrees[node] }
    starts = degrees
    let none = Arc(residual: 0, head: 0, opposite: 0, cost: 0)
    arcs = [Arc](repeating: none, count: Int(degrees[nodeCount]))

    for cell in owed.sums.indices {
      let (payer, payee) = (owed.firsts[cell], owed.seconds[cell])
      let amount = Amount(owed.sums[cell])
      takeBack[cell] = add(payer, payee, 0, taken: amount, cost: -2, next: &degrees)
      excess[payer] -= amount
      excess[payee] += amount
    }
    guard hasLiquidity else { return }
    // More than all that participants could receive.
    let unlimited = owed.sums.reduce(Amount(0)) { $0 + Amount($1) }
    for participant in 0..<participants {
      _ = add(participant, reservoir, unlimited, taken: 0, cost: 0, next: &degrees)
      let own = Amount(liquidity[participant])
      if own > 0 {
        withdrawal[participant] = add(
          reservoir, participant, own, taken: 0, cost: 1, next: &degrees)
      }
    }
  }

  /// Adds an arc and its opposite; returns the opposite.
  private mutating func add(
    _ tail: Int, _ head: Int, _ residual: Amount, taken: Amount, cost: Int32, next: inout [Int32]
  ) -> Int32 {
    let (forward, backward) = (next[tail], next[head])
    next[tail] += 1
    next[head] += 1
    arcs[Int(forward)] = Arc(residual: residual, head: Int32(head), opposite: backward, cost: cost)
    arcs[Int(backward)] = Arc(residual: taken, head: Int32(tail), opposite: forward, cost: -cost)
    return backward
  }

  /// What is cleared of a cell.
  func cleared(cell: Int) -> Amount { arcs[Int(takeBack[cell])].residual }

  /// What a participant puts in.
  func liquidityUsed(by participant: Int) -> Amount {
    withdrawal[participant] < 0 ? 0 : arcs[Int(withdrawal[participant])].residual
  }
}
