/// How many moves a search may still look at.
struct SearchBudget {
  var looks: Int
  var isSpent: Bool { looks <= 0 }
}

extension Arrangement {
  /// What must gain at least to be done.
  private static let least = 1e-7

  /// Payments one after the other, the largest first, each to the place that costs least then; and
  /// those that found none once more.
  static func greedy(_ grid: RoundGrid, _ order: [Int]? = nil) -> Arrangement {
    var arrangement = Arrangement(grid)
    let payments = grid.problem.payments
    let order =
      order
      ?? payments.indices.sorted { (payments[$1].value, $0) < (payments[$0].value, $1) }
    for _ in 0..<2 {
      for payment in order where arrangement.slots[payment] < 0 {
        arrangement.moveToBest(payment, isForced: payments[payment].deferral == nil)
      }
    }
    return arrangement
  }

  /// Moves a payment to the place that costs least; false if it stays.
  @discardableResult
  mutating func moveToBest(_ payment: Int, isForced: Bool = false) -> Bool {
    let isOff = slots[payment] < 0
    return moveToBest(payment, below: isForced && isOff ? .infinity : -Self.least)
  }

  /// Moves a payment to the other place that costs least, if that changes the cost by less than
  /// `limit`; false if it stays.
  private mutating func moveToBest(_ payment: Int, below limit: Double) -> Bool {
    let former = slots[payment]
    var best = (slot: former, delta: limit)
    let lowest = grid.problem.payments[payment].deferral == nil ? 0 : Self.putOff
    for slot in lowest..<grid.places[payment].count
    where slot != former && fits(payment, in: slot) {
      let delta = trial(payment, to: slot)
      if delta < best.delta { best = (slot, delta) }
    }
    if best.slot == former { return false }
    move(payment, to: best.slot)
    return true
  }

  /// Moves single payments, groups of them and pairs until nothing is gained any more, or the
  /// budget is spent.
  mutating func improve(_ budget: inout SearchBudget) {
    var isChanged = true
    while isChanged, !budget.isSpent {
      improveSingly(&budget)
      isChanged = improveTogether(&budget)
      if !isChanged, !grid.problem.limits.isEmpty { isChanged = improveBySwaps(&budget) }
    }
  }

  /// Moves single payments until that gains nothing any more; false if none was moved.
  @discardableResult
  mutating func improveSingly(_ budget: inout SearchBudget) -> Bool {
    var (isChanged, isMoved) = (true, false)
    while isChanged, !budget.isSpent {
      isChanged = false
      for payment in slots.indices where !budget.isSpent {
        budget.looks -= grid.places[payment].count * grid.lookCost
        if moveToBest(payment) { (isChanged, isMoved) = (true, true) }
      }
    }
    return isMoved
  }

  /// Sets of payments that open a wire, or settle a currency in a round, or a pair of banks.
  private func sets() -> [[Int]] {
    var sets: [[Int]: [Int]] = [:]
    for (payment, slot) in slots.enumerated() where slot >= 0 {
      let own = grid.problem.payments[payment]
      let place = grid.places[payment][slot]
      for key in [place.wires.0, place.wires.1] where key >= 0 {
        sets[[0, key], default: []].append(payment)
      }
      let way = place.way.rawValue
      sets[[1, own.destination, place.round, way], default: []].append(payment)
      sets[
        [2, own.destination, place.round, min(own.payer, own.payee), max(own.payer, own.payee)],
        default: []
      ].append(payment)
      if place.group >= 0 {
        sets[[3, place.group, own.source, own.destination], default: []].append(payment)
        sets[[4, place.group], default: []].append(payment)
      }
      sets[[5, place.round], default: []].append(payment)
    }
    return sets.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }

  /// Moves whole sets: all to one round and way, or each to where it costs least once all are gone.
  private mutating func improveTogether(_ budget: inout SearchBudget) -> Bool {
    var isChanged = false
    for set in sets() where !budget.isSpent {
      var best = self
      for place in grid.places[set[0]] {
        budget.looks -= set.count * grid.lookCost
        var other = self
        guard other.move(set, to: RoundPlace(round: place.round, way: place.way)) else { continue }
        if other.cost < best.cost - Self.least { best = other }
      }
      budget.looks -= set.count * 4 * grid.lookCost
      var other = self
      if other.scatter(set), other.cost < best.cost - Self.least { best = other }
      if best.cost < cost - Self.least {
        self = best
        isChanged = true
      }
    }
    return isChanged
  }

  /// Moves those of a set that may to a round and way; false if some may not.
  private mutating func move(_ set: [Int], to place: RoundPlace) -> Bool {
    var isMoved = false
    for payment in set {
      guard let slot = grid.slot(of: payment, place) else { continue }
      if slots[payment] == slot { continue }
      guard fits(payment, in: slot) else { return false }
      move(payment, to: slot)
      isMoved = true
    }
    return isMoved
  }

  /// Takes a set away and puts each back where it costs least, not where it stood; false if some
  /// cannot be.
  private mutating func scatter(_ set: [Int]) -> Bool {
    for payment in set where !moveToBest(payment, below: .infinity) { return false }
    return true
  }

  /// Two payments that trade rounds, or one that makes room for another.
  private mutating func improveBySwaps(_ budget: inout SearchBudget) -> Bool {
    for first in slots.indices {
      for second in slots.indices
      where first != second && shareLimit(first, second) && !budget.isSpent {
        budget.looks -= 2 * grid.lookCost
        if swap(first, second) { return true }
      }
    }
    return false
  }

  private func shareLimit(_ first: Int, _ second: Int) -> Bool {
    let (one, other) = (grid.problem.payments[first], grid.problem.payments[second])
    return one.payer == other.payer || one.payee == other.payee || one.payer == other.payee
      || one.payee == other.payer
  }

  /// Takes one payment off, moves the other to its place, and puts the first where it costs least.
  private mutating func swap(_ first: Int, _ second: Int) -> Bool {
    let slot = slots[first]
    guard slot >= 0, slots[second] != slot else { return false }
    let place = grid.places[first][slot]
    guard
      let target = grid.slot(of: second, RoundPlace(round: place.round, way: place.way)),
      target != slots[second]
    else { return false }
    let (before, former) = (cost, slots[second])
    guard fits(first, in: Self.putOff) else { return false }
    move(first, to: Self.putOff)
    if fits(second, in: target) {
      move(second, to: target)
      moveToBest(first, isForced: grid.problem.payments[first].deferral == nil)
      if cost < before - Self.least, isSettled(first) { return true }
      move(first, to: Self.putOff)
      move(second, to: former)
    }
    move(first, to: slot)
    return false
  }

  private func isSettled(_ payment: Int) -> Bool {
    slots[payment] >= 0 || grid.problem.payments[payment].deferral != nil
  }
}
