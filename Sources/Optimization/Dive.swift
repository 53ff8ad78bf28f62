/// Fixes numbers of batches one after the other until all are whole.
///
/// Each step fixes those that are as large as they can be, rounds up those whose fraction reaches a
/// threshold, or else the largest fraction, and solves again from the last basis. Cuts that the
/// solution then falls well short of are added first. Those at 0 stay free: what is fixed later may
/// want them.
struct Dive {
  /// Shares and numbers of batches with whole numbers of batches.
  struct Outcome {
    var values: [Double]
    var cost: Double
  }

  /// Nearer to a whole number than this is whole.
  static let tolerance = 1e-7
  /// A cut that is missed by less does not change a dive's way.
  private static let leastShortfall = 0.2

  let program: LinearProgram
  /// Columns that must become whole.
  let batches: [Int]
  let threshold: Double
  let cuts: CoverCuts?
  /// Total of `program.solves` that must not be exceeded.
  let solveLimit: Int

  /// Dives from the solution `values` of the program, with `cost`. Bounds are left changed.
  /// - Returns: nil if the limit was met before all numbers were whole.
  func run(
    from values: [Double], cost: Double
  ) throws(LinearProgram.Failure) -> Outcome? {
    var outcome = Outcome(values: values, cost: cost)
    while fix(outcome.values) {
      guard try solve(&outcome) else { return nil }
      let broken = cuts?.broken(by: outcome.values, shortfall: Self.leastShortfall) ?? []
      if broken.isEmpty { continue }
      program.add(broken)
      guard try solve(&outcome) else { return nil }
    }
    return outcome
  }

  /// Solves again, unless the limit is met.
  private func solve(_ outcome: inout Outcome) throws(LinearProgram.Failure) -> Bool {
    if program.solves >= solveLimit { return false }
    outcome.cost = try program.solve()
    outcome.values = program.values
    return true
  }

  /// Fixes what can be fixed; false if all numbers are whole.
  private func fix(_ values: [Double]) -> Bool {
    var largest = -1
    var largestFraction = 0.0
    var isRounded = false
    for column in batches where program.columnLower[column] < program.columnUpper[column] {
      let value = values[column]
      let fraction = value - value.rounded(.down)
      if fraction <= Self.tolerance || fraction >= 1 - Self.tolerance {
        if value.rounded() >= program.columnUpper[column] {
          fix(column, to: program.columnUpper[column])
        }
      } else if fraction >= threshold {
        fix(column, to: value.rounded(.up))
        isRounded = true
      } else if fraction > largestFraction {
        largest = column
        largestFraction = fraction
      }
    }
    if !isRounded, largest >= 0 {
      fix(largest, to: values[largest].rounded(.up))
      isRounded = true
    }
    return isRounded
  }

  private func fix(_ column: Int, to whole: Double) {
    program.columnLower[column] = whole
    program.columnUpper[column] = whole
  }
}
