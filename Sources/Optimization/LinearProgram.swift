import CCbc

/// A linear program in Clp, solved again from its last basis after its bounds have changed.
///
/// A model belongs to one thread at a time; several models may be solved at once, since Clp keeps
/// nothing global.
final class LinearProgram {
  private let model: UnsafeMutableRawPointer
  private let columnCount: Int
  private var basisLength: Int
  /// Bounds of the columns; they take effect at the next `solve()`.
  var columnLower: [Double]
  /// Bounds of the columns; they take effect at the next `solve()`.
  var columnUpper: [Double]
  /// How often `solve()` was called.
  private(set) var solves = 0

  /// A way for Clp to give up.
  struct Failure: Error, Equatable {
    /// Clp's status: 1 infeasible, 2 unbounded, 3 iteration limit, 4 numerical trouble.
    var status: Int
  }

  /// Loads a program.
  /// - Parameter iterationLimit: simplex iterations that one call of `solve()` may take.
  init(_ program: SparseProgram, iterationLimit: Int) {
    guard let model = Clp_newModel() else { preconditionFailure("Clp has no memory for a model") }
    self.model = model
    columnCount = program.columnCount
    basisLength = program.columnCount + program.rowCount
    columnLower = program.columnLower
    columnUpper = program.columnUpper
    Clp_setLogLevel(model, 0)
    Clp_loadProblem(
      model, Int32(program.columnCount), Int32(program.rowCount), program.starts, program.rows,
      program.coefficients, program.columnLower, program.columnUpper, program.cost,
      program.rowLower, program.rowUpper)
    Clp_scaling(model, 0)
    Clp_setMaximumIterations(model, Int32(clamping: iterationLimit))
  }

  /// Adds rows; the next `solve()` starts from the last basis.
  func add(_ rows: [SparseRow]) {
    let last = basis
    var starts: [CoinBigIndex] = [0]
    var columns: [Int32] = []
    var coefficients: [Double] = []
    for row in rows {
      columns += row.entries.map { Int32($0.column) }
      coefficients += row.entries.map(\.coefficient)
      starts.append(CoinBigIndex(columns.count))
    }
    Clp_addRows(
      model, Int32(rows.count), rows.map(\.lower), Array(repeating: .infinity, count: rows.count),
      starts, columns, coefficients)
    basisLength += rows.count
    restore(last)
  }

  deinit { Clp_deleteModel(model) }

  /// Solves from the basis left by the last call with the dual simplex method.
  /// - Returns: the least cost.
  func solve() throws(Failure) -> Double {
    solves += 1
    Clp_chgColumnLower(model, columnLower)
    Clp_chgColumnUpper(model, columnUpper)
    Clp_setNumberIterations(model, 0)
    Clp_dual(model, 0)
    let status = Int(Clp_status(model))
    guard status == 0 else { throw Failure(status: status) }
    return Clp_objectiveValue(model)
  }

  /// Stops `solve()` with a failure once the cost is known to be above this.
  func setLimit(_ cost: Double) { Clp_setDualObjectiveLimit(model, cost) }
  var iterations: Int { Int(Clp_numberIterations(model)) }

  /// Values of the columns.
  var values: [Double] {
    Array(UnsafeBufferPointer(start: Clp_primalColumnSolution(model), count: columnCount))
  }

  /// The basis, to return to with `restore`.
  var basis: [UInt8] {
    Array(UnsafeBufferPointer(start: Clp_statusArray(model), count: basisLength))
  }

  /// Makes the next `solve()` start from a basis. Rows added since it was taken are in it.
  func restore(_ basis: [UInt8]) {
    let basic: UInt8 = 1
    Clp_copyinStatus(
      model, basis + Array(repeating: basic, count: basisLength - basis.count))
  }
}
