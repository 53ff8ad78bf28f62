import Declared
import Text

/// What the optimiser did.
extension RunTables {
  static let planning = RunTable(
    "planning", "Optimiser", layout: .record, rows: { [$0.planning].compactMap(\.self) },
    columns: [
      .count("plans", "plans", "Plans made") { $0.plans },
      .ratio(
        "mean_gap", "mean gap of rounds",
        "(cost - bound) / cost of rounds that were solved as exact models, weighted by cost"
      ) {
        $0.meanGap
      },
      .ratio("largest_gap", "largest gap", "The largest of these gaps") { $0.largestGap },
      .count("priced", "schedules priced", "Rules and schedules of rounds priced") { $0.priced },
    ])

  static let planMethods = RunTable(
    "plan_methods", "Plans by rule", rows: { $0.planning?.methods ?? [] },
    columns: [
      .name("name", "rule", "The rule that was followed") { $0.name },
      .count("count", "plans", "Plans it gave") { $0.count },
    ])

  static let planFallbacks = RunTable(
    "plan_fallbacks", "Plans whose search ended early", rows: { $0.planning?.fallbacks ?? [] },
    columns: [
      .name("name", "reason", "Why the search ended before nothing could be improved") { $0.name },
      .fault("count", "plans", "Plans for which that was so") { $0.count },
    ])

  static let plans = RunTable(
    "plans", "Plans of rounds", prominence: .detail, limit: .init(10), rows: \.plans,
    columns: [
      .duration("time_ns", "time", "When it was planned, from the start of the run") { $0.time },
      .text("rule", "rule", "The rule that was followed in the round") { $0.rule },
      .count("payments", "payments", "Payments planned") { $0.payments },
      .count("due", "due", "Those that left as the next round would have made them late") {
        $0.due
      },
      .count("held_for_round", "held", "Those that wait for a round that pays their currency out") {
        $0.heldForRound
      },
      .count(
        "held_for_exchange", "held to set off",
        "Those that wait for something that their exchange can be set off against"
      ) { $0.heldForExchange },
      .count("held_for_funds", "held for money", "Those for which a bank has no money yet") {
        $0.heldForFunds
      },
      .count("wires", "wires", "Wires of the plan") { $0.wires },
      .currency { $0.currency },
      .fineMoney("cost", "expected cost", "Of following the rule to the end of the horizon") {
        $0.amount($0.cost)
      },
      .text("runner_up", "runner-up", "The cheapest of the other rules") { $0.runnerUp },
      .fineMoney("runner_up_cost", "its cost", "What that was expected to cost") { row in
        row.runnerUpCost.map { row.amount($0) }
      },
      .text("found_by", "found by", "What gave the choice where the round was solved exactly") {
        $0.foundBy
      },
      .count("decided", "decided", "Payments decided on there") { $0.decided },
      .fineMoney("round_cost", "cost of the round", "What the choice costs there") { row in
        row.roundCost.map { row.amount($0) }
      },
      .fineMoney("bound", "bound", "No choice costs less there") { row in
        row.bound.map { row.amount($0) }
      },
      .ratio("gap", "gap", "(cost of the round - bound) / cost of the round") { $0.gap },
      .count("priced", "priced", "Rules and schedules priced") { $0.priced },
      .text("hash", "hash", "Hash of the plan, alike in every process") { hexadecimal($0.hash) },
      .text("fallback", "ended early", "Why the search ended early") { $0.fallback },
    ])
}

extension RoundPlanRow {
  /// Millionths of a minor unit as an amount.
  fileprivate func amount(_ millionths: Int64) -> FineAmount {
    FineAmount(scaled: millionths, currency: currency, decimals: decimals + 6)
  }
}
