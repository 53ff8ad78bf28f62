import Chance

/// The order in which a batch of payments settles one by one with little liquidity (McMahon,
/// McGillivray, Desai, Rivadeneyra, Lam, Lo, Marsden and Skavysh, "Improving the Efficiency of
/// Payments Systems Using Quantum Computing", Management Science 70(10), 2024, who anneal batches
/// of 70 in Canada's system; Banca d'Italia, Markets, Infrastructures, Payment Systems 78, 2026,
/// with batches of up to 700 in TARGET2).
public enum BatchReordering {
  /// What participants have when the batch begins, by participant, in minor units.
  public struct Terms: Sendable {
    /// What each may pay, net, before it uses more liquidity than it has used before; none below
    /// zero.
    public var free: [Int64]
    /// What each may pay, net, at all; none below zero.
    public var available: [Int64]

    /// Terms.
    public init(free: [Int64], available: [Int64]) {
      self.free = free
      self.available = available
    }
  }
  /// A unit that a participant does not have counts as much as so many that it has not used before.
  static let weightOfMissing: Int64 = 4

  /// What an order costs: the liquidity that participants have to use beyond what they have used
  /// before, and four times what they do not have. Minor units.
  public static func cost(_ order: [Int], of batch: [NettablePayment], _ terms: Terms) -> Int128 {
    var search = ReorderingSearch(batch: batch, terms: terms, keepsOrder: false)
    search.begin(with: order)
    return Int128(search.cost)
  }

  /// The best order that is found: never one that costs more than that of the batch.
  ///
  /// It begins with the cheaper of the order of the batch and a greedy one, and tries to move
  /// single payments. A trial is kept while it costs no more than a threshold above the last one
  /// kept; the threshold falls to zero (threshold accepting: Dueck and Scheuer, Journal of
  /// Computational Physics 90, 1990, annealing without chance in the acceptance). Trials are drawn
  /// from a stream whose seed is a hash of the batch, so that the same batch gives the same order.
  ///
  /// - Parameters:
  ///   - batch: payments in order of arrival; their sum is below 2^60 minor units.
  ///   - keepsOrder: whether a payer's payments keep theirs.
  ///   - trials: how many moves are tried, which bounds the work.
  /// - Returns: the positions of the batch, in the order to settle in.
  /// - Complexity: O(payments * (payments + trials)).
  public static func order(
    of batch: [NettablePayment], _ terms: Terms, keepsOrder: Bool, trials: Int
  ) -> [Int] {
    NettablePayment.require(batch, participants: terms.available.count)
    var search = ReorderingSearch(batch: batch, terms: terms, keepsOrder: keepsOrder)
    search.begin(with: Array(batch.indices))
    guard search.cost > search.bound else { return Array(batch.indices) }
    let greedy = search.greedyOrder()
    let arrival = search.cost
    search.begin(with: greedy)
    if search.cost >= arrival { search.begin(with: Array(batch.indices)) }
    search.improve(trials: trials)
    return search.best
  }
}

/// An order of a batch, what it costs, and the best one seen.
private struct ReorderingSearch {
  private let batch: [NettablePayment]
  private let terms: BatchReordering.Terms
  private let keepsOrder: Bool
  private var order: [Int] = []
  private(set) var cost: Int64 = 0
  private(set) var best: [Int] = []
  private var bestCost: Int64 = 0
  /// What each participant's payments cost in the order.
  private var costs: [Int64] = []
  /// What each participant pays, net, in the whole batch.
  private let net: [Int64]
  /// What no order costs less than: whoever pays net does so in any order.
  let bound: Int64

  init(batch: [NettablePayment], terms: BatchReordering.Terms, keepsOrder: Bool) {
    self.batch = batch
    self.terms = terms
    self.keepsOrder = keepsOrder
    var net = [Int64](repeating: 0, count: terms.available.count)
    for payment in batch {
      net[payment.payer] += payment.amount
      net[payment.payee] -= payment.amount
    }
    self.net = net
    bound = net.indices.reduce(0) { $0 + Self.price(terms, $1, net[$1]) }
  }

  mutating func begin(with order: [Int]) {
    self.order = order
    var running = [Int64](repeating: 0, count: net.count)
    var most = running
    for position in order {
      let payment = batch[position]
      running[payment.payer] += payment.amount
      running[payment.payee] -= payment.amount
      most[payment.payer] = max(most[payment.payer], running[payment.payer])
    }
    costs = most.indices.map { Self.price(terms, $0, most[$0]) }
    cost = costs.reduce(0, +)
    (best, bestCost) = (order, cost)
  }

  /// What a participant has to use beyond what is free, and what it does not have.
  private func cost(of participant: Int, in order: [Int]) -> Int64 {
    var (net, most): (Int64, Int64) = (0, 0)
    for position in order {
      if batch[position].payer == participant {
        net += batch[position].amount
        most = max(most, net)
      } else if batch[position].payee == participant {
        net -= batch[position].amount
      }
    }
    return Self.price(terms, participant, most)
  }

  private static func price(
    _ terms: BatchReordering.Terms, _ participant: Int, _ net: Int64
  ) -> Int64 {
    max(0, net - terms.free[participant])
      + BatchReordering.weightOfMissing * max(0, net - terms.available[participant])
  }

  /// At each step the payment that costs least then, of several the largest; where what a
  /// participant has to use in any order costs nothing.
  func greedyOrder() -> [Int] {
    var given = terms
    for participant in net.indices {
      given.free[participant] = max(given.free[participant], net[participant])
    }
    var net = [Int64](repeating: 0, count: terms.available.count)
    var left = Array(batch.indices)
    var chosen: [Int] = []
    // The step in which a payer's first payment that is left was last looked at.
    var seen = [Int](repeating: -1, count: net.count)
    while !left.isEmpty {
      var least: (cost: Int64, amount: Int64, index: Int)?
      for (index, position) in left.enumerated() {
        let payment = batch[position]
        if keepsOrder, seen[payment.payer] == chosen.count { continue }
        seen[payment.payer] = chosen.count
        let cost = Self.price(given, payment.payer, net[payment.payer] + payment.amount)
        if let least, (least.cost, -least.amount) <= (cost, -payment.amount) { continue }
        least = (cost, payment.amount, index)
      }
      guard let least else { break }
      let position = left.remove(at: least.index)
      net[batch[position].payer] += batch[position].amount
      net[batch[position].payee] -= batch[position].amount
      chosen.append(position)
    }
    return chosen
  }

  mutating func improve(trials: Int) {
    var digest = Digest()
    for payment in batch {
      digest.add(UInt64(payment.payer) << 32 | UInt64(payment.payee))
      digest.add(UInt64(payment.amount))
    }
    var random = RandomStream(seed: digest.value, component: "interbank", purpose: "reordering")
    let mean = batch.reduce(Int64(0)) { $0 + $1.amount } / Int64(batch.count)
    for trial in 0..<trials where bestCost > bound {
      let threshold = mean / 2 / Int64(trials) * Int64(trials - trial)
      let from = Int(random.below(UInt64(order.count)))
      let range = places(for: from)
      let to = range.lowerBound + Int(random.below(UInt64(range.count)))
      guard to != from else { continue }
      attempt(from, to, threshold)
    }
  }

  /// Where the payment at `from` may stand.
  private func places(for from: Int) -> ClosedRange<Int> {
    guard keepsOrder else { return 0...(order.count - 1) }
    let payer = batch[order[from]].payer
    var (low, high) = (from, from)
    while low > 0, batch[order[low - 1]].payer != payer { low -= 1 }
    while high < order.count - 1, batch[order[high + 1]].payer != payer { high += 1 }
    return low...high
  }

  private mutating func attempt(_ from: Int, _ to: Int, _ threshold: Int64) {
    let payment = batch[order[from]]
    move(from, to)
    let paying = cost(of: payment.payer, in: order)
    let receiving = cost(of: payment.payee, in: order)
    let change = paying - costs[payment.payer] + receiving - costs[payment.payee]
    guard change <= threshold else { return move(to, from) }
    cost += change
    costs[payment.payer] = paying
    costs[payment.payee] = receiving
    if cost < bestCost { (best, bestCost) = (order, cost) }
  }

  private mutating func move(_ from: Int, _ to: Int) {
    let moved = order[from]
    let step = from < to ? 1 : -1
    var place = from
    while place != to {
      order[place] = order[place + step]
      place += step
    }
    order[to] = moved
  }
}
