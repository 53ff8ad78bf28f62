extension Arrangement {
  /// "Reuse an open batch": payments with the tightest deadline first, each into the slot that adds
  /// the least cost among those whose batch is open, else among all with room. Payments that find
  /// no room are put off.
  static func greedy(_ grid: PlanningGrid) -> Arrangement {
    var arrangement = Arrangement(grid)
    let payments = grid.problem.payments
    for latest in PlanningWindow.allCases {
      for position in payments.indices where payments[position].latest == latest {
        let payment = payments[position]
        let usable = grid.slots(of: position)
        let open = usable.filter { slot in
          !arrangement.counts[arrangement.key(payment, slot)]
            .isMultiple(of: grid.problem.maximumBatch)
        }
        if let slot = arrangement.cheapestSlot(for: position, of: open)
          ?? arrangement.cheapestSlot(for: position, of: usable)
        {
          arrangement.move(position, to: slot)
        }
      }
    }
    return arrangement
  }

  /// The slot with room that adds the least cost, the earliest of equal ones.
  mutating func cheapestSlot(for position: Int, of candidates: [Int]) -> Int? {
    var best: (slot: Int, delta: Int64)?
    for slot in candidates where fits(position, in: slot) {
      let delta = delta(position, to: slot)
      if delta < best?.delta ?? .max { best = (slot, delta) }
    }
    return best?.slot
  }
}
