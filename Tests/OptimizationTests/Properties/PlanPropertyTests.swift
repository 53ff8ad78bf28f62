import Testing

@testable import Optimization

/// Plans of thousands of small problems, in blocks.
@Suite struct PlanPropertyTests {
  /// Whether a bound, which the linear program knows to nine figures or so, is not above a cost.
  static func isBound(_ bound: Double, below cost: Int64) -> Bool {
    let cost = Double(cost) / 1e6
    return bound <= cost + 1e-7 * max(1, cost)
  }

  @Test("Plans keep every limit and deadline, and cost what an audit finds", arguments: 0..<10)
  func audit(block: Int) throws {
    for seed in block * 160..<(block + 1) * 160 {
      let name: Comment = "seed \(seed)"
      let problem = randomProblem(seed: seed, payments: 0...30)
      let plan = try Planner().plan(problem)
      #expect(PlanAudit(plan, of: problem).violation() == nil, name)
      let greedy = try Planner(PlanningOptions(method: .greedy)).plan(problem)
      #expect(PlanAudit(greedy, of: problem).violation() == nil, name)
      #expect(plan.cost.total <= greedy.cost.total, name)
      #expect(plan.greedyCost == greedy.cost.total && greedy.lowerBound == nil, name)
      let bound = try #require(plan.lowerBound, name)
      #expect(Self.isBound(bound, below: plan.cost.total), name)
      #expect(plan.fallback == nil, name)
      if !problem.netsConversions {
        let spreads = Spreads(currencies: problem.currencies, quotes: problem.quotes)
        let own = zip(problem.payments, plan.placements).reduce(Int64(0)) { sum, entry in
          let (payment, place) = entry
          return place == nil
            ? sum : sum + payment.value * spreads[payment.source, payment.destination]!
        }
        #expect(plan.cost.conversion == own, name)
      }
    }
  }

  @Test("An audit sees a plan that is altered in any of its parts")
  func altered() throws {
    let (problem, plan) = try #require(
      try (0..<100).lazy.map { seed in
        let problem = randomProblem(seed: seed, payments: 20...30)
        return (problem, try Planner().plan(problem))
      }.first { _, plan in
        plan.wires.count > 1 && !plan.conversions.isEmpty && plan.placements[0] != nil
      })
    try #require(PlanAudit(plan, of: problem).violation() == nil)
    let alterations: [(String, (inout Plan) -> Void)] = [
      ("place left out", { $0.placements.removeLast() }),
      ("payment put off", { $0.placements[0] = nil }),
      ("wire lost", { $0.wires.removeLast() }),
      ("wire twice", { $0.wires.append($0.wires[0]) }),
      ("value of a wire", { $0.wires[0].value += 1 }),
      ("discount of a wire", { $0.wires[0].isDiscounted.toggle() }),
      ("exchange lost", { $0.conversions.removeLast() }),
      ("value of an exchange", { $0.conversions[0].value += 1 }),
      ("cost of exchange", { $0.cost.conversion -= 1 }),
      ("cost of wires", { $0.cost.wires -= 1 }),
      ("discount", { $0.cost.discount += 1 }),
      ("cost of waiting", { $0.cost.carry -= 1 }),
      ("cost of putting off", { $0.cost.deferral -= 1 }),
      ("dearer than greedy", { $0.greedyCost = $0.cost.total - 1 }),
      ("below the bound", { $0.lowerBound = Double($0.cost.total) / 1e6 * 1.001 }),
    ]
    for (name, alter) in alterations {
      var altered = plan
      alter(&altered)
      #expect(PlanAudit(altered, of: problem).violation() != nil, "\(name)")
    }
  }

  @Test("A plan is the same when it is made again", arguments: 0..<4)
  func repetition(block: Int) throws {
    for seed in block * 60..<(block + 1) * 60 {
      let problem = randomProblem(seed: 10_000 + seed, payments: 5...30)
      let plan = try Planner().plan(problem)
      #expect(try Planner().plan(problem) == plan, "seed \(seed)")
    }
  }

  @Test("No plan is cheaper than the true optimum, and most are the optimum")
  func optimum() throws {
    var (worlds, equal) = (0, 0)
    for seed in 0..<1_200 {
      let problem = randomProblem(seed: 20_000 + seed, payments: 1...6, smallWindows: true)
      var exhaustive = Exhaustive(problem)
      if exhaustive.assignments > 700 { continue }
      let optimum = exhaustive.optimum()
      let plan = try Planner().plan(problem)
      let bound = try #require(plan.lowerBound)
      #expect(Self.isBound(bound, below: optimum), "seed \(seed)")
      #expect(plan.cost.total >= optimum, "seed \(seed)")
      worlds += 1
      if plan.cost.total == optimum { equal += 1 }
    }
    // 96.9 % when this was written.
    #expect(Double(equal) >= 0.95 * Double(worlds), "the optimum in \(equal) of \(worlds)")
    #expect(worlds > 1_000)
  }
}
