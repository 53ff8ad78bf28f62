extension Arrangement {
  /// Whole payments after the shares of a linear program. Limits may be exceeded.
  ///
  /// Classes with one slot go there; members of a split class, the largest first, each to the slot
  /// whose share has the most value left, one with room if there is any.
  static func rounded(
    _ grid: PlanningGrid, _ formulation: Formulation, values: [Double]
  ) -> Arrangement {
    var arrangement = Arrangement(grid)
    var split: [Int] = []
    for (index, payments) in formulation.classes.enumerated() {
      let fixed = formulation.fixedSlots[index]
      let whole = formulation.shares[index].first { values[$0.column] > 1 - 1e-9 }
      guard let slot = fixed >= 0 ? fixed : whole?.slot else {
        split.append(index)
        continue
      }
      for position in payments.members { arrangement.move(position, to: slot) }
    }
    for index in split { arrangement.place(index, formulation, values) }
    return arrangement
  }

  private mutating func place(_ index: Int, _ formulation: Formulation, _ values: [Double]) {
    let payments = formulation.classes[index]
    var left = formulation.shares[index].map { share in
      (slot: share.slot, value: values[share.column] * Double(payments.value))
    }
    var putOff = values[formulation.deferrals[index]] * Double(payments.value)
    for position in Neighbourhood.largestFirst(payments.members, grid.problem.payments) {
      let value = Double(grid.problem.payments[position].value)
      if putOff > value / 2 {
        putOff -= value
        continue
      }
      var best = -1
      var roomy = -1
      for (candidate, share) in left.enumerated() where share.value > 0 {
        if best < 0 || share.value > left[best].value { best = candidate }
        guard fits(position, in: share.slot) else { continue }
        if roomy < 0 || share.value > left[roomy].value { roomy = candidate }
      }
      // Rounding of the shares may leave a little of a class that goes nowhere.
      if left.isEmpty { continue }
      let chosen = roomy >= 0 ? roomy : max(0, best)
      move(position, to: left[chosen].slot)
      left[chosen].value -= value
    }
  }
}
