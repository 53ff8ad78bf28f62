import CCbc

/// A linear program in Clp, solved again from its last basis after its bounds have changed.
///
/// A model belongs to one thread at a time; several models may be solved at once, since Clp keeps
/// nothing global.
final class LinearProgram {
  private let model: UnsafeMutableRawPointer
  private let columnCount: Int
  private let basisLength: Int
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

  /// Values of the columns.
  var values: [Double] {
    Array(UnsafeBufferPointer(start: Clp_primalColumnSolution(model), count: columnCount))
  }

  /// What a unit more of each column would cost.
  var reducedCosts: [Double] {
    Array(UnsafeBufferPointer(start: Clp_dualColumnSolution(model), count: columnCount))
  }

  /// The basis, to return to with `restore`.
  var basis: [UInt8] {
    Array(UnsafeBufferPointer(start: Clp_statusArray(model), count: basisLength))
  }

  /// Makes the next `solve()` start from a basis.
  func restore(_ basis: [UInt8]) { Clp_copyinStatus(model, basis) }
}
