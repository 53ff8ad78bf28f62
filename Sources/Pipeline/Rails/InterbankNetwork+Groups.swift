import Interbank
import PaymentModel

/// Recorded payments that settle all or none, at one moment, in one currency or in several.
///
/// They do not wait in the systems' queues nor behind those: as a batch of another rail does, they
/// settle by what each bank has before and after. Until they can they wait here.
extension InterbankNetwork {
  /// An instruction of a group has come to its turn.
  func join(_ instruction: Instruction) {
    guard !linked.hasGoneBack(instruction.group) else {
      measurements.returned += 1
      returned.append(instruction)
      return giveBack()
    }
    linked.add(instruction, of: deployment.recorded!.size(ofGroup: instruction.group))
    settleLinked()
  }

  /// Settles the groups that are to be tried, as far as nothing stands in their way.
  func settleLinked() {
    while let (group, members) = linked.next() { settle(group, members) }
  }

  /// Tries all groups that wait once more: a system has opened, or what banks may pay has changed.
  func retryLinked() {
    guard linked.areBlocked else { return }
    linked.retryAll()
    settleLinked()
  }

  private func settle(_ group: UInt32, _ members: [Instruction]) {
    let currencies = Set(members.map(\.currency)).sorted { Int($0) < Int($1) }
    guard currencies.allSatisfy({ systems[Int($0)].isOpen }), !isStopped else {
      return linked.block(group, by: nil)
    }
    let now = island.now.nanoseconds
    // What is due until now comes first, so that nothing changes between looking and settling.
    for currency in currencies {
      carryOut(systems[Int(currency)].system.advance(to: now), in: currency)
    }
    for currency in currencies {
      let own = members.filter { $0.currency == currency }.map { payment($0, handle: 0) }
      guard let obstacle = systems[Int(currency)].system.obstacle(of: own) else { continue }
      let place = LinkedInstructions.Place(currency: currency, bank: obstacle.participant)
      return linked.block(group, by: place)
    }
    linked.remove(group)
    // All have moved before anything is told of any of them.
    var moved: [(currency: CurrencyIndex, events: [SettlementEvent])] = []
    for currency in currencies {
      let own = members.filter { $0.currency == currency }
      let payments = own.map { payment($0, handle: inFlight.add($0)) }
      let result = systems[Int(currency)].system.settleTogether(payments, at: now)
      guard case .success(let events) = result else {
        island.fail(.executedOnRail, "group \(group) settled in a part of its currencies")
        return
      }
      for (payment, instruction) in zip(payments, own) {
        tap?.hear(.arrived(payment, instruction))
        systems[Int(currency)].check.submit(payment, at: now)
      }
      moved.append((currency, events))
    }
    for (currency, events) in moved {  // ordered: an array
      carryOut(events, in: currency)
    }
  }

  /// Notes that a bank has received money, for the groups that lack it.
  func noteReceipt(_ event: SettlementEvent, in currency: CurrencyIndex) {
    switch event {
    case .settled(let settlement, _):
      guard let payee = inFlight[settlement.id]?.payee else { return }
      linked.received(.init(currency: currency, bank: Int(payee.rawValue)))
    case .positionSettled(let participant, _, _):
      linked.received(.init(currency: currency, bank: participant))
    case .queued, .released, .deferred, .rejected, .returned, .reprioritised, .resubmitted: break
    }
  }

  /// The system of a currency has closed: what waits goes back, if that is its mode's rule.
  func closeLinked(_ currency: CurrencyIndex) {
    guard deployment.mode.closingRule == .giveBack else { return }
    for instruction in linked.take(in: currency) {
      measurements.returned += 1
      returned.append(instruction)
    }
  }
}
