import Interbank
import Money
import PaymentModel
import Plants
import VirtualTime

/// The settlement systems' days, timers and events.
extension InterbankNetwork {
  /// Starts the day of a currency's system if it is open now and has not been started; whether it
  /// is open. A rail that settles outside the hours starts the day that follows.
  func open(_ currency: CurrencyIndex, outsideHours: Bool = false) -> Bool {
    guard !systems[Int(currency)].isOpen else { return true }
    guard !isStopped else { return false }
    let (day, begin, close) = systems[Int(currency)].hours.next(at: second(island.now))
    guard outsideHours || instant(begin) <= island.now else { return false }
    island.note("settlement system, opening of currency", Int(currency))
    systems[Int(currency)].isOpen = true
    tap?.hear(.dayOpened(currency: currency))
    systems[Int(currency)].check.startDay(at: island.now.nanoseconds)
    let beginning = systems[Int(currency)].startDay(day) { instant($0).nanoseconds }
    let events = systems[Int(currency)].system.startDay(at: island.now.nanoseconds, beginning)
    carryOut(events, in: currency)
    island.schedule(at: instant(close)) { [self] in
      assumeIsolated { $0.close(currency, day) }
    }
    retryLinked()
    return true
  }

  private func close(_ currency: CurrencyIndex, _ day: CivilDate) {
    island.note("settlement system, close of currency", Int(currency))
    guard !isStopped else { return }
    let events = systems[Int(currency)].system.endDay(at: island.now.nanoseconds)
    carryOut(events, in: currency)
    systems[Int(currency)].check.endDay(at: island.now.nanoseconds, systems[Int(currency)].system)
    verify(currency)
    systems[Int(currency)].isOpen = false
    closeLinked(currency)
    giveBack()
    tap?.hear(.dayClosed(currency: currency, day))
    let system = systems[Int(currency)].system
    let waits = system.queueCount + system.heldCount > 0 || linked.waits(in: currency)
    guard waits, !systems[Int(currency)].isReopening else { return }
    systems[Int(currency)].isReopening = true
    let next = systems[Int(currency)].hours.next(at: second(island.now)).begin
    island.schedule(at: instant(next)) { [self] in
      assumeIsolated {
        $0.systems[Int(currency)].isReopening = false
        _ = $0.open(currency)
      }
    }
  }

  /// Does what the system says, and sets the timer that it asks for.
  func carryOut(_ events: [SettlementEvent], in currency: CurrencyIndex) {
    systems[Int(currency)].check.observe(events)
    measurements.checks += events.count
    verify(currency)
    for event in events {
      island.digest.add(event, currency: currency)
      tap?.hear(.system(event, currency: currency))
      if linked.areBlocked { noteReceipt(event, in: currency) }
      measure(event, in: currency)
      switch event {
      case .settled(let settlement, _) where settlement.remaining == 0:
        guard let instruction = inFlight.remove(settlement.id) else {
          island.fail(.executedOnRail, "\(settlement) settles what is on no rail")
          return
        }
        executed(instruction, by: settlement)
        if planted(Plant.reportedTwice), instruction.number % 40 == 7 {
          executed(instruction, by: settlement)
        }
      case .queued: measurements.queued += 1
      case .deferred: measurements.deferred += 1
      case .returned(let handle, let amount, _, _):
        guard var instruction = inFlight.remove(handle), !isWithdrawn(instruction) else { continue }
        measurements.returned += 1
        if planted(Plant.returnedLost) { continue }
        // What had settled of a split payment has arrived; the rest goes back.
        instruction.keep(remaining: amount)
        returned.append(instruction)
      case .rejected(let handle, let reason, _):
        guard reason.isOfTheDay, let instruction = inFlight.remove(handle) else {
          island.fail(.wellFormed, "an instruction was rejected: \(reason.description)")
          return
        }
        // Caps and limits count anew on the system's next day.
        measurements.rejected += 1
        wait(instruction, until: systems[Int(currency)].hours.next(at: second(island.now)).close)
      case .settled(let settlement, _): notePart(settlement.id, settlement.amount)
      case .released, .reprioritised, .resubmitted, .positionSettled: break
      }
    }
    let system = systems[Int(currency)].system
    series.queue(
      currency, count: system.queueCount, value: system.queueValue, at: island.now.nanoseconds)
    arm(currency)
    settleLinked()
  }

  /// Notes what an event means for the series, and for the money that transfers move.
  private func measure(_ event: SettlementEvent, in currency: CurrencyIndex) {
    switch event {
    case .settled(let settlement, let time):
      series.settle(
        currency, part: settlement.amount, isWhole: settlement.remaining == 0, at: time)
      guard let instruction = inFlight[settlement.id], instruction.cell == Instruction.desk else {
        return
      }
      systems[Int(currency)].moved.move(
        from: Int(instruction.payer.rawValue), to: Int(instruction.payee.rawValue),
        amount: settlement.amount, group: settlement.group, isWire: instruction.kind == .transfer)
    case .positionSettled: systems[Int(currency)].moved.payPositions()
    default: break
    }
  }

  /// Whether the independent check has found a rule broken.
  func verify(_ currency: CurrencyIndex) {
    guard let violation = systems[Int(currency)].check.violation else { return }
    island.fail(.interbankRules, "\(deployment.currencies[Int(currency)]): \(violation)")
  }

  private func arm(_ currency: CurrencyIndex) {
    guard let next = systems[Int(currency)].system.nextTimer,
      next < systems[Int(currency)].armedFor
    else { return }
    systems[Int(currency)].armedFor = next
    island.schedule(at: VirtualInstant(nanoseconds: max(next, island.now.nanoseconds))) { [self] in
      assumeIsolated { $0.fire(currency, next) }
    }
  }

  private func fire(_ currency: CurrencyIndex, _ time: Int64) {
    island.note("settlement system, timer of currency", Int(currency))
    if systems[Int(currency)].armedFor == time { systems[Int(currency)].armedFor = .max }
    guard systems[Int(currency)].isOpen else { return }
    carryOut(systems[Int(currency)].system.advance(to: island.now.nanoseconds), in: currency)
  }

  // MARK: statements

  func scheduleStatements(of currency: CurrencyIndex) {
    let (day, _, close) = systems[Int(currency)].hours.next(at: second(island.now))
    guard close > systems[Int(currency)].statementAfter else { return }
    systems[Int(currency)].statementAfter = close
    island.schedule(at: instant(close) + statementDelay) { [self] in
      assumeIsolated { $0.deliverStatements(of: currency, day: day) }
    }
  }

  private func deliverStatements(of currency: CurrencyIndex, day: CivilDate) {
    island.note("interbank network, statements of currency", Int(currency))
    for cell in 0..<deployment.banks.cells {
      let platform = deployment.banks.platform(cell: cell)
      let account = deployment.banks.account(platform, currency: currency)
      guard statements[account]?.isEmpty == false else { continue }
      let statement = statements[account]!.finish(
        account: deployment.banks.name(platform), currency: deployment.currencies[Int(currency)],
        day: day)
      measurements.statements += 1
      notify(cell, .statement(statement))
      if planted(Plant.statementDeliveredTwice) { notify(cell, .statement(statement)) }
    }
  }
}
