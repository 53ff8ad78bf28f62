import CCbc
import Synchronization

/// A mixed-integer program, solved by CBC's branch and bound within limits of nodes and gap.
///
/// The driver behind CBC's C interface keeps state that all models share, so one is solved at a
/// time, whatever thread asks.
enum IntegerProgram {
  /// What branch and bound came to.
  struct Solution {
    /// Values of the columns; nil if no feasible ones were found.
    var values: [Double]?
    /// No solution costs less.
    var bound: Double
    /// Nodes that were searched.
    var nodes: Int
    /// Whether the search went to its end, so that the values are the optimum within the gap.
    var isComplete: Bool
  }

  private static let turn = Mutex(())

  /// Solves `program` with whole numbers in the columns `integers`, for what costs less than
  /// `cutOff` alone.
  ///
  /// - Parameters:
  ///   - nodeLimit: nodes of the tree at most, above zero.
  ///   - relativeGap: the search ends when the best solution is proved to be this near to the
  ///     optimum, as a part of it.
  static func solve(
    _ program: SparseProgram, integers: [Int], cutOff: Double = .infinity,
    nodeLimit: Int, relativeGap: Double
  ) -> Solution {
    turn.withLock { _ in
      guard let model = Cbc_newModel() else { preconditionFailure("CBC has no memory for a model") }
      defer { Cbc_deleteModel(model) }
      Cbc_loadProblem(
        model, Int32(program.columnCount), Int32(program.rowCount), program.starts, program.rows,
        program.coefficients, program.columnLower, program.columnUpper, program.cost,
        program.rowLower, program.rowUpper)
      for column in integers { Cbc_setInteger(model, Int32(column)) }
      Cbc_setLogLevel(model, 0)
      for (name, value) in [("log", "0"), ("threads", "0"), ("randomSeed", "1")] {
        Cbc_setParameter(model, name, value)
      }
      Cbc_setMaximumNodes(model, Int32(clamping: nodeLimit))
      Cbc_setAllowableFractionGap(model, relativeGap)
      if cutOff.isFinite { Cbc_setCutoff(model, cutOff) }
      Cbc_solve(model)
      let values = Cbc_bestSolution(model).map {
        Array(UnsafeBufferPointer(start: $0, count: program.columnCount))
      }
      return Solution(
        values: values, bound: Cbc_getBestPossibleObjValue(model),
        nodes: Int(Cbc_getNodeCount(model)),
        isComplete: Cbc_isProvenOptimal(model) != 0 || Cbc_isProvenInfeasible(model) != 0)
    }
  }
}
