/// Where every payment stands, with the loads, batches, imbalances and exact cost that follow.
///
/// Payments are moved one at a time. A search may exceed limits on its way; `overload` says by how
/// much, and is zero in every arrangement that is kept. Costs are in millionths of a minor unit.
struct Arrangement {
  let grid: PlanningGrid
  /// Slot of each payment, `deferred` if it has none.
  private(set) var slots: [Int]
  /// Payments by key.
  private(set) var counts: [Int]
  /// Cost of the whole, exact.
  private(set) var cost: Int64 = 0
  private var liquidityLoads: [Int64]
  private var counterpartyLoads: [Int64]
  /// Collected less paid out, by value date and currency.
  private(set) var imbalances: [Int64]
  private var conversionCosts: [Int64]
  /// Value above the limits, over all of them.
  private(set) var overload: Int64 = 0

  static let deferred = -1

  /// All payments put off.
  init(_ grid: PlanningGrid) {
    self.grid = grid
    slots = Array(repeating: Self.deferred, count: grid.problem.payments.count)
    counts = Array(repeating: 0, count: grid.lanes * grid.slots)
    liquidityLoads = Array(repeating: 0, count: grid.liquidity.count)
    counterpartyLoads = Array(repeating: 0, count: grid.counterpartyLimits.count)
    imbalances = Array(repeating: 0, count: PlanningGrid.dates * grid.problem.currencies)
    conversionCosts = Array(repeating: 0, count: PlanningGrid.dates)
    for payment in grid.problem.payments { cost += grid.deferralCost(of: payment) }
  }

  func key(_ payment: PlanningPayment, _ slot: Int) -> Int {
    grid.lane(destination: payment.destination, counterparty: payment.counterparty) * grid.slots
      + slot
  }

  /// What the limits leave for a currency in a window.
  func liquidityRoom(currency: Int, window: Int) -> Int64 {
    let index = currency * PlanningGrid.windows + window
    return grid.liquidity[index] - liquidityLoads[index]
  }

  /// What the limits leave for a counterparty in a window.
  func counterpartyRoom(counterparty: Int, window: Int) -> Int64 {
    let index = counterparty * PlanningGrid.windows + window
    return grid.counterpartyLimits[index] - counterpartyLoads[index]
  }

  /// Whether the limits leave room for a payment in a slot. Its deadline is not looked at.
  func fits(_ position: Int, in slot: Int) -> Bool {
    let window = grid.window(ofSlot: slot)
    let current = slots[position]
    if current >= 0, grid.window(ofSlot: current) == window { return true }
    let payment = grid.problem.payments[position]
    return payment.value <= liquidityRoom(currency: payment.destination, window: window)
      && payment.value <= counterpartyRoom(counterparty: payment.counterparty, window: window)
  }

  /// What moving a payment would add to the price of batches.
  func batchDelta(_ position: Int, to slot: Int) -> Int64 {
    let payment = grid.problem.payments[position]
    let current = slots[position]
    if slot == current { return 0 }
    var delta: Int64 = 0
    if slot >= 0 {
      let count = counts[key(payment, slot)]
      let rail = grid.rail(ofSlot: slot)
      delta += grid.price(rail: rail, of: count + 1) - grid.price(rail: rail, of: count)
    }
    if current >= 0 {
      let count = counts[key(payment, current)]
      let rail = grid.rail(ofSlot: current)
      delta += grid.price(rail: rail, of: count - 1) - grid.price(rail: rail, of: count)
    }
    return delta
  }

  /// What moving a payment would add to all other costs.
  mutating func valueDelta(_ position: Int, to slot: Int) -> Int64 {
    let payment = grid.problem.payments[position]
    let current = slots[position]
    if slot == current { return 0 }
    func ownCost(_ slot: Int) -> Int64 {
      slot >= 0
        ? grid.waitingCost(of: payment, slot: slot) : grid.deferralCost(of: payment)
    }
    let delta = ownCost(slot) - ownCost(current)
    let before = date(of: current)
    let after = date(of: slot)
    guard grid.problem.netsConversions, payment.source != payment.destination, before != after
    else { return delta }
    return delta + conversionDelta(payment, -payment.value, on: before)
      + conversionDelta(payment, payment.value, on: after)
  }

  /// What moving a payment would add to the cost.
  mutating func delta(_ position: Int, to slot: Int) -> Int64 {
    batchDelta(position, to: slot) + valueDelta(position, to: slot)
  }

  private func date(of slot: Int) -> Int { slot >= 0 ? grid.days(ofSlot: slot) : -1 }

  private mutating func conversionDelta(
    _ payment: PlanningPayment, _ value: Int64, on date: Int
  ) -> Int64 {
    if date < 0 { return 0 }
    let offset = date * grid.problem.currencies
    imbalances[offset + payment.source] += value
    imbalances[offset + payment.destination] -= value
    let cost = grid.graph.cost(imbalances, at: offset)
    imbalances[offset + payment.source] -= value
    imbalances[offset + payment.destination] += value
    return cost - conversionCosts[date]
  }

  /// Moves a payment to a slot, or puts it off; limits are not looked at.
  /// - Precondition: the slot is one of the payment's own.
  mutating func move(_ position: Int, to slot: Int) {
    let current = slots[position]
    if slot == current { return }
    cost += delta(position, to: slot)
    let payment = grid.problem.payments[position]
    apply(payment, slot: current, sign: -1)
    apply(payment, slot: slot, sign: 1)
    slots[position] = slot
  }

  /// What moving a payment, which has a slot, would add to the overload.
  func overloadDelta(_ position: Int, to slot: Int) -> Int64 {
    let payment = grid.problem.payments[position]
    let from = grid.window(ofSlot: slots[position])
    let to = grid.window(ofSlot: slot)
    if from == to { return 0 }
    return liquidityDelta(payment.destination, from, to, payment.value)
      + counterpartyDelta(payment.counterparty, from, to, payment.value)
  }

  /// What exchanging the windows of two payments would add to the overload.
  func overloadDelta(exchanging first: Int, _ second: Int) -> Int64 {
    let (one, other) = (grid.problem.payments[first], grid.problem.payments[second])
    let from = grid.window(ofSlot: slots[first])
    let to = grid.window(ofSlot: slots[second])
    var delta: Int64 = 0
    if one.destination == other.destination {
      delta += liquidityDelta(one.destination, from, to, one.value - other.value)
    } else {
      delta += liquidityDelta(one.destination, from, to, one.value)
      delta += liquidityDelta(other.destination, to, from, other.value)
    }
    if one.counterparty == other.counterparty {
      delta += counterpartyDelta(one.counterparty, from, to, one.value - other.value)
    } else {
      delta += counterpartyDelta(one.counterparty, from, to, one.value)
      delta += counterpartyDelta(other.counterparty, to, from, other.value)
    }
    return delta
  }

  private func liquidityDelta(_ currency: Int, _ from: Int, _ to: Int, _ value: Int64) -> Int64 {
    Self.excessDelta(-liquidityRoom(currency: currency, window: from), -value)
      + Self.excessDelta(-liquidityRoom(currency: currency, window: to), value)
  }

  private func counterpartyDelta(
    _ counterparty: Int, _ from: Int, _ to: Int, _ value: Int64
  ) -> Int64 {
    Self.excessDelta(-counterpartyRoom(counterparty: counterparty, window: from), -value)
      + Self.excessDelta(-counterpartyRoom(counterparty: counterparty, window: to), value)
  }

  private static func excessDelta(_ excess: Int64, _ value: Int64) -> Int64 {
    max(0, excess + value) - max(0, excess)
  }

  private mutating func apply(_ payment: PlanningPayment, slot: Int, sign: Int) {
    if slot < 0 { return }
    let value = payment.value * Int64(sign)
    let window = grid.window(ofSlot: slot)
    counts[key(payment, slot)] += sign
    let liquidity = payment.destination * PlanningGrid.windows + window
    overload -= max(0, liquidityLoads[liquidity] - grid.liquidity[liquidity])
    liquidityLoads[liquidity] += value
    overload += max(0, liquidityLoads[liquidity] - grid.liquidity[liquidity])
    let counterparty = payment.counterparty * PlanningGrid.windows + window
    overload -= max(0, counterpartyLoads[counterparty] - grid.counterpartyLimits[counterparty])
    counterpartyLoads[counterparty] += value
    overload += max(0, counterpartyLoads[counterparty] - grid.counterpartyLimits[counterparty])
    let date = grid.days(ofSlot: slot)
    let offset = date * grid.problem.currencies
    imbalances[offset + payment.source] += value
    imbalances[offset + payment.destination] -= value
    if grid.problem.netsConversions, payment.source != payment.destination {
      conversionCosts[date] = grid.graph.cost(imbalances, at: offset)
    }
  }
}
