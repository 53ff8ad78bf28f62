import PaymentModel
import VirtualTime

/// What must hold of transfers with banks that have failed, told from what became of each and not
/// from how.
extension TransferDesk {
  /// Fails where a rule is broken. Called when nothing is left to happen.
  func checkReturns() {
    if let fault = failureFault { island.fail(.givenBack, fault) }
    if let written = tap?.journalled, written != ledger.entries.transfers {
      island.fail(
        .journalWhole,
        "\(written) of \(ledger.entries.transfers) transfers are in the banks' journal")
    }
  }

  /// Once a bank has failed nothing new goes to or from it, and what arrived there after it last
  /// credited its customers has been given back.
  private var failureFault: String? {
    for failure in deployment.settings.banks.failures {
      let bank = deployment.banks.transferBank(named: failure.bank)!
      guard hasFailed(bank) else { continue }
      let at = failure.at.nanoseconds
      for (index, entry) in book.entries.enumerated() where !entry.isReturn {
        let (number, route) = (PaymentID(index + 1), entry.obligation.route)
        guard route.payer == bank || route.payee == bank else { continue }
        if entry.obligation.captured > at, entry.state != .reversed {
          return "transfer \(number) on \(route) came after the failure and is \(entry.state)"
        }
        let isUncredited =
          route.payee == bank && entry.state == .settled
          && entry.settled > at - failure.uncredited.nanoseconds
        if isUncredited, !answered.contains(number), !unreturned.contains(number) {
          return "transfer \(number) on \(route) was not credited and is not given back"
        }
      }
    }
    return nil
  }
}
