import PaymentModel
import Scenario
import VirtualTime

/// Who listens, by what the scenario asks for.
extension Tap {
  /// The tap of a cell; nil if nothing of it is asked for.
  static func forCell(
    _ plan: CellPlan, _ island: Island, _ deployment: Deployment, _ story: CellStory?
  ) -> Tap? {
    var listeners: [any RecordListener] = []
    if deployment.settings.results.details {
      let scope = RecordScope(cell: plan.index, deployment)
      listeners = [
        ObligationRecords(scope), BatchRecords(scope), PayoutRecords(scope), DealRecords(scope),
        PlanRecords(scope),
      ]
    }
    if deployment.settings.ledger.journal {
      let accounts = Accounts(of: plan, deployment)
      listeners.append(
        JournalRecords(
          cell: "\(plan.index)", currencies: deployment.currencies, account: accounts.name))
    }
    if let story { listeners.append(story) }
    return Tap(island, listeners)
  }

  /// The tap of the interbank network and of the transfer desk, likewise.
  static func forNetwork(
    _ island: Island, _ deployment: Deployment, _ story: StoryWatch?
  ) -> Tap? {
    let scope = RecordScope(cell: nil, deployment)
    let settings = deployment.settings
    var listeners: [any RecordListener] = []
    if settings.results.details {
      listeners = [
        ObligationRecords(scope), BatchRecords(scope), PayoutRecords(scope), DealRecords(scope),
        PlanRecords(scope), WireRecords(scope), PaymentRecords(scope),
      ]
    }
    if let story { listeners.append(NetworkStory(scope, story)) }
    guard settings.workload.transfers.isPresent else { return Tap(island, listeners) }
    if settings.ledger.journal {
      listeners.append(
        JournalRecords(cell: "transfers", currencies: deployment.currencies) {
          TransferLedger.name($0, deployment.banks)
        })
    }
    if settings.reconciliation.keepFiles { listeners.append(StatementRecords(scope)) }
    return Tap(island, listeners)
  }
}
