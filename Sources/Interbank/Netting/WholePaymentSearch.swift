/// A settleable set of whole payments that grows in value.
struct WholePaymentSearch {
  private(set) var set: SimultaneousSettlement
  /// Of all payments of the set.
  private(set) var value: Int128 = 0
  private let largestFirst: [Int]
  /// Positions by payer, each the smallest amount first.
  private let byPayer: [[Int]]
  /// Positions put in or taken out since the last `commit`, to take a trial back.
  private var changes: [Int] = []

  init(queue: [NettablePayment], available: [Int64], limits: SettlementLimits?) {
    set = SimultaneousSettlement(queue: queue, available: available, limits: limits)
    largestFirst = Self.largestFirst(queue)
    var byPayer = [[Int]](repeating: [], count: available.count)
    for position in largestFirst.reversed() { byPayer[queue[position].payer].append(position) }
    self.byPayer = byPayer
  }

  /// Positions by descending amount; of equal ones, the earlier first.
  static func largestFirst(_ queue: [NettablePayment]) -> [Int] {
    queue.indices.sorted { (queue[$1].amount, $0) < (queue[$0].amount, $1) }
  }

  /// Begins anew: the given payments, without those that must go, and with what else fits.
  mutating func restart(from positions: [Int]) {
    for position in set.positions { toggle(position) }
    for position in positions { toggle(position) }
    cover(set.cover.indices.filter { set.isShort($0) }, keeping: nil)
    fill()
    changes.removeAll(keepingCapacity: true)
  }

  /// Tries to put in each payment that is left out, the largest first, and takes others out for it,
  /// as long as that raises the value.
  mutating func improve(maximumExchanges: Int) {
    var exchanges = 0
    var improved = true
    while improved {
      improved = false
      for position in largestFirst where !set.includes[position] {
        if exchanges == maximumExchanges { return }
        exchanges += 1
        if exchange(position) { improved = true }
      }
    }
  }

  /// Puts a payment in at the expense of others, if that raises the value.
  private mutating func exchange(_ position: Int) -> Bool {
    let before = value
    toggle(position)
    // What the payee can pay now may come round to the payer.
    fill()
    cover([set.queue[position].payer], keeping: position)
    fill()
    let isBetter = value > before
    if !isBetter {
      for change in changes.reversed() { flip(change) }
    }
    changes.removeAll(keepingCapacity: true)
    return isBetter
  }

  /// Takes payments out until nobody is short, `kept` only if its payer has no other.
  private mutating func cover(_ participants: [Int], keeping kept: Int?) {
    var short = participants
    while let payer = short.popLast() {
      while set.isShort(payer) {
        guard let leaving = choice(of: payer, keeping: kept) ?? kept else {
          preconditionFailure("participant \(payer) is short but pays nothing")
        }
        let payee = set.queue[leaving].payee
        let wasShort = set.isShort(payee)
        toggle(leaving)
        if !wasShort, set.isShort(payee) { short.append(payee) }
      }
    }
  }

  /// The payment of a payer that is short which suffices at least loss, where loss is its amount
  /// and what its payee would be short of without it; if none suffices, the largest.
  private func choice(of payer: Int, keeping kept: Int?) -> Int? {
    let missing = -set.cover[payer]
    var best: (loss: Int128, position: Int)?
    var largest: Int?
    for position in byPayer[payer] where set.includes[position] && position != kept {
      let amount = Int128(set.queue[position].amount)
      let needed = max(missing, set.excessOverLimit(of: position))
      // Without lack of cover, only payments under a limit that is exceeded help.
      if needed <= 0 { continue }
      largest = position
      if amount < needed { continue }
      let cover = set.cover[set.queue[position].payee]
      let loss = amount + max(0, amount - max(0, cover))
      if best.map({ loss < $0.loss }) ?? true { best = (loss, position) }
    }
    return best?.position ?? largest
  }

  private mutating func fill() {
    var grew = true
    while grew {
      grew = false
      for position in largestFirst where !set.includes[position] && set.fits(position) {
        toggle(position)
        grew = true
      }
    }
  }

  private mutating func toggle(_ position: Int) {
    changes.append(position)
    flip(position)
  }

  private mutating func flip(_ position: Int) {
    let amount = Int128(set.queue[position].amount)
    if set.includes[position] {
      set.remove(position)
      value -= amount
    } else {
      set.insert(position)
      value += amount
    }
  }
}
