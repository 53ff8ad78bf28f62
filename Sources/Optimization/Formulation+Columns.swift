extension Formulation {
  /// Columns of a class: its shares, and the share put off. A fixed class has none.
  mutating func addShares(_ grid: PlanningGrid, _ index: Int) {
    let problem = grid.problem
    let payments = classes[index]
    let value = Double(payments.value)
    let spread =
      problem.netsConversions
      ? 0 : value * Double(grid.graph.distance(payments.source, payments.destination)) / 1e6
    var columns: [(slot: Int, column: Int)] = []
    for slot in slots(grid, payments) {
      let days = Double(grid.days(ofSlot: slot))
      let cost = spread + value * Double(problem.carryPartsPerMillion) * days / 1e6
      if fixedSlots[index] >= 0 {
        fixedCost += cost
      } else {
        let entries = entries(grid, index, slot)
        columns.append((slot, program.addColumn(upper: .infinity, cost: cost, entries)))
      }
    }
    shares.append(columns)
    if fixedSlots[index] >= 0 {
      deferrals.append(-1)
      return
    }
    let penalty =
      value * Double(problem.deferralPartsPerMillion) / 1e6
      + Double(problem.deferralFee) * count(payments)
    deferrals.append(
      program.addColumn(upper: .infinity, cost: penalty, [(rowOfClass[index], 1)]))
  }

  private func entries(
    _ grid: PlanningGrid, _ index: Int, _ slot: Int
  ) -> [(row: Int32, coefficient: Double)] {
    let problem = grid.problem
    let payments = classes[index]
    let value = Double(payments.value)
    let window = grid.window(ofSlot: slot)
    let key = key(grid, payments, slot)
    let link = key * PlanningGrid.windows + payments.latest.rawValue
    let liquidity = payments.destination * PlanningGrid.windows + window
    let counterparty = payments.counterparty * PlanningGrid.windows + window
    var entries: [(row: Int32, coefficient: Double)] = [
      (rowOfClass[index], 1),
      (linkRow[link], value / Double(linkValue[link])),
      (countRow[key], count(payments) / Double(problem.maximumBatch)),
      (liquidityRow[liquidity], value / Double(max(1, grid.liquidity[liquidity]))),
      (
        counterpartyRow[counterparty],
        value / Double(max(1, grid.counterpartyLimits[counterparty]))
      ),
    ]
    if problem.netsConversions, payments.source != payments.destination {
      let offset = grid.days(ofSlot: slot) * problem.currencies
      entries.append((flowRow[offset + payments.source], value / flowUnit))
      entries.append((flowRow[offset + payments.destination], -value / flowUnit))
    }
    return entries
  }

  /// Columns of the numbers of batches.
  mutating func addBatches(_ grid: PlanningGrid) {
    let problem = grid.problem
    for (key, count) in keyCount.enumerated() where count > 0 {
      let rail = problem.rails[grid.rail(ofSlot: key % grid.slots)]
      let discounted = rail.earnsDiscount && grid.discountedBatches(of: count) > 0
      let share = discounted ? Double(problem.discountPartsPerMillion) / 1e6 : 0
      var entries: [(row: Int32, coefficient: Double)] = [(countRow[key], -1)]
      for window in 0..<PlanningGrid.windows {
        entries.append((linkRow[key * PlanningGrid.windows + window], -1))
      }
      keys.append(key)
      batches.append(
        program.addColumn(
          upper: Double(grid.batches(of: count)),
          cost: Double(rail.fee) * (1 - share) + Double(rail.operatorFee), entries))
    }
  }

  /// Columns of the conversions between quoted pairs, in either direction.
  mutating func addConversions(_ grid: PlanningGrid) {
    let currencies = grid.problem.currencies
    for date in 0..<PlanningGrid.dates {
      for quote in grid.problem.quotes {
        for (from, to) in [(quote.first, quote.second), (quote.second, quote.first)] {
          _ = program.addColumn(
            upper: .infinity, cost: Double(quote.partsPerMillion) / 1e6 * flowUnit,
            [
              (flowRow[date * currencies + from], -1), (flowRow[date * currencies + to], 1),
            ])
        }
      }
    }
  }

  /// A basis that is all but dual feasible: every class in the tightest window of its lane, the
  /// batches there open, the rest slack. It saves about a third of the first solution's steps.
  func startingBasis(_ grid: PlanningGrid) -> [UInt8] {
    let (basic, atUpper, atLower): (UInt8, UInt8, UInt8) = (1, 2, 3)
    var columns = Array(repeating: atLower, count: program.columnCount)
    var rows = Array(repeating: basic, count: program.rowCount)
    var tightest = Array(repeating: PlanningGrid.windows, count: grid.lanes)
    for payments in classes {
      let lane = grid.lane(
        destination: payments.destination, counterparty: payments.counterparty)
      tightest[lane] = min(tightest[lane], payments.latest.rawValue)
    }
    for (index, payments) in classes.enumerated() {
      let lane = grid.lane(
        destination: payments.destination, counterparty: payments.counterparty)
      let share = shares[index].last { grid.window(ofSlot: $0.slot) <= tightest[lane] }
      guard let share else { continue }
      columns[share.column] = basic
      rows[Int(rowOfClass[index])] = atLower
      let key = key(grid, payments, share.slot)
      let link = linkRow[key * PlanningGrid.windows + payments.latest.rawValue]
      if payments.latest.rawValue == tightest[lane], link >= 0, rows[Int(link)] == basic {
        let entry = keys.firstIndex(of: key)!
        if columns[batches[entry]] != basic {
          columns[batches[entry]] = basic
          rows[Int(link)] = atUpper
        }
      }
    }
    return columns + rows
  }
}
