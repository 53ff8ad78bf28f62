/// `plans.ndjson`: the plan of each payer as the optimiser was given it and found it, an object a
/// line; see `PlanInstance.json`.
final class PlanRecords: RecordListener {
  private let scope: RecordScope
  private var bytes: [UInt8] = []

  init(_ scope: RecordScope) { self.scope = scope }

  func hear(_ event: RecordedEvent, at time: Int64) {
    guard case .planned(let payer, let report, let plan) = event, let instance = report.instance
    else { return }
    let line = instance.json(
      plan: "\(scope.name)/plan-\(plan)", payer: scope.name(payer), time: time
    ) { scope.name($0) }
    bytes += Array(line.utf8) + [UInt8(ascii: "\n")]
  }

  func finish() -> [RecordFile] { [RecordFile(name: "plans.ndjson", bytes: bytes)] }
}
