import Money
import Optimization
import PaymentModel
import Plants

extension RoundPlanner {
  /// Payments that may be decided on in an exact model at most, and payments in it at all.
  static let exactChoices = 150
  private static let exactPayments = 300

  /// Whether a round is beyond what the model knows: too many payments, refunds, cheaper rails.
  private var isBeyond: Bool {
    pending.count > Self.exactPayments || pending.count < 2 || values.contains { $0 <= 0 }
      || isCheaperLater
  }

  /// Whether something may settle on a later day by a cheaper rail, which the model does not know.
  private var isCheaperLater: Bool {
    let size = horizon.currencies.count
    return pending.indices.contains { index in
      let currency = cells[index] % size
      return [SettlementWindow.nextDay, .secondDay].contains { window in
        window <= pending[index].latest
          && horizon.price(of: window, currency).consolidated
            < horizon.prices[currency].consolidated
      }
    }
  }

  /// Decides the present round by its exact model, where that is small and what it finds is cheaper
  /// there than the rule's choice.
  func decide(
    _ choice: inout [Choice], _ plan: inout SettlementPlan, by schedule: RoundSchedule
  ) -> ExactRound? {
    let choices = pending.indices.count { lasts[$0] > 0 }
    if isBeyond || choices == 0 || choices > Self.exactChoices { return nil }
    guard let statement = ExactStatement(self, by: schedule),
      let own = places(choice, plan, statement, schedule),
      let (rule, found) = solve(statement, own)
    else { return nil }
    guard found.cost.total < rule.cost.total - Self.least(rule),
      isCheaper(found, than: own, in: statement.withAllWires)
    else { return report(rule, rule, found, choices) }
    for index in pending.indices where lasts[index] > 0 {
      if found.places[index]?.round == 0 {
        choice[index] = .leaves
      } else if choice[index].leaves {
        choice[index] =
          cells[index] / horizon.currencies.count == cells[index] % horizon.currencies.count
          ? .heldForRound : .heldForExchange
      }
    }
    plan = cheaper(statement.batches(found), leaving(choice))
    return report(found, rule, found, choices)
  }

  /// Decides how all that is pending is moved, where everything leaves.
  func decideWays(_ plan: inout SettlementPlan) -> ExactRound? {
    if isBeyond || pending.count > Self.exactChoices { return nil }
    let all = pending.indices.map { _ in Choice.leaves }
    guard let statement = ExactStatement(self, by: nil),
      let own = places(all, plan, statement, nil),
      let (rule, found) = solve(statement, own)
    else { return nil }
    guard found.cost.total < rule.cost.total - Self.least(rule) else {
      return report(rule, rule, found, pending.count)
    }
    let rules = rulesNow
    let other = SettlementPlan(batches: statement.batches(found))
    guard rules.cost(of: other) < rules.cost(of: plan) else {
      return report(rule, rule, found, pending.count)
    }
    plan = other
    return report(found, rule, found, pending.count)
  }

  /// Whether a choice is cheaper than the rule's also where no later wire is sent anyway: what is
  /// expected may not come, and then all that was left for later pays for its wires.
  private func isCheaper(
    _ found: RoundSolution, than own: [RoundPlace?], in problem: RoundProblem
  ) -> Bool {
    let solver = RoundSolver(.brief)
    guard let rule = try? solver.price(own, of: problem),
      let other = try? solver.price(found.places, of: problem)
    else { return false }
    return other.cost.total < rule.cost.total - Self.least(rule)
  }

  /// What must be gained: less is within what the model leaves out.
  private static func least(_ rule: RoundSolution) -> Double { 1e-6 * max(1, rule.cost.total) }

  private func solve(
    _ statement: ExactStatement, _ own: [RoundPlace?]
  ) -> (rule: RoundSolution, found: RoundSolution)? {
    let solver = RoundSolver(.brief)
    guard let rule = try? solver.price(own, of: statement.problem),
      let found = try? solver.solve(statement.problem, from: own), found.bound != nil
    else { return nil }
    return (rule, found)
  }

  private func report(
    _ carried: RoundSolution, _ rule: RoundSolution, _ found: RoundSolution, _ payments: Int
  ) -> ExactRound {
    let cost = Self.millionths(carried.cost.total)
    let bound = Self.millionths(found.bound ?? 0)
    return ExactRound(
      method: carried == rule ? "rule" : found.producer.rawValue, payments: payments, cost: cost,
      ruleCost: Self.millionths(rule.cost.total),
      bound: planted(Plant.boundTooHigh) ? cost + cost / 100 + 1 : min(cost, bound),
      isComplete: found.isComplete)
  }

  /// The cheaper of two ways to move what leaves: that of the model and the planner's own.
  private func cheaper(_ batches: [PlannedBatch], _ members: [Int]) -> SettlementPlan {
    let rules = rulesNow
    let (model, own) = (SettlementPlan(batches: batches), own(members))
    return rules.cost(of: model) < rules.cost(of: own) ? model : own
  }

  /// A choice and its plan as places in the model; what waits settles in the next round that pays
  /// its currency out, or its last. Nil where the model knows no such way.
  private func places(
    _ choice: [Choice], _ plan: SettlementPlan, _ statement: ExactStatement,
    _ schedule: RoundSchedule?
  ) -> [RoundPlace?]? {
    let size = horizon.currencies.count
    let isStar = pending.allSatisfy { $0.route.payer == pending[0].route.payer }
    var ways = [RoundProblem.Way](repeating: .bilateral, count: pending.count)
    for batch in plan.batches {
      if batch.netting == .multilateral, world.clearingBank == nil, !isStar { return nil }
      let way: RoundProblem.Way =
        switch batch.netting {
        case .gross: .gross
        case .bilateral: .bilateral
        case .multilateral: world.clearingBank == nil ? .bilateral : .multilateral
        }
      for member in batch.members { ways[member] = way }
    }
    return pending.indices.map { index in
      if choice[index].leaves { return RoundPlace(round: 0, way: ways[index]) }
      let last = min(lasts[index], horizon.count - 1)
      let next = schedule?.next(after: 0, cells[index] % size) ?? last
      let wanted = min(next, last)
      let places = statement.rounds.indices.dropFirst().filter { statement.rounds[$0] <= last }
      let place =
        places.first { statement.rounds[$0] >= wanted } ?? places.last ?? 0
      return RoundPlace(
        round: place, way: world.clearingBank == nil ? .bilateral : .multilateral)
    }
  }
}
