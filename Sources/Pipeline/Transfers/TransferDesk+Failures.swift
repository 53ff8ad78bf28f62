import Money
import PaymentModel
import Plants
import Scenario
import VirtualTime

/// What becomes of transfers when a bank fails.
///
/// At that instant
/// 1. its orders that wait go back to their payers,
/// 2. its wires that are not final are withdrawn and their batches of the bank reversed; a netting
///    is done anew without it,
/// 3. transfers that became final without being credited any more are answered by returning
///    payments, and so are those that become final later.
/// A netting in which the bank's own wires have been executed, or in which it came to nothing, is
/// final for it. New orders to and from it are taken on and reversed at once. Returning payments
/// and deals with the dealer are still carried out from its account.
extension TransferDesk {
  /// Sets the failures of the scenario up.
  func scheduleFailures() {
    for failure in deployment.settings.banks.failures {
      let bank = deployment.banks.transferBank(named: failure.bank)!
      failing.append(BankFailing(bank: bank))
      island.schedule(at: VirtualInstant(nanoseconds: failure.at.nanoseconds)) { [self] in
        assumeIsolated { $0.fail(bank, uncredited: failure.uncredited.nanoseconds) }
      }
    }
  }

  /// Whether a bank has failed.
  func hasFailed(_ bank: BankID) -> Bool {
    failing.contains { $0.bank == bank && $0.tally != nil }
  }

  /// Whether an order cannot be carried out; from a failed bank only returning payments go.
  func isRefused(_ obligation: Obligation, isReturn: Bool) -> Bool {
    if planted(Plant.failedBankServed) { return false }
    return hasFailed(obligation.route.payee) || (!isReturn && hasFailed(obligation.route.payer))
  }

  /// Gives an order that is on no way yet back to its payer, and notes who is to be told.
  func reverseWaiting(_ obligation: Obligation, isNew: Bool) {
    island.note("transfer desk, reversed transfer", Int(obligation.payment))
    book.reverse(obligation.payment, at: island.now.nanoseconds)
    tap?.hear(.reversed(obligation))
    post("reverse", obligation.payment.rawValue) { ledger throws(PostingError) in
      try ledger.reverse(
        payer: obligation.route.payer, currency: position(obligation.route.source),
        amount: obligation.amount, transfer: obligation.payment)
    }
    noteReversed(obligation, isNew: isNew)
  }

  private func fail(_ bank: BankID, uncredited: Int64) {
    island.note("transfer desk, failure of bank", Int(bank.rawValue))
    guard !isStopped else { return }
    let index = failing.firstIndex { $0.bank == bank }!
    failing[index].tally = BankFailureTally(
      bank: deployment.banks.name(bank), at: island.now.nanoseconds)
    for obligation in book.take(concerning: bank) {
      reverseWaiting(obligation, isNew: false)
    }
    for (set, wires) in book.wires.sets(withOpenWiresOf: bank) {
      takeOut(bank, of: set, wires)
    }
    let since = island.now.nanoseconds - uncredited
    let arrivals = failing[index].arrivals
    failing[index].arrivals = []
    for (time, number) in arrivals where time > since && !planted(Plant.uncreditedKept) {
      returnUncredited(book[number].obligation)
    }
  }

  /// Takes a failed bank's batches out of a set, as far as they are not final: its open wires are
  /// withdrawn, its batches reversed, and what remains of the set is arranged anew.
  private func takeOut(_ bank: BankID, of set: WireSetID, _ wires: [WireID]) {
    let members = book.live(in: set).filter { book.batch($0).concerns(bank) }
    let ownWires = wires.filter { book.wires[$0].concerns(bank) }
    // A set whose wires were executed when others made way for them has arrived.
    guard !members.isEmpty, ownWires.contains(where: { book.wires[$0].state == .open }) else {
      return
    }
    rearranging(set) {
      // What settles while others are withdrawn is final.
      guard withdraw(ownWires) > 0 else { return }
      for number in members { reverse(number) }
      measurements.rearranged += 1
      arrange(set, wires)
    }
  }

  /// Changes a set: what its wires settle meanwhile is settled after the change.
  func rearranging(_ set: WireSetID, _ change: () -> Void) {
    book.wires.hold(set)
    change()
    for number in book.wires.release(set) where !book.batch(number).isReversed { settle(number) }
    payOut(set)
  }

  /// Withdraws the wires of banks for which what remains of a set comes to something else than they
  /// move, and sends what is missing then.
  func arrange(_ set: WireSetID, _ wires: [WireID]) {
    let remaining = book.live(in: set)
    func current() -> [WireSets.Wire] { wires.map { book.wires[$0] } }
    let plan = Rearrangement(
      batches: remaining.map { number in
        let batch = book.batch(number)
        return (batch.payer, batch.payee, batch.payout)
      }, wires: current(), clearingHouse: deployment.banks.clearingHouse)
    let changed = plan.missing(current()).map(\.bank)
    _ = withdraw(wires.filter { number in changed.contains { book.wires[number].concerns($0) } })
    var instructions: [Instruction] = []
    for (other, amount) in plan.missing(current()) {
      let (payer, payee) = amount > 0 ? (plan.hub, other) : (other, plan.hub)
      let carried = remaining.filter { book.batch($0).concerns(other) }
        .flatMap { book.batch($0).members }
      let number = book.wires.addWire(to: set, payer: payer, payee: payee, amount: abs(amount))
      tap?.hear(.carried(remaining, by: number.rawValue))
      instructions.append(
        Instruction(
          kind: .transfer, cell: Instruction.desk,
          reference: number.rawValue, payer: payer, payee: payee,
          currency: book.wires.currency(of: set),
          amount: abs(amount) + (planted(Plant.rearrangedPlusOne) ? 1 : 0),
          payments: Int32(carried.count),
          deadline: carried.map { due(book[$0].obligation) }.min()))
    }
    dispatch(instructions)
  }

  /// Takes wires back that are not executed, the latest first, so that few others move up; returns
  /// how many it took.
  private func withdraw(_ wires: [WireID]) -> Int {
    var count = 0
    for wire in wires.reversed() where book.wires[wire].state == .open {
      let moved = takeBack(wire)
      guard book.wires[wire].state == .open else { continue }
      book.wires.withdraw(wire, moved: moved)
      count += 1
    }
    return count
  }

  /// Gives the money of a batch that was on its way to the customers of its payer, in the currency
  /// in which it was on its way.
  private func reverse(_ number: BatchID) {
    island.note("transfer desk, reversed batch", Int(number))
    let batch = book.reverse(batch: number, at: island.now.nanoseconds)
    giveBack(batch, number, "reverse", as: "reversed")
    for member in batch.members { noteReversed(book[member].obligation, isNew: false) }
  }

  /// The customers of the payer of a batch that has ended have its money back.
  ///
  /// - Parameter end: what the records say has become of it.
  func giveBack(
    _ batch: TransferBook.Batch, _ number: BatchID, _ what: String, as end: String
  ) {
    tap?.hear(.batchReversed(number, as: end))
    guard batch.payout > 0 else { return }
    post(what, number.rawValue) { ledger throws(PostingError) in
      try ledger.reverseSent(
        payer: batch.payer, currency: batch.currency, amount: batch.payout, batch: number)
    }
  }

  private func noteReversed(_ obligation: Obligation, isNew: Bool) {
    note(.reversed, obligation)
    let value = inReporting(obligation)
    measurements.reverse(value: value, at: island.now.nanoseconds)
    tell(obligation) { isNew ? $0.addRefused(value) : $0.addReversed(value) }
  }

  /// The beneficiary of a final transfer cannot be credited: its bank's account pays it back.
  func returnUncredited(_ obligation: Obligation) {
    let value = inReporting(obligation)
    tell(obligation) { $0.addReturned(value) }
    giveBack(obligation)
  }

  /// Notes a notice of the failure, to the bank on the other side.
  private func tell(_ obligation: Obligation, _ change: (inout BankFailureTally) -> Void) {
    let route = obligation.route
    let place =
      failing.firstIndex { $0.bank == route.payee && $0.tally != nil }
      ?? failing.firstIndex { $0.bank == route.payer && $0.tally != nil }
    if let place { change(&failing[place].tally!) }
  }
}

/// A bank of which the scenario says that it fails.
struct BankFailing {
  let bank: BankID
  /// What its failure came to; nil before it.
  var tally: BankFailureTally?
  /// Transfers that became final at the bank so far, with the time; emptied by the failure.
  var arrivals: [(time: Int64, transfer: PaymentID)] = []

  init(bank: BankID) { self.bank = bank }
}
