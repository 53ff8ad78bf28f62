extension Arrangement {
  /// Lowers the cost by moves of whole payments until none helps, at most `rounds` times over.
  mutating func improve(
    _ neighbourhood: Neighbourhood, _ budget: inout SearchBudget, rounds: Int = 8, steps: Int = 0
  ) {
    for _ in 0..<rounds where !budget.isSpent {
      let before = cost
      movePayments(&budget)
      for lane in neighbourhood.byLane where !lane.isEmpty {
        rearrange(lane, neighbourhood, &budget, steps)
      }
      if cost == before { return }
    }
  }

  /// Moves each payment to where it costs least.
  mutating func movePayments(_ budget: inout SearchBudget) {
    let payments = grid.problem.payments
    for position in payments.indices where !budget.isSpent {
      budget.looks -= 1
      if let slot = cheapestSlot(for: position, of: grid.slots(of: position)),
        delta(position, to: slot) < 0
      {
        move(position, to: slot)
      }
    }
  }

  /// Tries to close slots of a lane, with or without opening another in exchange.
  private mutating func rearrange(
    _ lane: [Int], _ neighbourhood: Neighbourhood, _ budget: inout SearchBudget, _ steps: Int
  ) {
    let payment = grid.problem.payments[lane[0]]
    for first in 0..<grid.slots where isOpen(first, for: payment) {
      if close(first, -1, opening: -1, lane, neighbourhood, &budget, steps) { continue }
      for opened in 0..<grid.slots where !isOpen(opened, for: payment) {
        if close(first, -1, opening: opened, lane, neighbourhood, &budget, steps) { break }
        for second in 0..<first where isOpen(second, for: payment) {
          if close(first, second, opening: opened, lane, neighbourhood, &budget, steps) { break }
        }
      }
    }
  }

  /// Moves all payments of a lane out of two slots, to its open ones and `opened`, if that lowers
  /// the cost; -1 stands for no slot.
  private mutating func close(
    _ first: Int, _ second: Int, opening opened: Int, _ lane: [Int],
    _ neighbourhood: Neighbourhood, _ budget: inout SearchBudget, _ steps: Int
  ) -> Bool {
    let before = cost
    var log = MoveLog()
    for position in lane
    where slots[position] >= 0 && (slots[position] == first || slots[position] == second) {
      budget.looks -= 1
      guard let slot = refuge(for: position, first, second, opened), !budget.isSpent else {
        undo(&log)
        return false
      }
      move(position, to: slot, &log)
    }
    if !relieveByMoves(neighbourhood, &log, &budget), steps > 0 {
      balance(neighbourhood, &log, &budget, steps: steps, patience: 8)
    }
    if overload == 0, cost < before { return true }
    undo(&log)
    return false
  }

  /// The open slot that costs a payment least among those with room, or else the one with the most
  /// room.
  private mutating func refuge(
    for position: Int, _ first: Int, _ second: Int, _ opened: Int
  ) -> Int? {
    let payment = grid.problem.payments[position]
    var best: (slot: Int, delta: Int64)?
    var roomiest: (slot: Int, room: Int64)?
    for place in grid.places(of: position) {
      let slot = grid.slot(at: place)
      guard slot != first, slot != second, slot == opened || isOpen(slot, for: payment) else {
        continue
      }
      if fits(position, in: slot) {
        let delta = valueDelta(position, to: slot)
        if delta < best?.delta ?? .max { best = (slot, delta) }
      } else {
        let window = grid.window(ofSlot: slot)
        let room = min(
          liquidityRoom(currency: payment.destination, window: window),
          counterpartyRoom(counterparty: payment.counterparty, window: window))
        if room > roomiest?.room ?? .min { roomiest = (slot, room) }
      }
    }
    return best?.slot ?? roomiest?.slot
  }
}
