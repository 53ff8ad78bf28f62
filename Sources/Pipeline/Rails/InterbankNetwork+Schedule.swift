import Interbank
import Money
import PaymentModel
import Scenario
import VirtualTime

/// What the scenario schedules for instants of the run.
///
/// An entry finds what waits in the settlement systems, and what banks hold back there, at its
/// instant, before anything that is handed in at that instant; what is still on its way over a rail
/// is not concerned.
extension InterbankNetwork {
  /// An entry with its banks and its currency.
  private struct Entry {
    var settings: ScheduledAction
    /// Position of the recorded payment that is meant; nil: those of the bank.
    var recorded: Int?
    var record: ScheduledRecord
  }

  func scheduleActions() {
    let banks = deployment.banks
    let all = (0..<banks.count).map { BankID(UInt16($0)) }
    let numbers = Dictionary(uniqueKeysWithValues: all.map { (banks.name($0), $0) })
    for (index, settings) in deployment.settings.interbank.schedule.enumerated() {
      let recorded = deployment.recorded?.scheduled[index]
      let payer = recorded.map { banks.correspondent(deployment.recorded![$0].payer) }
      guard let bank = payer ?? settings.bank.flatMap({ numbers[$0] }) else { continue }
      let time = settings.at.nanoseconds(from: deployment.settings.time.date)
      let currency = settings.amount?.currency ?? settings.currency
      let record = ScheduledRecord(
        entry: index + 1, at: time, action: settings.action, bank: bank,
        counterparty: settings.counterparty.flatMap { numbers[$0] },
        currency: currency.flatMap { deployment.positions[$0.index] },
        asked: settings.amount?.minorUnits)
      let entry = Entry(settings: settings, recorded: recorded, record: record)
      island.schedule(at: VirtualInstant(nanoseconds: time)) { [self] in
        assumeIsolated { $0.carryOut(entry) }
      }
    }
  }

  private func carryOut(_ entry: Entry) {
    guard !isStopped else { return }
    island.note("settlement systems, scheduled entry", entry.record.entry)
    var record = entry.record
    switch record.action {
    case .prioritise, .resubmit, .cancel: record.payments = manage(entry)
    case .addLiquidity, .withdrawLiquidity: record.applied = adjust(record)
    case .netDebitCap, .bilateralLimit: record.applied = change(record)
    case .collateral:
      record.asked = lendable(entry)
      record.applied = change(record)
    case .arrivalRate: return
    }
    island.digest.add(record)
    tap?.hear(.scheduled(record))
    scheduled.append(record)
    // What a bank has or may owe has changed: groups that lacked it are tried again.
    if record.applied != nil { retryLinked() }
  }

  // MARK: payments

  /// Does what an entry says to the payments that it means; how many there were.
  private func manage(_ entry: Entry) -> Int {
    var count = 0
    let time = island.now.nanoseconds
    let payer = Int(entry.record.bank.rawValue)
    for currency in entry.record.currency.map({ [$0] }) ?? deployment.currencyIndices {
      carryOut(systems[Int(currency)].system.advance(to: time), in: currency)
      for handle in handles(entry, in: currency) {
        // What was done to one may have settled another.
        guard inFlight[handle] != nil else { continue }
        let events =
          switch entry.record.action {
          case .prioritise:
            systems[Int(currency)].system.reprioritise(
              handle, payer: payer, to: PaymentPriority(entry.settings.priority ?? .normal),
              at: time)
          case .resubmit:
            systems[Int(currency)].system.resubmit(handle, payer: payer, at: time)
          default:
            systems[Int(currency)].system.cancel(handle, payer: payer, at: time)
          }
        if !events.isEmpty { count += 1 }
        carryOut(events, in: currency)
      }
    }
    giveBack(areCancelled: true)
    return count
  }

  /// Handles of the waiting payments that an entry means.
  private func handles(_ entry: Entry, in currency: CurrencyIndex) -> [Int64] {
    let record = entry.record
    let minimum = entry.settings.minimum.map {
      deployment.fx.convert($0, to: deployment.currencies[Int(currency)]).amount.minorUnits
    }
    if let recorded = entry.recorded {
      return wireOfRecord(recorded).flatMap { inFlight.wire($0) }
        .map { $0.instruction.currency == currency ? [$0.handle] : [] } ?? []
    }
    return systems[Int(currency)].system.waiting.map(\.id).filter { handle in
      guard let instruction = inFlight[handle], instruction.payer == record.bank,
        record.counterparty == nil || instruction.payee == record.counterparty,
        instruction.amount >= minimum ?? 0
      else { return false }
      return record.action != .cancel || isCustomers(instruction)
    }
  }

  /// Whether an instruction carries customers' transfers from bank to bank: what a netting pays
  /// into the clearing house, or a bank owes the dealer, is not a bank's to take back.
  private func isCustomers(_ instruction: Instruction) -> Bool {
    let house = deployment.banks.clearingHouse
    return instruction.kind == .transfer && instruction.isWire && instruction.payee != house
      && instruction.payer != house
  }

  // MARK: money and terms

  /// Moves money between a bank's account and the central bank; how much.
  private func adjust(_ record: ScheduledRecord) -> Int64 {
    guard let currency = record.currency, let asked = record.asked else { return 0 }
    let time = island.now.nanoseconds
    let participant = Int(record.bank.rawValue)
    carryOut(systems[Int(currency)].system.advance(to: time), in: currency)
    let isAdded = record.action == .addLiquidity
    let amount =
      isAdded
      ? asked : min(asked, max(0, systems[Int(currency)].system.ownFunds(participant)))
    guard amount > 0 else { return 0 }
    let change = isAdded ? amount : -amount
    switch systems[Int(currency)].system.adjust(participant, by: change, at: time) {
    case .failure(let obstacle):
      island.fail(
        .interbankRules, "\(-change) cannot leave account \(participant): \(obstacle)")
      return 0
    case .success(let events):
      systems[Int(currency)].check.adjust(participant, by: change, at: time)
      toLedger(.liquidity, record.bank, currency, change, record.entry)
      carryOut(events, in: currency)
      return amount
    }
  }

  /// Changes what a bank is allowed; the amount that took effect.
  private func change(_ record: ScheduledRecord) -> Int64 {
    guard let currency = record.currency, let asked = record.asked else { return 0 }
    let time = island.now.nanoseconds
    let participant = Int(record.bank.rawValue)
    carryOut(systems[Int(currency)].system.advance(to: time), in: currency)
    let change: TermsChange
    switch record.action {
    case .netDebitCap: change = .netDebitCap(asked)
    case .bilateralLimit:
      change = .bilateralLimit(asked, to: record.counterparty.map { Int($0.rawValue) })
    default: change = .collateral(asked)
    }
    let before = systems[Int(currency)].system.terms(participant).collateral
    let (applied, events) = systems[Int(currency)].system.change(participant, change, at: time)
    systems[Int(currency)].check.change(participant, applied, at: time)
    carryOut(events, in: currency)
    guard case .collateral(let value) = applied else { return asked }
    if value != before {
      toLedger(.collateral, record.bank, currency, value - before, record.entry)
    }
    return value
  }

  /// What is lent on the collateral of an entry, minor units.
  private func lendable(_ entry: Entry) -> Int64? {
    guard let amount = entry.settings.amount else { return nil }
    let settings = deployment.settings
    let terms = BankTerms(
      settings.ownTerms[deployment.banks.name(entry.record.bank)], in: amount.currency,
      of: settings)
    let secured = terms.lendable(amount).minorUnits
    guard let cap = terms.creditCap else { return secured }
    return min(secured, deployment.fx.convert(cap, to: amount.currency).amount.minorUnits)
  }
}

extension PaymentPriority {
  /// The priority that a scenario names.
  init(_ settings: ScheduledAction.Priority) {
    switch settings {
    case .urgent: self = .urgent
    case .high: self = .high
    case .normal: self = .normal
    }
  }
}
