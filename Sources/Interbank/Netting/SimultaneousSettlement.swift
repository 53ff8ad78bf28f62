/// A set of queued payments that are to settle at one moment, and what each participant and each
/// bilateral limit would have left.
///
/// The set is covered when every participant that pays anything has nothing below zero left, and
/// every limit under which anything is paid has too. Those who pay nothing are not asked: liquidity
/// may be below zero, after a credit line was cut.
struct SimultaneousSettlement {
  let queue: [NettablePayment]
  /// Whether the payment at each position is in the set.
  private(set) var includes: [Bool]
  /// Liquidity of each participant plus receipts less payments of the set.
  private(set) var cover: [Int128]
  /// How many payments of the set each participant makes.
  private(set) var paymentsOf: [Int]
  /// Limits of each participant that the set exceeds.
  private var exceededLimits: [Int]
  private var limits: [Limit] = []
  /// The limit on each payment, and the one that it gives room to; -1 if there is none.
  private var limitOn: [Int32] = []
  private var limitFreedBy: [Int32] = []

  private struct Limit {
    var payer: Int
    var room: Int128
    /// Payments of the set under this limit.
    var uses = 0
    var isExceeded: Bool { uses > 0 && room < 0 }
  }

  /// The empty set.
  ///
  /// - Parameter available: what each participant may still pay, in minor units.
  init(queue: [NettablePayment], available: [Int64], limits: SettlementLimits?) {
    NettablePayment.require(queue, participants: available.count)
    self.queue = queue
    includes = [Bool](repeating: false, count: queue.count)
    cover = available.map { Int128($0) }
    paymentsOf = [Int](repeating: 0, count: available.count)
    exceededLimits = paymentsOf
    if let limits { apply(limits) }
  }

  private mutating func apply(_ given: SettlementLimits) {
    precondition(
      given.multilateral.isEmpty || given.multilateral.count == cover.count,
      "\(given.multilateral.count) multilateral limits for \(cover.count) participants")
    for (participant, limit) in given.multilateral.enumerated() {
      if let limit { cover[participant] = min(cover[participant], Int128(limit)) }
    }
    guard !given.bilateral.isEmpty else { return }
    let sorted = given.bilateral.sorted { ($0.payer, $0.payee) < ($1.payer, $1.payee) }
    for (limit, next) in zip(sorted, sorted.dropFirst()) {
      precondition(
        limit.payer != next.payer || limit.payee != next.payee,
        "two bilateral limits of \(limit.payer) against \(limit.payee); give the smaller one only")
    }
    limits = sorted.map { Limit(payer: $0.payer, room: Int128($0.remaining)) }
    func find(_ payer: Int, _ payee: Int) -> Int32 {
      var (low, high) = (0, sorted.count)
      while low < high {
        let middle = (low + high) / 2
        if (sorted[middle].payer, sorted[middle].payee) < (payer, payee) {
          low = middle + 1
        } else {
          high = middle
        }
      }
      guard low < sorted.count, sorted[low].payer == payer, sorted[low].payee == payee else {
        return -1
      }
      return Int32(low)
    }
    limitOn = queue.map { find($0.payer, $0.payee) }
    limitFreedBy = queue.map { find($0.payee, $0.payer) }
  }

  /// Whether the participant pays more than it has or than a limit of it allows.
  func isShort(_ participant: Int) -> Bool {
    (cover[participant] < 0 && paymentsOf[participant] > 0) || exceededLimits[participant] > 0
  }

  /// Whether the set, if it is covered, still is after `insert(position)`.
  func fits(_ position: Int) -> Bool {
    let payment = queue[position]
    guard cover[payment.payer] >= Int128(payment.amount) else { return false }
    guard !limitOn.isEmpty, limitOn[position] >= 0 else { return true }
    return limits[Int(limitOn[position])].room >= Int128(payment.amount)
  }

  /// By how much the set exceeds the limit on a payment of it; zero or below if it does not.
  func excessOverLimit(of position: Int) -> Int128 {
    guard !limitOn.isEmpty, limitOn[position] >= 0 else { return 0 }
    return -limits[Int(limitOn[position])].room
  }

  /// What the limit on a payment leaves for more payments; nil if there is none.
  func roomUnderLimit(of position: Int) -> Int128? {
    guard !limitOn.isEmpty, limitOn[position] >= 0 else { return nil }
    return limits[Int(limitOn[position])].room
  }

  /// Puts a payment that is not in the set into it.
  mutating func insert(_ position: Int) { change(position, to: true) }

  /// Takes a payment of the set out of it.
  mutating func remove(_ position: Int) { change(position, to: false) }

  private mutating func change(_ position: Int, to included: Bool) {
    precondition(includes[position] != included, "payment \(position) is where it should go")
    includes[position] = included
    let payment = queue[position]
    let amount = included ? Int128(payment.amount) : -Int128(payment.amount)
    let uses = included ? 1 : -1
    cover[payment.payer] -= amount
    cover[payment.payee] += amount
    paymentsOf[payment.payer] += uses
    guard !limitOn.isEmpty else { return }
    changeLimit(limitOn[position], room: -amount, uses: uses)
    changeLimit(limitFreedBy[position], room: amount, uses: 0)
  }

  private mutating func changeLimit(_ index: Int32, room: Int128, uses: Int) {
    guard index >= 0 else { return }
    let before = limits[Int(index)].isExceeded
    limits[Int(index)].room += room
    limits[Int(index)].uses += uses
    let after = limits[Int(index)].isExceeded
    if before != after { exceededLimits[limits[Int(index)].payer] += after ? 1 : -1 }
  }

  /// The positions of the set, ascending.
  var positions: [Int] { includes.indices.filter { includes[$0] } }
}
