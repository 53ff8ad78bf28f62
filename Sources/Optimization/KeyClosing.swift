/// Closes keys that a dive left open where all payments find cheaper room elsewhere.
///
/// With the open keys given, the linking rows fall away and the rest is a small linear program: a
/// trial closes one key and solves again from the last optimal basis, until its cost is known to be
/// no lower. Keys with the least value go first.
struct KeyClosing {
  let grid: PlanningGrid
  let formulation: Formulation
  let program: LinearProgram
  /// Linear programs that may be solved.
  let solveLimit: Int
  /// Share columns by entry of `formulation.batches`.
  private let columns: [[Int]]

  /// A gain below this many minor units is none.
  private static let leastGain = 1e-3

  private let start: Arrangement

  /// Trials that start from an arrangement within the limits.
  init(_ start: Arrangement, iterationLimit: Int, solveLimit: Int) {
    self.start = start
    self.solveLimit = solveLimit
    grid = start.grid
    formulation = Formulation(grid, open: start.counts.map { $0 > 0 }, after: start)
    program = LinearProgram(formulation.program, iterationLimit: iterationLimit)
    var columnsByKey = Array(repeating: [Int](), count: grid.lanes * grid.slots)
    for (index, payments) in formulation.classes.enumerated() {
      for share in formulation.shares[index] {
        columnsByKey[formulation.key(grid, payments, share.slot)].append(share.column)
      }
    }
    columns = formulation.keys.map { columnsByKey[$0] }  // ordered: an array
  }

  /// Closes what can be closed of an arrangement.
  ///
  /// A trial whose linear program is cheap enough is made whole; it counts only if its payments
  /// then keep all limits and cost less.
  func run(
    _ neighbourhood: Neighbourhood, _ budget: inout SearchBudget
  ) throws(LinearProgram.Failure) -> Arrangement {
    if solveLimit <= 0 { return start }
    var best = start
    var batches = openBatches(of: best)
    for entry in batches.indices { allow(entry, batches[entry]) }
    program.setLimit(.greatestFiniteMagnitude)
    _ = try program.solve()
    var basis = program.basis
    for entry in closable(best, batches) where program.solves < solveLimit {
      if batches[entry] == 0 { continue }
      allow(entry, batches[entry] - 1)
      if let trial = whole(below: best.cost, neighbourhood, &budget) {
        best = trial
        basis = program.basis
        batches = openBatches(of: best)
        for entry in batches.indices { allow(entry, batches[entry]) }
      } else {
        allow(entry, batches[entry])
        program.restore(basis)
      }
    }
    return best
  }

  /// Whole payments after the solution of the linear program, if they cost less than `cost`.
  private func whole(
    below cost: Int64, _ neighbourhood: Neighbourhood, _ budget: inout SearchBudget
  ) -> Arrangement? {
    let limit = Double(cost) / 1e6 - Self.leastGain
    program.setLimit(limit - formulation.fixedCost)
    guard let relaxed = try? program.solve(), relaxed + formulation.fixedCost < limit else {
      return nil
    }
    var trial = Arrangement.rounded(grid, formulation, values: program.values)
    var log = MoveLog()
    trial.balance(neighbourhood, &log, &budget)
    guard trial.overload == 0 else { return nil }
    trial.movePayments(&budget)
    return trial.cost < cost ? trial : nil
  }

  private func openBatches(of arrangement: Arrangement) -> [Double] {
    let keys = formulation.keys
    return keys.map { Double(grid.batches(of: arrangement.counts[$0])) }
  }

  /// Open keys that no class needs, those with the least value first.
  private func closable(_ arrangement: Arrangement, _ batches: [Double]) -> [Int] {
    var value = Array(repeating: Int64(0), count: arrangement.counts.count)
    for (position, slot) in arrangement.slots.enumerated() where slot >= 0 {
      value[arrangement.key(grid.problem.payments[position], slot)] +=
        grid.problem.payments[position].value
    }
    var isNeeded = Array(repeating: false, count: arrangement.counts.count)
    for (index, slot) in formulation.fixedSlots.enumerated() where slot >= 0 {
      isNeeded[formulation.key(grid, formulation.classes[index], slot)] = true
    }
    let keys = formulation.keys
    return batches.indices.filter {
      batches[$0] > 1 || (batches[$0] == 1 && !isNeeded[keys[$0]])
    }.sorted { (value[keys[$0]], $0) < (value[keys[$1]], $1) }
  }

  /// Gives a key a number of batches; none closes it.
  private func allow(_ entry: Int, _ count: Double) {
    program.columnLower[formulation.batches[entry]] = count
    program.columnUpper[formulation.batches[entry]] = count
    for column in columns[entry] { program.columnUpper[column] = count > 0 ? .infinity : 0 }
  }
}
