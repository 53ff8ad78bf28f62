import Declared

/// What the optimiser did.
extension RunTables {
  static let planning = RunTable(
    "planning", "Optimiser", layout: .record, rows: { [$0.planning].compactMap(\.self) },
    columns: [
      .count("plans", "plans", "Plans made") { $0.plans },
      .ratio("mean_gap", "mean gap to the linear bound", "(cost - bound) / cost, mean") {
        $0.meanGap
      },
      .ratio("largest_gap", "largest gap", "(cost - bound) / cost, largest") { $0.largestGap },
      .count("lp_solves", "linear programs solved", "Linear programs solved") { $0.solves },
    ])

  static let planMethods = RunTable(
    "plan_methods", "Plans by method", rows: { $0.planning?.methods ?? [] },
    columns: [
      .name("name", "method", "The method that gave the plan") { $0.name },
      .count("count", "plans", "Plans it gave") { $0.count },
    ])

  static let planFallbacks = RunTable(
    "plan_fallbacks", "Plans by a simpler method", rows: { $0.planning?.fallbacks ?? [] },
    columns: [
      .name("name", "reason", "Why a simpler method was taken than the one asked for") { $0.name },
      .fault("count", "plans", "Plans for which that was so") { $0.count },
    ])

  static let plans = RunTable(
    "plans", "Plans of payers", prominence: .detail, limit: .init(10), rows: \.plans,
    columns: [
      .duration("time_ns", "time", "When it was planned, from the start of the run") { $0.time },
      .name("payer", "payer", "The bank whose payments were planned") { $0.payer },
      .count("payments", "payments", "Payments planned") { $0.payments },
      .count("deferred", "deferred", "Those of them put off to the next plan") { $0.deferred },
      .count("wires", "wires", "Wires of the plan") { $0.wires },
      .text("method", "method", "The method that gave the plan") { $0.method },
      .currency { $0.currency },
      .fineMoney("cost", "cost", "What the plan costs") { $0.amount($0.cost) },
      .fineMoney("greedy_cost", "greedy cost", "What the greedy rule's plan costs") {
        $0.amount($0.greedyCost)
      },
      .fineMoney("lp_bound", "linear bound", "No plan costs less, as a linear program proves") {
        row in row.bound.map { row.amount(Int64(($0 * 1e6).rounded())) }
      },
      .ratio("gap", "gap", "(cost - bound) / cost") { $0.gap },
      .count("linear_programs", "linear programs", "Linear programs solved") {
        $0.linearPrograms
      },
      .count("nodes", "nodes", "Nodes of the branch-and-bound tree") { $0.nodes },
      .text("hash", "hash", "Hash of the plan, alike in every process") { hexadecimal($0.hash) },
      .text("fallback", "fallback", "Why a simpler method was taken than asked for") {
        $0.fallback
      },
    ])
}

extension PayerPlanRow {
  /// Millionths of a minor unit as an amount.
  fileprivate func amount(_ millionths: Int64) -> FineAmount {
    FineAmount(scaled: millionths, currency: currency, decimals: decimals + 6)
  }
}
