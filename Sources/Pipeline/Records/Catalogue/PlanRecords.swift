import Batching

/// `plans.ndjson`: what each plan came to, an object a line; costs are millionths of a minor unit
/// of the reporting currency.
final class PlanRecords: RecordListener {
  private let scope: RecordScope
  private var bytes: [UInt8] = []

  init(_ scope: RecordScope) { self.scope = scope }

  func hear(_ event: RecordedEvent, at time: Int64) {
    guard case .planned(let report, let plan) = event else { return }
    func number(_ value: Int64?) -> String { value.map { "\($0)" } ?? "null" }
    let runnerUp = report.runnerUp.map { "\"\($0.name)\"" } ?? "null"
    let members = [
      "\"id\":\"\(scope.name)/plan-\(plan)\"", "\"time_ns\":\(time)",
      "\"rule\":\"\(report.method)\"", "\"payments\":\(report.payments)",
      "\"due\":\(report.due)", "\"held_for_round\":\(report.heldForRound)",
      "\"held_for_exchange\":\(report.heldForExchange)",
      "\"held_for_funds\":\(report.heldForFunds)", "\"wires\":\(report.wires)",
      "\"cost\":\(report.cost)", "\"runner_up\":\(runnerUp)",
      "\"runner_up_cost\":\(number(report.runnerUp?.cost))",
      "\"priced\":\(report.priced)",
      "\"found_by\":\(report.exact.map { "\"\($0.method)\"" } ?? "null")",
      "\"decided\":\(number(report.exact.map { Int64($0.payments) }))",
      "\"round_cost\":\(number(report.exact?.cost))",
      "\"rule_cost\":\(number(report.exact?.ruleCost))",
      "\"lower_bound\":\(number(report.exact?.bound))",
    ]
    bytes += Array("{\(members.joined(separator: ","))}\n".utf8)
  }

  func finish() -> [RecordFile] { [RecordFile(name: "plans.ndjson", bytes: bytes)] }
}
