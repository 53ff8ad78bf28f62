/// Inequalities that plans with whole numbers of batches satisfy and the linear program may not.
///
/// What the windows outside a set S can not take of a currency, or of a counterparty, S has to: its
/// *need*. A lane with an open key in S brings at most the value of its payments that may go there.
/// So the open keys of S solve a covering knapsack, of which two kinds of inequalities are known:
///
///     sum_{b in S} y_b + sum_g V_g / r u_g >= k
///
/// where the k lanes that bring most bring at least r each, or the rest of the need (Balas 1975),
/// and, with all lanes of a set A open, which leave r of it,
///
///     sum_{b in S, not in A} min(V_b, r) / r y_b + sum_g V_g / r u_g >= 1
///
/// (Carr, Fleischer, Leung and Phillips 2000). Value that is put off lowers the need: hence u_g.
struct CoverCuts {
  /// A group of payments, and a set of windows that has to take some of their value.
  private struct Demand {
    /// What the set has to take, and what there is in all.
    var need: Int64
    var total: Int64
    /// Lanes with payments that may go there, those with the most value first.
    var lanes: [Lane] = []
    /// Columns of the shares put off, with the value of their classes.
    var deferrals: [(column: Int, value: Int64)]

    /// A remainder near nothing would make the coefficients too large.
    func isWorth(_ rest: Int64) -> Bool { rest > total / 1_000 }

    func cut(
      _ entries: [(column: Int, coefficient: Double)], rest: Int64, least: Double
    ) -> SparseRow {
      SparseRow(
        entries: entries + deferrals.map { ($0.column, Double($0.value) / Double(rest)) },
        lower: least)
    }
  }

  private struct Lane {
    var value: Int64
    /// Columns of its numbers of batches in the set.
    var columns: [Int]
  }

  /// From these numbers of batches on, a lane counts as open when a cut is sought.
  private static let openFrom = [0.9, 0.5]

  private var demands: [Demand] = []

  /// The cuts of a formulation with links.
  init(_ formulation: Formulation, _ grid: PlanningGrid) {
    var columns = Array(repeating: -1, count: grid.lanes * grid.slots)
    for (key, column) in zip(formulation.keys, formulation.batches) { columns[key] = column }
    for currency in 0..<grid.problem.currencies {
      addDemands(formulation, grid, columns, limits: grid.liquidity, group: currency) {
        $0.destination
      }
    }
    for counterparty in 0..<grid.problem.counterparties {
      addDemands(formulation, grid, columns, limits: grid.counterpartyLimits, group: counterparty) {
        $0.counterparty
      }
    }
  }

  private mutating func addDemands(
    _ formulation: Formulation, _ grid: PlanningGrid, _ columns: [Int], limits: [Int64], group: Int,
    of groupOf: (PaymentClass) -> Int
  ) {
    let windows = PlanningGrid.windows
    let members = formulation.classes.indices.filter { groupOf(formulation.classes[$0]) == group }
    let total = members.reduce(0) { $0 + formulation.classes[$1].value }
    for set in 1..<1 << windows {
      func isIn(_ slot: Int) -> Bool { set >> grid.window(ofSlot: slot) & 1 == 1 }
      var need = total
      for window in 0..<windows where set >> window & 1 == 0 {
        need -= min(need, limits[group * windows + window])
      }
      var demand = Demand(
        need: need, total: total,
        deferrals: members.map { (formulation.deferrals[$0], formulation.classes[$0].value) })
      guard demand.isWorth(need) else { continue }
      var brought = Array(repeating: Int64(0), count: grid.lanes)
      for index in members where formulation.shares[index].contains(where: { isIn($0.slot) }) {
        let payments = formulation.classes[index]
        brought[
          grid.lane(destination: payments.destination, counterparty: payments.counterparty)] +=
          payments.value
      }
      demand.lanes = brought.indices.filter { brought[$0] > 0 }
        .sorted { (brought[$1], $0) < (brought[$0], $1) }
        .map { lane in
          let slots = (0..<grid.slots).filter { isIn($0) && columns[lane * grid.slots + $0] >= 0 }
          return Lane(
            value: brought[lane], columns: slots.map { columns[lane * grid.slots + $0] })
        }
      demands.append(demand)
    }
  }

  /// The cuts that a solution falls short of by more than `shortfall`.
  func broken(by values: [Double], shortfall: Double) -> [SparseRow] {
    demands.flatMap { demand in
      let cuts = [count(demand)] + Self.openFrom.map { cover(demand, values, openFrom: $0) }
      return cuts.compactMap { $0 }.filter { $0.lower - $0.activity(values) > shortfall }
    }
  }

  /// The least number of keys.
  private func count(_ demand: Demand) -> SparseRow? {
    var rest = demand.need
    var least = 0
    var smallest = rest
    for lane in demand.lanes {
      guard demand.isWorth(min(rest, lane.value)) else { break }
      least += 1
      smallest = min(rest, lane.value)
      rest -= smallest
    }
    if least < 2 { return nil }
    return demand.cut(
      demand.lanes.flatMap { $0.columns.map { ($0, 1) } }, rest: smallest, least: Double(least))
  }

  /// What the lanes that are not open have to bring.
  private func cover(_ demand: Demand, _ values: [Double], openFrom: Double) -> SparseRow? {
    var rest = demand.need
    var closed: [Lane] = []
    for lane in demand.lanes {
      if lane.columns.reduce(0, { $0 + values[$1] }) >= openFrom {
        rest -= lane.value
      } else {
        closed.append(lane)
      }
    }
    guard demand.isWorth(rest) else { return nil }
    let entries = closed.flatMap { lane in
      lane.columns.map { ($0, Double(min(rest, lane.value)) / Double(rest)) }
    }
    return demand.cut(entries, rest: rest, least: 1)
  }
}
