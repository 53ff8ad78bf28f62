import PaymentModel
import VirtualTime

/// What must hold of transfers that were given back, and of those with banks that have failed, told
/// from what became of each and not from how.
extension TransferDesk {
  /// Fails where a rule is broken. Called when nothing is left to happen.
  func checkReturns() {
    if let fault = returnFault ?? failureFault { island.fail(.givenBack, fault) }
    if let written = tap?.journalled, written != ledger.entries.transfers {
      island.fail(
        .journalWhole,
        "\(written) of \(ledger.entries.transfers) transfers are in the banks' journal")
    }
  }

  /// A transfer that was given back goes from its payee to its payer, in the currency in which it
  /// arrived, once.
  private var returnFault: String? {
    var answered: Set<UInt32> = []
    for (sent, back) in returns {
      let (route, answer) = (book[sent].obligation.route, book[back].obligation.route)
      guard answered.insert(sent).inserted else { return "transfer \(sent) was given back twice" }
      guard
        answer.payer == route.payee, answer.payee == route.payer,
        answer.source == route.destination, answer.destination == route.destination
      else { return "transfer \(sent) on \(route) was given back on \(answer)" }
    }
    return nil
  }

  /// Once a bank has failed nothing new goes to or from it, and what arrived there after it last
  /// credited its customers has been given back.
  private var failureFault: String? {
    let answered = Set(returns.map(\.sent)).union(unreturned)
    for failure in deployment.settings.banks.failures {
      let bank = deployment.banks.correspondent(failure.correspondent!)
      guard hasFailed(bank) else { continue }
      let at = failure.at.nanoseconds
      for (index, entry) in book.entries.enumerated() where !entry.isReturn {
        let (number, route) = (UInt32(index + 1), entry.obligation.route)
        guard route.payer == bank || route.payee == bank else { continue }
        if entry.obligation.captured > at, entry.state != .reversed {
          return "transfer \(number) on \(route) came after the failure and is \(entry.state)"
        }
        let isUncredited =
          route.payee == bank && entry.state == .settled
          && entry.settled > at - failure.uncredited.nanoseconds
        if isUncredited, !answered.contains(number) {
          return "transfer \(number) on \(route) was not credited and is not given back"
        }
      }
    }
    return nil
  }
}
