import Plants
import Rails
import Interbank
import Money
import PaymentModel
import Scenario
import VirtualTime

/// The rails and the banks' accounts on them: one island for all cells.
///
/// An instruction takes a rail of its currency and waits until that is open, each rail by its own
/// hours and without an attempt; the attempt hands it to the currency's settlement system, which
/// moves the money by the scenario's settlement mode, at once or out of a queue. Where the
/// counterparty cannot be reached over one rail, the instruction takes the next one. What is
/// executed is reported to whom it concerns. After the close, accounts that moved get a statement.
actor InterbankNetwork: IslandActor {
  nonisolated let island: Island
  let deployment: Deployment
  let notify: (Int, InterbankNotice) -> Void
  private let retryDelays: [Int64]
  let statementDelay: Int64
  /// By position in the run's list of currencies; nil where one rail takes everything.
  private(set) var choosers: [RailChooser?] = []
  /// Rails of the run's currencies, in the scenario's order.
  var rails: [Rail] = []
  /// By position in the run's list of currencies.
  var systems: [CurrencySystem] = []
  var inFlight = InstructionTable()
  /// Follows every instruction to its end.
  private var log = InstructionLog()
  /// What each rail promises, by position in `rails`.
  var watches: [RailWatch] = []
  /// Wires of the transfer desk that were taken back.
  var withdrawn: Set<WireID> = []
  /// What has settled of wires that settle in parts, minor units.
  var settledParts: [WireID: Int64] = [:]
  var statements: [Int: StatementWriter] = [:]
  var measurements = RailMeasurements()
  var series: SettlementSeries
  /// Takes what is written down of what happens; nil: nobody listens.
  private(set) var tap: Tap?
  /// Instructions that are no wires of transfers and have not been executed.
  var underWay = 0
  /// Whether the horizon has ended settlement.
  var isStopped = false
  /// Instructions that were never executed, with what remains of them: of the horizon, in the order
  /// in which they came to their turn after it, and those that a close has given back for good.
  var outstanding: [Instruction] = []
  /// What a close has given back and nobody has taken yet.
  var returned: [Instruction] = []
  /// Recorded payments that settle all or none.
  var linked = LinkedInstructions()
  /// Takes what concerns the transfer desk: a wire that was executed, with its last movement, and
  /// those that a close, or their bank, has given back; the latter answers with those that are to
  /// be sent again.
  private(set) var toDesk: (Instruction, Settlement) -> Void = { _, _ in }
  private(set) var backToDesk: ([Instruction], _ areCancelled: Bool) -> [Instruction] = { all, _ in
    all
  }
  /// Books what moves between a bank and the central bank, by entry of the schedule.
  private(set) var toLedger: (TransferKind, BankID, CurrencyIndex, Int64, Int) -> Void = {
    _, _, _, _, _ in
  }
  /// The desk's wire of a recorded payment that goes out alone, by its position; nil: none.
  private(set) var wireOfRecord: (Int) -> WireID? = { _ in nil }
  /// What entries of the schedule have done.
  var scheduled: [ScheduledRecord] = []

  init(
    island: Island, deployment: Deployment,
    notify: @escaping @Sendable (Int, InterbankNotice) -> Void
  ) {
    self.island = island
    self.deployment = deployment
    self.notify = notify
    series = SettlementSeries(currencies: deployment.currencies.map(\.code))
    retryDelays = deployment.settings.settlement.instructionRetryDelays.map(\.nanoseconds)
    statementDelay = deployment.settings.reconciliation.statementDelay.nanoseconds
  }

  /// Sets up the systems, before anything moves.
  /// - Parameters:
  ///   - toDesk: takes executed wires of the transfer desk, which is on the same island.
  ///   - backToDesk: takes those that a close, or their bank, has given back; returns those to be
  ///     sent again.
  ///   - toLedger: books what moves between a bank and the central bank.
  ///   - wireOfRecord: the wire of a recorded payment that the schedule names.
  func start(
    toDesk: @escaping (Instruction, Settlement) -> Void,
    backToDesk: @escaping ([Instruction], _ areCancelled: Bool) -> [Instruction],
    toLedger: @escaping (TransferKind, BankID, CurrencyIndex, Int64, Int) -> Void,
    wireOfRecord: @escaping (Int) -> WireID?
  ) {
    self.toDesk = toDesk
    self.backToDesk = backToDesk
    self.toLedger = toLedger
    self.wireOfRecord = wireOfRecord
    let currencies = deployment.currencies
    systems = currencies.map { CurrencySystem($0, deployment) }
    let settings = deployment.settings
    choosers = currencies.map { currency in
      let moving = settings.rails.filter { $0.currency == currency }
      let isPlain = moving.count == 1 && moving[0].maximumAmount == nil
      return isPlain ? nil : RailChooser(settings, currency: currency, rates: deployment.fx)
    }
    for settings in deployment.settings.rails {
      guard let currency = currencies.firstIndex(of: settings.currency) else { continue }
      rails.append(
        Rail(
          settings, currency: CurrencyIndex(currency), banks: deployment.banks.count,
          startingAt: deployment.epochSecond,
          random: island.randomStream("rail.\(settings.name)", "attempts"),
          waiting: DelayedActions(island) { [unowned self] instruction in
            self.assumeIsolated { $0.attempt(instruction) }
          }))
    }
    measurements.rails = rails.map { RailTally($0.settings.name) }
    watches = rails.map {
      RailWatch($0.settings, retryDelays: retryDelays, startingAt: deployment.epochSecond)
    }
    for cell in 0..<deployment.banks.cells {
      for currency in deployment.currencyIndices {
        let platform = deployment.banks.platform(cell: cell)
        let account = deployment.banks.account(platform, currency: currency)
        statements[account] = StatementWriter(opening: balance(platform, currency))
      }
    }
    scheduleActions()
  }

  /// Lets somebody listen, before anything moves.
  func listen(_ tap: Tap?) { self.tap = tap }

  /// Instructions arrive from a cell or from the desk.
  func submit(_ instructions: [Instruction]) {
    for var instruction in instructions {
      measurements.instructions += 1
      instruction.number = Int64(measurements.instructions)
      instruction.submitted = island.now.nanoseconds
      if let fault = log.submitted(instruction) { island.fail(.instructionAsSent, fault) }
      island.note("interbank network, new instruction", measurements.instructions)
      if planted(Plant.submittedPlusOne), instruction.number % 20 == 7 { instruction.amount += 1 }
      if planted(Plant.submittedToWrongBank), instruction.number % 20 == 7 {
        instruction.payee = deployment.banks.issuer(
          instruction.payer == deployment.banks.issuer(0) ? 1 : 0)
      }
      if instruction.kind != .transfer { underWay += 1 }
      guard !isStopped else {
        noteOutstanding(instruction)
        continue
      }
      instruction.rail = UInt8(rail(for: instruction))
      island.digest.add(instructed: instruction, at: island.now.nanoseconds)
      tap?.hear(.instructed(instruction))
      enqueue(instruction, notBefore: earliest(instruction))
    }
  }

  /// Balance of an account, minor units.
  func balance(_ bank: BankID, _ currency: CurrencyIndex) -> Int64 {
    systems[Int(currency)].system.balance(Int(bank.rawValue))
  }

  /// The most that a bank could pay out now, net, of payments that are not urgent: to the clearing
  /// house, or to any one bank for which it has set no limit of its own; minor units.
  func room(_ bank: BankID, _ currency: CurrencyIndex) -> Int64 {
    systems[Int(currency)].system.room(
      Int(bank.rawValue), to: Int(deployment.banks.clearingHouse.rawValue), for: .normal)
  }

  /// Sum of all balances in a currency: constant, whatever is settled.
  func total(_ currency: CurrencyIndex) -> Int64 { systems[Int(currency)].system.totalBalance }

  func second(_ instant: VirtualInstant) -> Int64 {
    deployment.epochSecond + instant.nanoseconds / 1_000_000_000
  }

  func instant(_ second: Int64) -> VirtualInstant {
    VirtualInstant(nanoseconds: (second - deployment.epochSecond) * 1_000_000_000)
  }

  // MARK: on its rail

  func enqueue(_ instruction: Instruction, notBefore earliest: VirtualInstant) {
    let rail = Int(instruction.rail)
    island.note("interbank network, waiting instruction", Int(instruction.number))
    let time = rails[rail].latency.draw(&rails[rail].random)
    switch rails[rail].settings.kind {
    case .batch, .correspondent: return enqueueLater(instruction, notBefore: earliest)
    case .instant: return rails[rail].waiting.add(instruction, at: earliest + time)
    case .rtgs: break
    }
    let begin = instant(
      rails[rail].schedule.times(at: second(earliest), from: sender(of: instruction)).processed)
    if begin > earliest { measurements.waitedForOpening += 1 }
    if planted(Plant.instructionLost), instruction.number % 40 == 7 { return }
    if planted(Plant.hoursUnheeded) {
      return rails[rail].waiting.add(instruction, at: earliest + time)
    }
    if planted(Plant.opensEarly) {
      return rails[rail].waiting.add(
        instruction, at: max(begin + -3_600_000_000_000, earliest) + time)
    }
    rails[rail].waiting.add(instruction, at: max(begin, earliest) + time)
  }

  private func attempt(_ instruction: Instruction) {
    island.note("interbank network, attempt of instruction", Int(instruction.number))
    guard !isWithdrawn(instruction) else { return }
    guard !isStopped else { return noteOutstanding(instruction) }
    let rail = Int(instruction.rail)
    // It may come after the close, and is none then.
    let isEarly = planted(Plant.opensEarly) || planted(Plant.hoursUnheeded)
    guard rails[rail].isOpen(at: second(island.now)) || isEarly else {
      return enqueue(instruction, notBefore: island.now)
    }
    measurements.attempts += 1
    checkAttempt(instruction)
    let unreachable = rails[rail].unavailable
    if rails[rail].random.chance(unreachable) {
      watches[rail].failed(instruction, at: island.now.nanoseconds)
      tap?.hear(.unreachable(instruction))
      return retry(instruction)
    }
    if rails[rail].settings.kind == .instant { return settleInstantly(instruction) }
    let currency = rails[rail].currency
    // Another rail's hours may lie outside of those of the system's business day.
    guard open(currency, outsideHours: true) else { return noteOutstanding(instruction) }
    if instruction.group > 0 { return join(instruction) }
    let payment = payment(instruction, handle: inFlight.add(instruction))
    tap?.hear(.arrived(payment, instruction))
    systems[Int(currency)].check.submit(payment, at: island.now.nanoseconds)
    let events = systems[Int(currency)].system.submit(payment, at: island.now.nanoseconds)
    carryOut(events, in: currency)
  }

  /// Waits 5, 15 and 31 s before the second to fourth attempt; after that another rail is taken.
  private func retry(_ instruction: Instruction) {
    guard Int(instruction.retries) < retryDelays.count else { return reroute(instruction) }
    if planted(Plant.railRetryUncounted) {
      return rails[Int(instruction.rail)].waiting.add(instruction, at: island.now + retryDelays[0])
    }
    var again = instruction
    measurements.retries += 1
    again.retries += 1
    rails[Int(instruction.rail)].waiting.add(
      again,
      at: island.now + retryDelays[planted(Plant.railDelayNotGrown) ? 0 : Int(instruction.retries)])
  }

  private func checkAttempt(_ instruction: Instruction) {
    let rail = Int(instruction.rail)
    let isTaken =
      !watches[rail].takes(instruction.amount)
      && rails.indices.contains {
        $0 != rail && rails[$0].currency == rails[rail].currency
          && watches[$0].takes(instruction.amount)
      }
    let fault = watches[rail].attempted(
      instruction, at: island.now.nanoseconds, second(island.now), isTaken: isTaken)
    if let fault { island.fail(.railAttempt, fault) }
  }

  /// Lets an instruction wait for its rail's next business day.
  func deferToNextDay(_ instruction: Instruction) {
    let hours = rails[Int(instruction.rail)].hours
    wait(instruction, until: hours.next(at: second(island.now)).close)
  }

  /// Lets an instruction wait for its rail, which takes it up from a UTC second on.
  func wait(_ instruction: Instruction, until second: Int64) {
    island.note("interbank network, deferred instruction", Int(instruction.number))
    tap?.hear(.postponed(instruction, until: second))
    measurements.deferred += 1
    for rail in watches.indices { watches[rail].beginsAnew(instruction) }
    var again = instruction
    again.tried = []
    enqueue(again, notBefore: max(island.now, instant(second)))
  }

  // MARK: executed

  /// What is wrong with the day on which an instruction is executed: it is not before the opening
  /// of the business day that its window names; or nil.
  private func valueFault(of instruction: Instruction) -> String? {
    guard instruction.window.valueDays > 0 else { return nil }
    let hours = systems[Int(instruction.currency)].hours
    let submitted = VirtualInstant(nanoseconds: instruction.submitted)
    var day = hours.next(at: second(submitted)).day
    for _ in 0..<instruction.window.valueDays {
      day = hours.calendar.next(onOrAfter: day.adding(days: 1))
    }
    return instant(hours.hours(of: day).open) <= island.now
      ? nil : "\(instruction) is executed before \(day)"
  }

  /// What must hold when nothing is left to happen.
  func checkAtRest() {
    if let fault = log.unended(outstanding: outstanding, withdrawn: withdrawn) {
      island.fail(.instructionAsSent, fault)
    }
    for (watch, tally) in zip(watches, measurements.rails) where watch.tariff() != tally.fees {
      island.fail(
        .railTariff, "\(tally.name) charged \(tally.fees), its tariff is \(watch.tariff())")
    }
  }

  func checkBatch(on rail: Int) {
    if let fault = watches[rail].settlesBatch(at: second(island.now)) {
      island.fail(.railWindow, fault)
    }
  }

  /// What the execution of an instruction costs, for the records.
  private func charge(
    _ instruction: Instruction, fee: Int64, isDiscounted: Bool
  ) -> WireCharge {
    let settings = rails[Int(instruction.rail)].settings
    let price = deployment.settings.costs.wire(on: settings)
    return WireCharge(
      price: instruction.isWire ? price : .zero(price.currency),
      isDiscounted: instruction.isWire && isDiscounted,
      fee: MoneyAmount(minorUnits: fee, currency: settings.fee.currency))
  }

  /// Final: from here only another payment brings the money back.
  func executed(_ last: Instruction, by settlement: Settlement) {
    let instruction = last.whole
    island.note("interbank network, executed instruction", Int(instruction.number))
    if instruction.kind != .transfer { underWay -= 1 }
    let rail = Int(instruction.rail)
    measurements.settled += 1
    let costs = deployment.settings.costs
    let fee = rails[rail].fee(for: instruction.payer, at: second(island.now))
    let isDiscounted = Int(instruction.payments) >= costs.discountMinimum
    measurements.rails[rail].add(instruction, fee: fee, isDiscounted: isDiscounted)
    watches[rail].executed(by: instruction.payer, at: second(island.now))
    for rail in watches.indices { watches[rail].end(instruction) }
    if let fault = log.executed(last) ?? valueFault(of: instruction) {
      island.fail(.instructionAsSent, fault)
    }
    tap?.hear(.executed(instruction, charge(instruction, fee: fee, isDiscounted: isDiscounted)))
    island.digest.add(executed: instruction, fee: fee, at: island.now.nanoseconds)
    switch instruction.kind {
    case .scheme, .exchange: return
    case .transfer: return toDesk(instruction, settlement)
    case .payout, .funding: break
    }
    let kind: StatementLine.Kind = instruction.kind == .payout ? .payout : .funding
    for (bank, amount) in [
      (instruction.payer, -instruction.amount), (instruction.payee, instruction.amount),
    ] {
      if planted(Plant.movementNotStated), instruction.reference % 20 == 7 { continue }
      statements[deployment.banks.account(bank, currency: instruction.currency)]?.add(
        StatementLine(kind: kind, reference: instruction.reference, amount: amount))
    }
    notify(instruction.cell, .executed(instruction, at: island.now))
    scheduleStatements(of: instruction.currency)
  }
}
