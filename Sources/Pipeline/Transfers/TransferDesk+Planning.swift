import Batching
import Money
import PaymentModel

/// When the desk offers transfers to the run's strategy, and what it tells it.
extension TransferDesk {
  /// The strategy may take a transfer from now on.
  func offer(_ obligation: Obligation) {
    switch deployment.strategy.release {
    case .onCapture: release(book.take())
    case .urgentOnCapture where obligation.isUrgent:
      release([book.take(obligation.payment)])
    case .whereItPays
    where deployment.strategy.leavesAtOnce(obligation, in: world(for: [])):
      releaseSingly([book.take(obligation.payment)])
    case .atCount(let count, _):
      let key = book.key(of: obligation)
      if book.pendingCount(for: key) >= count { release(book.take(for: key)) }
    case .every, .atMerchantCutOff, .urgentOnCapture, .whereItPays: break
    }
  }

  /// What is given now, for a plan of `pending`.
  func world(for pending: [Obligation]) -> SettlementWorld {
    var world = deployment.world(
      at: island.now, rates: rates.table(at: island.now),
      clearingBank: deployment.banks.clearingHouse)
    guard deployment.strategy.looksAhead else { return world }
    world.expected = expected
    world.waiting = book.pendingCount
    if !pending.isEmpty { world.funds = funds(for: pending) }
    return world
  }

  /// What the banks of obligations could pay, less what they have sent and is not final.
  private func funds(for pending: [Obligation]) -> SettlementFunds {
    var funds = SettlementFunds()
    func fill(_ bank: BankID, _ currency: Currency) {
      guard funds[bank, currency] == nil else { return }
      let place = position(currency)
      funds[bank, currency] = room(bank, place) - book.wires.underWay(from: bank, place)
    }
    for obligation in pending {
      fill(obligation.route.payer, obligation.route.source)
      fill(obligation.route.payee, obligation.route.destination)
    }
    return funds
  }

  /// What counts the bound up; nil where rates move, or for a strategy that minimises nothing.
  static func bound(_ deployment: Deployment) -> ClairvoyantBound? {
    guard deployment.settings.fx.process == nil else { return nil }
    let missed = deployment.fx.inReportingCurrency(deployment.settings.costs.missedDeadline)
    return deployment.strategy.clairvoyantBound(
      in: deployment.deskWorld, missed: missed.minorUnits)
  }

  /// What settling all transfers costs at least, in minor units of the reporting currency; nil
  /// where that is not known, or where some of them were never settled.
  var clairvoyantCost: Double? {
    measurements.settled == measurements.accepted ? bound?.cost() : nil
  }
}
