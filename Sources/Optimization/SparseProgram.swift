/// A linear program as sparse columns: minimise cost, rows and columns within their bounds.
struct SparseProgram {
  /// Where each column begins in `rows` and `coefficients`, and where the last one ends.
  private(set) var starts: [Int32] = [0]
  private(set) var rows: [Int32] = []
  private(set) var coefficients: [Double] = []
  private(set) var columnLower: [Double] = []
  var columnUpper: [Double] = []
  private(set) var cost: [Double] = []
  private(set) var rowLower: [Double] = []
  private(set) var rowUpper: [Double] = []

  var columnCount: Int { cost.count }
  var rowCount: Int { rowLower.count }

  /// Adds a row and tells its position.
  mutating func addRow(lower: Double, upper: Double) -> Int32 {
    rowLower.append(lower)
    rowUpper.append(upper)
    return Int32(rowLower.count - 1)
  }

  /// Adds a column over rows that exist and tells its position. Entries of row -1 are left out.
  mutating func addColumn(
    upper: Double, cost: Double, _ entries: [(row: Int32, coefficient: Double)]
  ) -> Int {
    for entry in entries where entry.row >= 0 && entry.coefficient != 0 {
      rows.append(entry.row)
      coefficients.append(entry.coefficient)
    }
    starts.append(Int32(rows.count))
    columnLower.append(0)
    columnUpper.append(upper)
    self.cost.append(cost)
    return self.cost.count - 1
  }
}
