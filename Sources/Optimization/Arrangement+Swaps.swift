/// One or two payments that move, and what that changes.
private struct Exchange {
  var leaving: Int
  var leavingSlot: Int
  /// The payment that comes instead, -1 for none, and its slot.
  var coming: Int
  var comingSlot: Int
  /// Change of cost and overload together; the less the better.
  var score: Double
}

extension Arrangement {
  /// Works the overload off by moving payments out of the limit that is exceeded most, alone or in
  /// exchange for smaller ones, the best first. Overload may wander from limit to limit; a payment
  /// that has moved stays for some steps.
  /// - Parameter steps: moves at most.
  mutating func balance(
    _ neighbourhood: Neighbourhood, _ log: inout MoveLog, _ budget: inout SearchBudget,
    steps: Int = 200, patience: Int = 200
  ) {
    var least = overload
    var lastGain = 0
    let stay = 12
    var freeFrom = Array(repeating: 0, count: slots.count)
    for step in 0..<steps where overload > 0 {
      let isFree = { (position: Int) in freeFrom[position] <= step }
      var found: Exchange?
      for limit in excesses(neighbourhood).sorted(by: { $0.value > $1.value }) {
        if budget.isSpent { return }
        found = bestExchange(limit, isFree, &budget)
        if found != nil { break }
      }
      guard let exchange = found else { return }
      move(exchange.leaving, to: exchange.leavingSlot, &log)
      freeFrom[exchange.leaving] = step + stay
      if exchange.coming >= 0 {
        move(exchange.coming, to: exchange.comingSlot, &log)
        freeFrom[exchange.coming] = step + stay
      }
      if overload < least {
        least = overload
        lastGain = step
      } else if step - lastGain >= patience {
        return
      }
    }
  }

  private mutating func bestExchange(
    _ limit: Excess, _ isFree: (Int) -> Bool, _ budget: inout SearchBudget
  ) -> Exchange? {
    let worth = 2e6 * Double(max(1, grid.problem.rails[0].fee)) / Double(overload)
    var best: Exchange?
    let inWindow = membersByWindow(limit, isFree)
    for leaving in inWindow[limit.window] {
      let payment = grid.problem.payments[leaving]
      for place in grid.places(of: leaving) {
        let slot = grid.slot(at: place)
        guard grid.window(ofSlot: slot) != limit.window, isOpen(slot, for: payment) else {
          continue
        }
        budget.looks -= 1
        let relief = Double(overloadDelta(leaving, to: slot)) * worth
        if relief < best?.score ?? .infinity {
          let score = relief + Double(delta(leaving, to: slot))
          if score < best?.score ?? .infinity {
            best = Exchange(
              leaving: leaving, leavingSlot: slot, coming: -1, comingSlot: -1, score: score)
          }
        }
        let others = inWindow[grid.window(ofSlot: slot)]
        seek(limit, leaving, slot, others, worth, &best, &budget)
      }
    }
    return best
  }

  /// Members of a limit that are free to move, by window, the largest first.
  private func membersByWindow(_ limit: Excess, _ isFree: (Int) -> Bool) -> [[Int]] {
    var result = Array(repeating: [Int](), count: PlanningGrid.windows)
    for position in limit.members where slots[position] >= 0 && isFree(position) {
      result[grid.window(ofSlot: slots[position])].append(position)
    }
    return result
  }

  /// Looks among `others` for a payment to come for `leaving`: those whose value is nearest to what
  /// relieves the limit exactly.
  private mutating func seek(
    _ limit: Excess, _ leaving: Int, _ slot: Int, _ others: [Int], _ worth: Double,
    _ best: inout Exchange?, _ budget: inout SearchBudget
  ) {
    let payments = grid.problem.payments
    let wanted = payments[leaving].value - limit.value
    var (low, high) = (0, others.count)
    while low < high {
      let middle = (low + high) / 2
      if payments[others[middle]].value > wanted { low = middle + 1 } else { high = middle }
    }
    for index in max(0, low - 4)..<min(others.count, low + 4) {
      let coming = others[index]
      let other = payments[coming]
      budget.looks -= 1
      if other.value >= payments[leaving].value { continue }
      let relief = Double(overloadDelta(exchanging: leaving, coming)) * worth
      if relief >= best?.score ?? .infinity { continue }
      for place in grid.places(of: coming) {
        let home = grid.slot(at: place)
        guard grid.window(ofSlot: home) == limit.window, isOpen(home, for: other) else { continue }
        let score =
          relief + Double(delta(leaving, to: slot)) + Double(delta(coming, to: home))
        if score < best?.score ?? .infinity {
          best = Exchange(
            leaving: leaving, leavingSlot: slot, coming: coming, comingSlot: home, score: score)
        }
      }
    }
  }
}
