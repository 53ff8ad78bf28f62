import Interbank

/// A random handful of payments between a handful of participants, everything small, so that every
/// rule is met often; and the rules of a simultaneous settlement, written apart from the code that
/// is tested.
struct NettingWorld: CustomStringConvertible {
  var queue: [NettablePayment] = []
  var available: [Int64] = []
  var limits = SettlementLimits()

  /// SplitMix64 (Steele, Lea, Flood 2014).
  struct Numbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }

    mutating func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
  }

  init(queue: [NettablePayment], available: [Int64], limits: SettlementLimits = .init()) {
    self.queue = queue
    self.available = available
    self.limits = limits
  }

  init(seed: Int, participants: ClosedRange<Int> = 2...4, payments: ClosedRange<Int> = 0...9) {
    var numbers = Numbers(seed: seed)
    let count = numbers.pick(participants)
    let largest = [2, 6, 30][numbers.pick(0...2)]
    for _ in 0..<numbers.pick(payments) {
      let payer = numbers.pick(0...count - 1)
      let payee = (payer + numbers.pick(1...count - 1)) % count
      queue.append(
        NettablePayment(payer: payer, payee: payee, amount: Int64(numbers.pick(1...largest))))
    }
    let lowest = numbers.pick(0...3) == 0 ? -largest / 2 : 0
    available = (0..<count).map { _ in Int64(numbers.pick(lowest...largest)) }
    guard numbers.pick(0...1) == 0 else { return }
    if numbers.pick(0...1) == 0 {
      limits.multilateral = (0..<count).map { _ in
        numbers.pick(0...1) == 0 ? nil : Int64(numbers.pick(lowest...largest))
      }
    }
    for payer in 0..<count {
      for payee in 0..<count where payer != payee && numbers.pick(0...2) == 0 {
        limits.bilateral.append(
          BilateralLimit(
            payer: payer, payee: payee, remaining: Int64(numbers.pick(lowest...largest))))
      }
    }
    limits.bilateral.shuffle(using: &numbers)
  }

  var description: String { "queue \(queue), available \(available), limits \(limits)" }

  /// Whether the payments at these positions may settle at one moment.
  func isSettleable(_ positions: some Sequence<Int>) -> Bool {
    let set = positions.map { queue[$0] }
    for participant in available.indices where set.contains(where: { $0.payer == participant }) {
      let paid = total(set) { $0.payer == participant }
      let received = total(set) { $0.payee == participant }
      if Int128(available[participant]) + received < paid { return false }
      if !limits.multilateral.isEmpty, let limit = limits.multilateral[participant] {
        if paid - received > Int128(limit) { return false }
      }
    }
    for limit in limits.bilateral {
      let paid = total(set) { $0.payer == limit.payer && $0.payee == limit.payee }
      let received = total(set) { $0.payer == limit.payee && $0.payee == limit.payer }
      if paid > 0, paid - received > Int128(limit.remaining) { return false }
    }
    return true
  }

  /// Whether no payer's payment is in the set without all its earlier ones.
  func keepsOrder(_ positions: Set<Int>) -> Bool {
    queue.indices.allSatisfy { later in
      !positions.contains(later)
        || (0..<later).allSatisfy {
          queue[$0].payer != queue[later].payer || positions.contains($0)
        }
    }
  }

  func value(_ positions: some Sequence<Int>) -> Int128 {
    positions.reduce(0) { $0 + Int128(queue[$1].amount) }
  }

  /// What each participant has after the payments at these positions have settled.
  func balances(after positions: [Int]) -> [Int64] {
    var balances = available
    for position in positions {
      balances[queue[position].payer] -= queue[position].amount
      balances[queue[position].payee] += queue[position].amount
    }
    return balances
  }

  /// Every set of positions.
  var subsets: some Sequence<[Int]> {
    (0..<(1 << queue.count)).lazy.map { mask in queue.indices.filter { mask >> $0 & 1 == 1 } }
  }

  private func total(
    _ set: [NettablePayment], where holds: (NettablePayment) -> Bool
  ) -> Int128 {
    set.reduce(0) { holds($1) ? $0 + Int128($1.amount) : $0 }
  }
}
