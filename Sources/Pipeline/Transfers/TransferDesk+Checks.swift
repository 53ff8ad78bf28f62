import Batching
import Money
import PaymentModel

/// What the desk's plans, payouts and deals must come to, worked out once more by other ways.
extension TransferDesk {
  /// Every settlement pays what its transfers come to at mid.
  func check(
    _ payouts: [Int64], of plan: SettlementPlan, _ pending: [Obligation]
  ) {
    for settlement in plan.settlements {
      var check = PayoutCheck()
      for place in settlement {
        for member in plan.batches[place].members {
          check.owe(pending[member].amount, of: pending[member].route.source)
        }
        check.pay(payouts[place])
      }
      let currency = plan.batches[settlement.lowerBound].currency
      if let violation = check.violation(in: currency, by: mid.table(at: island.now)) {
        island.fail(.payout, violation)
      }
    }
  }

  /// A deal is made at mid.
  func check(deal sold: MoneyAmount, for bought: MoneyAmount) {
    if let violation = PayoutCheck.violation(
      of: bought, as: sold, by: mid.table(at: island.now))
    {
      island.fail(.dealRate, violation)
    }
  }

  /// What deals leave of a bank's positions is no more than roundings of batches and deals.
  func check(
    residuals: [Int64], roundings: Int, _ world: SettlementWorld
  ) {
    if let violation = PayoutCheck.violation(
      ofResiduals: residuals, roundings: roundings, in: deployment.currencies, by: world.rates)
    {
      island.fail(.dealResiduals, violation)
    }
  }

  /// Adds all that the ledger has posted to the digest, once, when the world stands still.
  func bindLedger() { island.digest.add(ledger.entries.chain.value) }

  /// Compares all debits with all credits.
  func checkBalance() {
    if let currency = ledger.entries.firstUnbalancedCurrency() {
      island.fail(
        .balanced,
        "transfers: debits and credits differ in \(deployment.currencies[currency].code)")
    }
    if !ledger.isFolded {
      island.fail(
        .journalEqualsBalances, "transfers: the balances are not what the journal comes to")
    }
  }

  /// No transfer has ended twice.
  func checkBook() {
    if let fault = book.fault { island.fail(.transferEndsOnce, fault) }
  }

  /// Money that is given back goes from who was paid to who paid, once, in the currency in which it
  /// arrived, and is what arrived at mid.
  func check(_ back: Obligation, of original: Obligation) {
    let (there, here) = (original.route, back.route)
    let sent = MoneyAmount(minorUnits: original.amount, currency: there.source)
    let arrived = MoneyAmount(minorUnits: back.amount, currency: there.destination)
    let isReversed =
      here.payer == there.payee && here.payee == there.payer && here.source == there.destination
      && here.destination == there.destination
    if !isReversed || book[original.payment].state != .settled {
      island.fail(.returnsExact, "\(original) is answered by \(back)")
    }
    if let violation = PayoutCheck.violation(of: arrived, as: sent, by: mid.table(at: island.now)) {
      island.fail(.returnsExact, violation)
    }
    if !answered.insert(original.payment).inserted {
      island.fail(.returnsExact, "transfer \(original.payment) is given back twice")
    }
  }

  /// What must hold when nothing is left to happen.
  func checkAtRest() {
    checkBook()
    let isMissing = { [book] (number: PaymentID) in
      // What is worth nothing at its payee's bank does not go back.
      book[number].state == .settled && book[number].obligation.route.isOneCurrency
    }
    let missing = toReturn.filter { isMissing($0) && !answered.contains($0) }  // ordered: a minimum
    if let transfer = missing.min() {
      island.fail(.returnsExact, "transfer \(transfer) was to be given back and is not")
    }
    checkFailures()
  }

  /// Every bank of which the scenario says that it fails before the end has failed, then.
  private func checkFailures() {
    for (failure, bank) in zip(deployment.settings.banks.failures, failing) {
      let time = failure.at.nanoseconds
      guard !isStopped || bank.tally != nil else { continue }
      if bank.tally?.at != time {
        island.fail(
          .failuresAsConfigured,
          "\(deployment.banks.name(bank.bank)) was to fail at \(time) ns")
      }
    }
  }
}

extension SettlementRoute {
  /// Whether what is owed is paid out as it is.
  var isOneCurrency: Bool { source == destination }
}
