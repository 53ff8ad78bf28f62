import PaymentModel
import VirtualTime

/// The end of settlement at the scenario's horizon, and what is outstanding then.
extension TransferDesk {
  /// Transfers that are neither settled nor reversed nor failed.
  var open: Int { book.open }

  /// What the failures of banks came to, in the order of the scenario.
  var failures: [BankFailureTally] { failing.compactMap(\.tally) }

  /// Plans and sends nothing more.
  func stop() { isStopped = true }

  /// Transfers that are neither settled nor at another end, with the time for which they have been
  /// owed until `time` (ns).
  func unsettled(at time: Int64) -> UnsettledTransfers {
    gather(until: time) { [.waiting, .sent].contains($0) }
  }

  private func gather(
    until time: Int64, _ isWanted: (TransferBook.State) -> Bool
  ) -> UnsettledTransfers {
    var unsettled = UnsettledTransfers(currencies: deployment.currencies.count)
    for entry in book.entries where isWanted(entry.state) {
      let obligation = entry.obligation
      unsettled.add(
        position(obligation.route.source), amount: obligation.amount,
        value: inReporting(obligation), owed: max(0, time - obligation.captured),
        isLate: due(obligation) < time, isMeetable: { canMeetDeadline(obligation) })
    }
    return unsettled
  }

  /// Transfers that failed for lack of funds and, `withOpen`, those that were open at the horizon,
  /// with the time for which they were owed until the horizon (ns) or, without one, until the last
  /// transfer was due.
  func neverSettled(until horizon: Int64?, withOpen: Bool) -> UnsettledTransfers {
    let end = horizon ?? book.entries.map { due($0.obligation) }.max() ?? 0
    return gather(until: end) { state in
      state == .failed || withOpen && [.waiting, .sent].contains(state)
    }
  }

  /// Accounts of the ledger that hold something else than what is outstanding says, by name.
  ///
  /// `accepted` holds the transfers that no plan has taken, `in_transit` the batches on their way,
  /// and a position for foreign exchange nothing: all of them nothing at rest.
  func ledgerDifferences() -> [String] {
    let count = deployment.currencies.count
    var accepted = [Int64](repeating: 0, count: count)
    for entry in book.entries where entry.state == .waiting {
      accepted[Int(position(entry.obligation.route.source))] += entry.obligation.amount
    }
    var inTransit = [Int64](repeating: 0, count: count)
    for batch in book.batches where batch.isOnItsWay {
      inTransit[Int(batch.currency)] += batch.payout
    }
    return ledger.differences(deployment.currencies, accepted: accepted, inTransit: inTransit)
  }

  /// What the account of a bank must have moved by, minor units: what its customers have received
  /// less what they have sent, with what rounding has left to the bank; and, while something is
  /// outstanding, without what the ledger has booked and no bank has moved yet.
  ///
  /// - Parameters:
  ///   - deals: sides of deals that are outstanding, which the ledger has booked.
  ///   - part: what of a wire that has not been executed has settled.
  func expectedMoves(
    _ deals: [Instruction], part: (WireID) -> Int64
  ) -> [BankMoves] {
    let count = deployment.currencies.count
    var moves = (0..<deployment.banks.count).map { bank in
      BankMoves(amounts: (0..<count).map { ledger.moved(BankID(UInt16(bank)), CurrencyIndex($0)) })
    }
    func move(_ currency: CurrencyIndex, from payer: BankID, to payee: BankID, _ amount: Int64) {
      moves[Int(payer.rawValue)].amounts[Int(currency)] -= amount
      moves[Int(payee.rawValue)].amounts[Int(currency)] += amount
    }
    for entry in book.entries where entry.state == .waiting {
      let route = entry.obligation.route
      moves[Int(route.payer.rawValue)].amounts[Int(position(route.source))] +=
        entry.obligation.amount
    }
    for batch in book.batches where batch.isOnItsWay {
      moves[Int(batch.payer.rawValue)].amounts[Int(batch.currency)] += batch.payout
    }
    for deal in deals {
      move(deal.currency, from: deal.payee, to: deal.payer, deal.amount)
    }
    for (wire, number) in zip(book.wires.wires, WireID.all)
    where !book.wires.hasArrived(wire.set) {
      let moved = wire.state == .open ? part(number) : wire.amount
      move(book.wires.currency(of: wire.set), from: wire.payer, to: wire.payee, moved)
    }
    return moves
  }
}

/// What a bank's account has moved by, by currency; minor units.
struct BankMoves: Sendable {
  var amounts: [Int64]
}

/// Transfers that were not settled by the horizon.
public struct UnsettledTransfers: Sendable {
  /// How many.
  public private(set) var count = 0
  /// Their value, minor units of the reporting currency.
  public private(set) var value: Int64 = 0
  /// Value times nanoseconds for which they have been owed, added up.
  public private(set) var valueTime: Int128 = 0
  /// Those that were due before.
  public private(set) var late = 0
  /// Those of them that no rule could settle by when they were due.
  public private(set) var unmeetable = 0
  /// How many, and what their payers give, by the payers' currency; minor units of it.
  public private(set) var byCurrency: [(count: Int, amount: Int64)]

  init(currencies: Int) { byCurrency = Array(repeating: (0, 0), count: currencies) }

  mutating func add(
    _ currency: CurrencyIndex, amount: Int64, value: Int64, owed time: Int64, isLate: Bool,
    isMeetable: () -> Bool
  ) {
    count += 1
    self.value += value
    valueTime += Int128(value) * Int128(time)
    if isLate {
      late += 1
      if !isMeetable() { unmeetable += 1 }
    }
    byCurrency[Int(currency)].count += 1
    byCurrency[Int(currency)].amount += amount
  }
}
