import Money
import Pipeline
import Reporting
import Scenario

/// The payments between banks, one by one.
extension ResultCollector {
  /// What the scenario wants of them; nil: nothing.
  func payments() -> PaymentList? {
    guard let outcomes = simulation.transferOutcomes, asksForPayments else { return nil }
    let names = simulation.bankNames
    let recorded = self.recorded
    return PaymentList(count: outcomes.count) { index in
      let found = outcomes[index]
      let id = found.record.flatMap { recorded?.id($0) } ?? "transfer-\(index + 1)"
      let source = found.route.source
      var row = PaymentRow(
        id: id, kind: found.isReturn ? "return" : found.record == nil ? "drawn" : "recorded",
        payer: names[Int(found.route.payer.rawValue)],
        payee: names[Int(found.route.payee.rawValue)],
        amount: ReportedAmount(
          found.amount, source.code, decimals: source.minorUnitDigits),
        toCurrency: found.route.destination.code, priority: "\(found.priority)",
        arrived: found.arrived, notBefore: found.earliest, deadline: found.deadline)
      row.ended = found.ended
      row.isInParts = found.isInParts
      row.moved.minorUnits = found.end == .settled ? found.amount : found.part
      switch found.end {
      case .open: break
      case .failed: row.end = .returned
      case .reversed: row.end = .cancelled
      case .settled:
        row.end = .settled
        row.mechanism = found.mechanism?.name ?? "netted"
        row.group = found.group > 0 ? Int(found.group) : nil
      }
      return row
    }
  }

  private var asksForPayments: Bool {
    switch simulation.deployment.settings.results.payments {
    case .recorded: recorded != nil
    case .all: true
    case .none: false
    }
  }
}
