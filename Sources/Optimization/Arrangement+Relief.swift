/// A limit that is exceeded.
struct Excess {
  /// Payments that count towards it.
  var members: [Int]
  var window: Int
  var value: Int64
}

extension Arrangement {
  /// Moves payments until no limit is exceeded: to open slots with room, then by exchanging two of
  /// them, and at last to closed slots, or off. Ends with no overload.
  mutating func relieve(_ neighbourhood: Neighbourhood, _ budget: inout SearchBudget) {
    var log = MoveLog()
    balance(neighbourhood, &log, &budget)
    evict(neighbourhood)
  }

  /// Moves payments to open slots of their lanes that have room while that helps; true if no limit
  /// is exceeded any longer.
  mutating func relieveByMoves(
    _ neighbourhood: Neighbourhood, _ log: inout MoveLog, _ budget: inout SearchBudget
  ) -> Bool {
    var before = Int64.max
    while overload > 0, overload < before {
      before = overload
      for limit in excesses(neighbourhood) {
        var left = limit.value
        for position in limit.members where left > 0 {
          let value = grid.problem.payments[position].value
          if value <= left, stands(position, in: limit.window),
            leave(limit.window, position, &log, &budget)
          {
            left -= value
          }
        }
        for position in limit.members.reversed() where left > 0 {
          let value = grid.problem.payments[position].value
          if stands(position, in: limit.window),
            leave(limit.window, position, &log, &budget)
          {
            left -= value
          }
        }
      }
    }
    return overload == 0
  }

  func excesses(_ neighbourhood: Neighbourhood) -> [Excess] {
    var excesses: [Excess] = []
    for window in 0..<PlanningGrid.windows {
      for (currency, members) in neighbourhood.byCurrency.enumerated() {
        let excess = -liquidityRoom(currency: currency, window: window)
        if excess > 0 {
          excesses.append(Excess(members: members, window: window, value: excess))
        }
      }
      for (counterparty, members) in neighbourhood.byCounterparty.enumerated() {
        let excess = -counterpartyRoom(counterparty: counterparty, window: window)
        if excess > 0 {
          excesses.append(Excess(members: members, window: window, value: excess))
        }
      }
    }
    return excesses
  }

  /// Whether a payment has a slot in a window.
  private func stands(_ position: Int, in window: Int) -> Bool {
    let current = slots[position]
    return current >= 0 && grid.window(ofSlot: current) == window
  }

  /// Moves a payment out of its window, to the open slot with room that costs least.
  private mutating func leave(
    _ window: Int, _ position: Int, _ log: inout MoveLog, _ budget: inout SearchBudget
  ) -> Bool {
    if budget.isSpent { return false }
    budget.looks -= 1
    let payment = grid.problem.payments[position]
    var best: (slot: Int, delta: Int64)?
    for place in grid.places(of: position) {
      let slot = grid.slot(at: place)
      guard grid.window(ofSlot: slot) != window, isOpen(slot, for: payment),
        fits(position, in: slot)
      else { continue }
      let delta = valueDelta(position, to: slot)
      if delta < best?.delta ?? .max { best = (slot, delta) }
    }
    guard let best else { return false }
    move(position, to: best.slot, &log)
    return true
  }

  /// Takes payments out of windows whose limits are exceeded, the cheapest for its value first: to
  /// any slot with room, or off.
  private mutating func evict(_ neighbourhood: Neighbourhood) {
    while let limit = excesses(neighbourhood).first {
      var best: (position: Int, slot: Int, price: Double)?
      for position in limit.members {
        guard stands(position, in: limit.window) else { continue }
        let payment = grid.problem.payments[position]
        let usable = grid.slots(of: position)
          .filter { grid.window(ofSlot: $0) != limit.window }
        let slot = cheapestSlot(for: position, of: usable) ?? Self.deferred
        let useful = Double(min(payment.value, limit.value))
        let price = Double(max(1, delta(position, to: slot))) / useful
        if price < best?.price ?? .infinity { best = (position, slot, price) }
      }
      guard let best else { preconditionFailure("a limit is exceeded by no payment") }
      move(best.position, to: best.slot)
    }
  }
}
