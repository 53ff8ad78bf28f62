import Interbank
import Money
import PaymentModel

/// What transfers are worth, and what came of them in all.
extension TransferDesk {
  /// The indicators of all transfers from their arrival on.
  func obligationIndicators() -> ObligationIndicators {
    var end: Int64 = 0
    for entry in book.entries where !entry.isReturn { end = max(end, due(entry.obligation)) }
    var indicators = ObligationIndicators(
      banks: deployment.banks.count, currencies: deployment.currencies.count, end: end)
    for entry in book.entries {
      let obligation = entry.obligation
      let route = obligation.route
      indicators.add(
        BankObligation(
          payer: Int(route.payer.rawValue), payee: Int(route.payee.rawValue),
          source: Int(position(route.source)), given: obligation.amount,
          destination: Int(position(route.destination)),
          received: value(of: obligation, in: route.destination), value: inReporting(obligation),
          arrived: obligation.captured, settled: entry.state == .settled ? entry.ended : nil,
          due: due(obligation), isReturn: entry.isReturn))
    }
    indicators.finish()
    return indicators
  }

  /// What has arrived at payees' banks for settled batches, by currency; minor units.
  func paidOut() -> [Int64] {
    var sums = [Int64](repeating: 0, count: deployment.currencies.count)
    for batch in book.batches where batch.hasArrived {
      sums[Int(batch.currency)] += batch.payout
    }
    return sums
  }

  func inReporting(_ obligation: Obligation) -> Int64 {
    value(of: obligation, in: deployment.settings.costs.currency)
  }

  /// At the mid rates of the run's start, minor units.
  func value(of obligation: Obligation, in currency: Currency) -> Int64 {
    let amount = MoneyAmount(minorUnits: obligation.amount, currency: obligation.route.source)
    return deployment.fx.convert(amount, to: currency).amount.minorUnits
  }
}
