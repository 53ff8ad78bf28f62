/// Plans batches: a pure function of the problem and the options.
public struct Planner: Sendable {
  /// How plans are searched for.
  public var options: PlanningOptions

  /// A planner; a dive or two unless told otherwise.
  public init(_ options: PlanningOptions = PlanningOptions()) { self.options = options }

  /// The cheapest plan that the search finds, never dearer than that of the greedy rule.
  ///
  /// No limit is exceeded, every payment has one place, and none after its latest window.
  /// - Throws: what is wrong with the problem.
  public func plan(_ problem: PlanningProblem) throws(PlanningProblemError) -> Plan {
    try problem.validate()
    let grid = PlanningGrid(problem)
    let greedy = Arrangement.greedy(grid)
    if options.method == .greedy { return greedy.plan(producer: .greedy) }
    var search = PlanSearch(grid: grid, options: options, best: greedy)
    search.run()
    var plan = search.best.plan(producer: search.producer)
    plan.greedyCost = greedy.cost
    plan.lowerBound = search.lowerBound
    plan.linearPrograms = search.linearPrograms
    plan.nodes = search.nodes
    plan.fallback = search.fallback
    return plan
  }
}

/// One search for a plan.
struct PlanSearch {
  let grid: PlanningGrid
  let options: PlanningOptions
  let neighbourhood: Neighbourhood
  /// The cheapest arrangement so far.
  var best: Arrangement
  var producer = PlanProducer.greedy
  var lowerBound: Double?
  var linearPrograms = 0
  var nodes = 0
  /// Why the search ended early.
  private var reason: String?

  /// CBC's bounds are beyond this where it has proved nothing.
  private static let unbounded = 1e40
  /// A cut that is missed by less is not worth a row.
  private static let leastShortfall = 0.01

  init(grid: PlanningGrid, options: PlanningOptions, best: Arrangement) {
    self.grid = grid
    self.options = options
    neighbourhood = Neighbourhood(grid)
    self.best = best
  }

  mutating func run() {
    let formulation = Formulation(grid)
    let program = LinearProgram(
      formulation.program, iterationLimit: Self.iterationLimit(formulation))
    defer { linearPrograms += program.solves }
    do {
      program.restore(formulation.startingBasis(grid))
      let cuts = options.cutRounds > 0 ? CoverCuts(formulation, grid) : nil
      let rootCost = try solveRoot(program, cuts)
      lowerBound = rootCost + formulation.fixedCost
      let (root, basis) = (program.values, program.basis)
      var tried: [[Double]] = []
      for threshold in options.thresholds where !isSatisfactory {
        program.columnLower = formulation.program.columnLower
        program.columnUpper = formulation.program.columnUpper
        program.restore(basis)
        let dive = Dive(
          program: program, batches: formulation.batches, threshold: threshold, cuts: cuts,
          solveLimit: options.linearProgramLimit - linearPrograms)
        guard let outcome = try dive.run(from: root, cost: rootCost) else {
          noteLimit()
          break
        }
        let batches = formulation.batches.map { outcome.values[$0].rounded() }
        if tried.contains(batches) { continue }
        tried.append(batches)
        consider(try whole(formulation, outcome.values, solved: program.solves), from: .dive)
        if linearPrograms + program.solves >= options.linearProgramLimit {
          noteLimit()
          break
        }
      }
      if case .branchAndBound(let nodeLimit, let relativeGap) = options.method {
        branch(formulation, nodeLimit: nodeLimit, relativeGap: relativeGap)
      }
    } catch {
      note("Clp stopped with status \(error.status)")
    }
  }

  /// Whether a dive has come near enough to the bound.
  private var isSatisfactory: Bool {
    guard producer != .greedy, let lowerBound else { return false }
    let cost = Double(best.cost) / 1e6
    return cost - lowerBound <= options.satisfactoryGap * cost
  }

  private static func iterationLimit(_ formulation: Formulation) -> Int {
    1_000 + 50 * (formulation.program.columnCount + formulation.program.rowCount)
  }

  /// Solves the relaxation and adds the cuts that it falls short of.
  private func solveRoot(
    _ program: LinearProgram, _ cuts: CoverCuts?
  ) throws(LinearProgram.Failure) -> Double {
    var cost = try program.solve()
    for _ in 0..<options.cutRounds where program.solves < options.linearProgramLimit {
      let broken = cuts?.broken(by: program.values, shortfall: Self.leastShortfall) ?? []
      if broken.isEmpty { break }
      program.add(broken)
      cost = try program.solve()
    }
    return cost
  }

  /// Whole payments after the solution of a dive: with its keys, and then with fewer of them.
  /// - Parameter solved: linear programs that count in addition to `linearPrograms`.
  private mutating func whole(
    _ formulation: Formulation, _ values: [Double], solved: Int
  ) throws(LinearProgram.Failure) -> Arrangement {
    var budget = SearchBudget(looks: options.lookLimit)
    let closing = KeyClosing(
      rounded(formulation, values, solved: solved, &budget),
      iterationLimit: Self.iterationLimit(formulation),
      solveLimit: options.linearProgramLimit - linearPrograms - solved)
    defer { linearPrograms += closing.program.solves }
    var whole = try closing.run(neighbourhood, &budget)
    whole.improve(neighbourhood, &budget)
    return whole
  }

  /// Searches the whole tree of wire counts, after the dives have set the mark.
  private mutating func branch(
    _ formulation: Formulation, nodeLimit: Int, relativeGap: Double
  ) {
    if formulation.batches.isEmpty { return }
    let solution = IntegerProgram.solve(
      formulation.program, integers: formulation.batches, nodeLimit: nodeLimit,
      relativeGap: relativeGap)
    nodes += solution.nodes
    let bound = solution.bound + formulation.fixedCost
    if abs(bound) < Self.unbounded, bound > lowerBound ?? -.infinity { lowerBound = bound }
    guard let values = solution.values else {
      return note("branch and bound found no solution within \(nodeLimit) nodes")
    }
    if !solution.isComplete { note("the limit of \(nodeLimit) nodes was reached") }
    var budget = SearchBudget(looks: options.lookLimit)
    var whole = rounded(formulation, values, solved: 0, &budget)
    whole.improve(neighbourhood, &budget)
    if whole.cost <= best.cost { consider(whole, from: .branchAndBound) }
  }

  /// Whole payments after a solution for whole numbers of batches: the cheaper of two ways.
  private mutating func rounded(
    _ formulation: Formulation, _ values: [Double], solved: Int, _ budget: inout SearchBudget
  ) -> Arrangement {
    let straight = improved(formulation, values, &budget)
    guard linearPrograms + solved < options.linearProgramLimit,
      let other = withMargins(formulation, values, &budget), other.cost < straight.cost
    else { return straight }
    return other
  }

  /// Whole payments after a solution, within the limits.
  private func improved(
    _ formulation: Formulation, _ values: [Double], _ budget: inout SearchBudget
  ) -> Arrangement {
    var whole = Arrangement.rounded(grid, formulation, values: values)
    whole.relieve(neighbourhood, &budget)
    whole.improve(neighbourhood, &budget)
    return whole
  }

  /// Whole payments after a second solution for the keys that a dive has open, which leaves margins
  /// for rounding; nil if some class with one open key exceeds a limit.
  private mutating func withMargins(
    _ formulation: Formulation, _ values: [Double], _ budget: inout SearchBudget
  ) -> Arrangement? {
    var open = Array(repeating: false, count: grid.lanes * grid.slots)
    for (key, column) in zip(formulation.keys, formulation.batches) {
      open[key] = values[column] > 0.5
    }
    let restricted = Formulation(grid, open: open)
    let program = LinearProgram(
      restricted.program, iterationLimit: Self.iterationLimit(restricted))
    linearPrograms += 1
    guard (try? program.solve()) != nil else { return nil }
    return improved(restricted, program.values, &budget)
  }

  private mutating func noteLimit() {
    note("the limit of \(options.linearProgramLimit) linear programs was reached")
  }

  private mutating func note(_ reason: String) { self.reason = reason }

  /// Why the search ended early, and with what.
  var fallback: String? {
    reason.map { producer == .greedy ? "fell back to greedy: \($0)" : "search ended: \($0)" }
  }

  private mutating func consider(_ arrangement: Arrangement, from producer: PlanProducer) {
    if arrangement.cost < best.cost || (arrangement.cost == best.cost && self.producer == .greedy) {
      best = arrangement
      self.producer = producer
    }
  }
}
