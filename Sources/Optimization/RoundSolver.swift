/// Bounds of a search, in work and never in time.
public struct RoundOptions: Equatable, Sendable {
  /// Linear programs at most.
  public var linearPrograms = 60
  /// Nodes of branch and bound at most; 0: none is done.
  public var nodes = 2_000
  /// Whole numbers that the linear program leaves open, with which branch and bound is still tried.
  public var choices = 20_000
  /// Moves that are looked at between two linear programs.
  public var looks = 400_000
  /// The search ends when the solution is proved to be this near to the least cost, as a part of
  /// it.
  public var gap = 1e-6

  /// A thorough search.
  public init() {}

  /// A search for a plan within a run: tenths of a second for 150 payments.
  public static let brief: RoundOptions = {
    var options = RoundOptions()
    options.linearPrograms = 10
    options.nodes = 20
    options.choices = 400
    options.looks = 30_000
    options.gap = 1e-4
    return options
  }()
}

/// Solves problems of rounds: a pure function of the problem and the options.
public struct RoundSolver: Sendable {
  /// How far solutions are searched for.
  public var options: RoundOptions

  /// A solver; a thorough one unless told otherwise.
  public init(_ options: RoundOptions = RoundOptions()) { self.options = options }

  /// The cheapest solution that is found, and how cheap one could be.
  /// - Parameters:
  ///   - problem: what is to be solved.
  ///   - start: places that are known to be good; those that the problem does not allow, or that
  ///     break a limit, are left out.
  /// - Throws: what is wrong with the problem.
  public func solve(
    _ problem: RoundProblem, from start: [RoundPlace?]? = nil
  ) throws(RoundProblemError) -> RoundSolution {
    try problem.validate()
    let grid = RoundGrid(problem)
    var search = RoundSearch(grid: grid, options: options)
    search.run(from: start)
    return search.solution
  }

  /// What places cost, without any search; nil if one of them is not allowed or a limit is broken.
  /// - Parameters:
  ///   - places: where each payment settles; nil for those put off.
  ///   - problem: the problem they belong to.
  /// - Throws: what is wrong with the problem.
  public func price(
    _ places: [RoundPlace?], of problem: RoundProblem
  ) throws(RoundProblemError) -> RoundSolution? {
    try problem.validate()
    let grid = RoundGrid(problem)
    guard let arrangement = Arrangement(grid, places), arrangement.isWithinLimits,
      arrangement.isSettled
    else { return nil }
    return arrangement.solution(from: .greedy)
  }
}

/// One search.
struct RoundSearch {
  let options: RoundOptions
  private let grid: RoundGrid
  private var best: Arrangement
  private var producer = RoundProducer.greedy
  private var bound: Double?
  private var linearPrograms = 0
  private var nodes = 0
  private var isComplete = false
  /// Why the search ended early.
  private var reason: String?

  /// CBC's bounds are beyond this where it has proved nothing.
  private static let unbounded = 1e40

  init(grid: RoundGrid, options: RoundOptions) {
    self.grid = grid
    self.options = options
    best = Arrangement.greedy(grid)
  }

  /// The solution that was found.
  var solution: RoundSolution {
    var solution = best.solution(from: producer)
    solution.bound = bound.map { min($0, solution.cost.total) }
    solution.linearPrograms = linearPrograms
    solution.nodes = nodes
    solution.isComplete = isComplete
    solution.fallback = reason.map {
      bound == nil ? "fell back to greedy: \($0)" : "search ended: \($0)"
    }
    return solution
  }

  mutating func run(from start: [RoundPlace?]?) {
    if let start, let given = Arrangement.near(grid, start) {
      consider(given, from: .improvement)
    }
    let formulation = Formulation(grid)
    let program = LinearProgram(
      formulation.program,
      iterationLimit: 1_000 + 20 * (formulation.program.columnCount + formulation.program.rowCount))
    defer { linearPrograms += program.solves }
    do {
      let root = try program.solve()
      bound = root + formulation.constant
      let (values, basis, reduced) = (program.values, program.basis, program.reducedCosts)
      consider(formulation.rounded(values), from: .dive)
      for threshold in [0.6, 0.3, 0.95] where !isNear {
        program.columnLower = formulation.program.columnLower
        program.columnUpper = formulation.program.columnUpper
        program.restore(basis)
        let dive = Dive(
          program: program, openings: formulation.openings, threshold: threshold,
          solveLimit: options.linearPrograms)
        guard let found = try dive.run(from: values) else {
          note("the limit of \(options.linearPrograms) linear programs was reached")
          break
        }
        consider(formulation.rounded(found), from: .dive)
      }
      improve()
      if isNear {
        isComplete = true
        reason = nil
      } else if options.nodes > 0 {
        branch(formulation, root: root, reduced)
      }
    } catch {
      improve()
      note("Clp stopped with status \(error.status)")
    }
  }

  /// Whether the best is proved to be near enough to the least cost.
  private var isNear: Bool {
    guard let bound else { return false }
    return best.cost - bound <= options.gap * max(1, best.cost)
  }

  /// Searches the tree for what is cheaper than the best.
  private mutating func branch(_ formulation: Formulation, root: Double, _ reduced: [Double]) {
    var program = formulation.program
    let room = best.cost - formulation.constant - root
    // A column at 0 that alone would cost more than the best.
    var free = 0
    for column in formulation.integers {
      if reduced[column] > room + 1e-6 { program.columnUpper[column] = 0 } else { free += 1 }
    }
    guard free <= options.choices else {
      return note("more than \(options.choices) whole numbers are open")
    }
    let solution = IntegerProgram.solve(
      program, integers: formulation.integers,
      cutOff: best.cost - formulation.constant - options.gap * max(1, best.cost),
      nodeLimit: options.nodes, relativeGap: options.gap)
    nodes += solution.nodes
    if let values = solution.values { consider(formulation.rounded(values), from: .branchAndBound) }
    if solution.isComplete {
      let proved =
        solution.values == nil ? best.cost : min(best.cost, solution.bound + formulation.constant)
      bound = max(bound ?? 0, proved - options.gap * max(1, best.cost))
      isComplete = best.cost - (bound ?? 0) <= 10 * options.gap * max(1, best.cost)
      reason = isComplete ? nil : "deals in many currencies are known by a bound alone"
    } else {
      let proved = solution.bound + formulation.constant
      if abs(proved) < Self.unbounded { bound = max(bound ?? proved, min(proved, best.cost)) }
      note("the limit of \(options.nodes) nodes was reached")
    }
  }

  private mutating func note(_ reason: String) { self.reason = reason }

  /// Improves the best by moves of whole groups of payments.
  private mutating func improve() {
    var budget = SearchBudget(looks: options.looks)
    let before = best.cost
    best.improve(&budget)
    if best.cost < before, producer == .greedy { producer = .improvement }
  }

  /// Improves an arrangement by moves of single payments, and keeps it if it is the cheapest.
  private mutating func consider(_ arrangement: Arrangement, from producer: RoundProducer) {
    var arrangement = arrangement
    var budget = SearchBudget(looks: options.looks)
    arrangement.improveSingly(&budget)
    if arrangement.isSettled, arrangement.cost < best.cost - 1e-7 || !best.isSettled {
      best = arrangement
      self.producer = producer
    }
  }
}
