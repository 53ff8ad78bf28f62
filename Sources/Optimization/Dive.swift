/// Fixes wires and deals one after the other until all are whole.
///
/// Each step fixes those that are as large as they can be, rounds up those whose fraction reaches a
/// threshold, or else the largest fraction, and solves again from the last basis. Those at 0 stay
/// free: what is fixed later may want them.
struct Dive {
  /// Nearer to a whole number than this is whole.
  static let tolerance = 1e-7

  let program: LinearProgram
  /// Columns that must become whole.
  let openings: [Int]
  let threshold: Double
  /// Total of `program.solves` that must not be exceeded.
  let solveLimit: Int

  /// Dives from the solution `values` of the program. Bounds are left changed.
  /// - Returns: nil if the limit was met before all numbers were whole.
  func run(from values: [Double]) throws(LinearProgram.Failure) -> [Double]? {
    var values = values
    while fix(values) {
      if program.solves >= solveLimit { return nil }
      _ = try program.solve()
      values = program.values
    }
    return values
  }

  /// Fixes what can be fixed; false if all numbers are whole.
  private func fix(_ values: [Double]) -> Bool {
    var largest = -1
    var largestFraction = 0.0
    var isRounded = false
    for column in openings where program.columnLower[column] < program.columnUpper[column] {
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
