import Batching
import Chance
import Interbank
import Measurement
import Money
import PaymentModel
import Plants
import Scenario
import VirtualTime

/// Takes transfers on from banks' customers, lets the run's strategy batch them, sends the wires,
/// covers the currencies, and settles a batch when all its wires have been executed.
///
/// It lives on the island of the interbank network: its obligations are between any two banks, so
/// netting is truly multilateral here.
actor TransferDesk: IslandActor {
  nonisolated let island: Island
  let deployment: Deployment
  let instruct: ([Instruction]) -> Void
  /// Takes a wire back as far as it is not final; tells how much of it was final in parts.
  let takeBack: (WireID) -> Int64
  /// The most that a bank could pay out in a currency now, net, of payments that are not urgent.
  let room: (BankID, CurrencyIndex) -> Int64
  /// Takes what is written down of what happens; nil: nobody listens.
  let tap: Tap?
  private let positions: [UInt8: CurrencyIndex]
  let outlook: SettlementOutlook
  var rates: CurrentRates
  /// The step of the rates at which transfers were planned last.
  private var plannedStep: Int
  var book: TransferBook
  private(set) var ledger: TransferLedger
  /// Wires of the clearing house that wait until banks have paid in, by set.
  var heldPayouts: [WireSetID: [Instruction]] = [:]
  /// Whether the horizon has ended settlement.
  var isStopped = false
  /// Sources of transfers that have not come to their end.
  private var arriving = 0
  /// Recorded payments that may not settle yet.
  var heldRecords: DelayedActions<PaymentID>
  /// Recorded payments of groups of which others are yet to come.
  var incompleteGroups: [UInt32: [PaymentID]] = [:]
  /// Transfers that the receiving bank will give back.
  private(set) var toReturn: Set<PaymentID> = []
  /// Transfers that are too small to be given back in the currency in which they arrived.
  private(set) var unreturned: Set<PaymentID> = []
  /// Transfers that were answered by a returning payment.
  var answered: Set<PaymentID> = []
  /// The rates in force, for checks.
  var mid: MidRates
  /// What is expected to come by the workload's curve; nil: that is not known.
  let expected: ExpectedArrivals?
  /// What all that has come about costs at least, known beforehand; nil where nothing is bound.
  var bound: ClairvoyantBound?
  private var deals: UInt32 = 0
  private let memory = MemoryShare(of: .transfers)
  /// Banks that fail or have failed, in the order of the scenario.
  var failing: [BankFailing] = []
  var measurements: TransferMeasurements
  /// What came about, for the prices of all strategies.
  private(set) var obligations: ObligationBook
  /// Follow it for strategies that go by its order.
  private(set) var sequences: [SequenceShadow]

  /// - Parameters:
  ///   - instruct: takes instructions to the rails of the same island.
  ///   - takeBack: takes a wire back from there as far as it is not final; gives what was.
  ///   - room: what a bank could pay out there.
  init(
    island: Island, deployment: Deployment, tap: Tap?,
    instruct: @escaping ([Instruction]) -> Void, takeBack: @escaping (WireID) -> Int64,
    room: @escaping (BankID, CurrencyIndex) -> Int64
  ) {
    self.island = island
    self.tap = tap
    self.deployment = deployment
    self.instruct = instruct
    self.takeBack = takeBack
    self.room = room
    heldRecords = DelayedActions(island) { _ in }
    book = TransferBook(
      keepsHistory: !deployment.settings.banks.failures.isEmpty,
      cycle: deployment.strategy.release.cycle)
    outlook = deployment.world.outlook!
    rates = CurrentRates(deployment)
    mid = MidRates(deployment)
    plannedStep = rates.step
    expected = deployment.strategy.looksAhead ? ExpectedArrivals(deployment) : nil
    bound = Self.bound(deployment)
    let currencies = deployment.currencies
    ledger = TransferLedger(
      banks: deployment.banks.count, currencies: currencies.count, tap: tap)
    obligations = ObligationBook(
      slots: TimeSlots.scale(for: deployment.priced + [deployment.strategy]), findsAll: true)
    sequences = deployment.sequencePriced.map { SequenceShadow($0, in: deployment.deskWorld) }
    measurements = TransferMeasurements(currencies: currencies.count)
    positions = deployment.positions
  }

  func start(_ workload: TransferWorkload) {
    let time = deployment.settings.time
    if workload.payments > 0 {
      let arrivals = workload.arrivals(
        over: time.duration, from: time.date,
        rates: deployment.settings.interbank.arrivalRates(from: time.date),
        random: island.randomStream("transfers", "arrivals"))
      let sampler = TransferSampler(
        workload, deployment: deployment, random: island.randomStream("transfers", "requests"))
      arriving += 1
      Task { await self.receive(arrivals, sampler) }
    }
    if let recorded = deployment.recorded {
      heldRecords = DelayedActions(island) { [unowned self] number in
        self.assumeIsolated { $0.letGo(number) }
      }
      book.reserve(recorded.count)
      arriving += 1
      Task { await self.receive(recorded) }
    }
    scheduleFailures()
    if let trigger = deployment.settings.fx.volatilityTrigger {
      Task { await self.watchRates(trigger) }
    }
    switch deployment.strategy.release {
    case .onCapture: break
    // Banks' customers have no cut-off of their own: their day ends at midnight.
    case .atMerchantCutOff:
      Task { await self.closeWindows(SettlementCycle(every: .seconds(86_400))) }
    case .every(let cycle), .atCount(_, let cycle), .urgentOnCapture(let cycle),
      .whereItPays(let cycle):
      Task { await self.closeWindows(cycle) }
    }
  }

  private func receive(_ arrivals: consuming CountedArrivals, _ sampler: consuming TransferSampler)
    async
  {
    while let arrival = arrivals.next() {
      await island.sleep(until: arrival)
      let order = sampler.next(book.nextNumber, at: arrival.nanoseconds)
      if order.isReturned { toReturn.insert(order.obligation.payment) }
      measurements.noteArrival(order.obligation, isReturned: order.isReturned)
      accept(order.obligation)
    }
    arriving -= 1
  }

  private func receive(_ recorded: RecordedTransfers) async {
    for (index, arrival) in recorded.arrivals.enumerated() {
      if arrival > island.now.nanoseconds {
        await island.sleep(until: VirtualInstant(nanoseconds: arrival))
      }
      accept(record: index, recorded[index])
    }
    arriving -= 1
  }

  /// Whether no transfer is open and none will come.
  private var isAtRest: Bool {
    isStopped || arriving == 0 && book.open == 0 && failing.allSatisfy { $0.tally != nil }
  }

  private func closeWindows(_ cycle: SettlementCycle) async {
    var (end, currencies) = cycle.nextEnd(after: 0, of: deployment.currencies)
    while !isAtRest {
      await island.sleep(until: VirtualInstant(nanoseconds: end))
      if isStopped { return }
      release(cycle.isPerCurrency ? book.take(paidOutIn: currencies) : book.take())
      (end, currencies) = cycle.nextEnd(after: end, of: deployment.currencies)
    }
  }

  /// Plans what waits as soon as a rate has moved by `trigger` basis points since the last plan.
  private func watchRates(_ trigger: Double) async {
    while let change = rates.nextChange, !isAtRest {
      await island.sleep(until: change)
      if isStopped { return }
      _ = rates.table(at: island.now)
      guard rates.move(from: plannedStep, to: rates.step) >= trigger else { continue }
      plannedStep = rates.step
      measurements.volatilityPlans += 1
      release(book.take())
    }
  }

  /// Takes a transfer on.
  ///
  /// - Parameters:
  ///   - record: its position among the recorded payments, from 1; 0: it is none.
  ///   - isHeld: whether it is not offered to the strategy yet.
  func accept(
    _ obligation: Obligation, isReturn: Bool = false, record: UInt32 = 0, isHeld: Bool = false
  ) {
    island.note("transfer desk, transfer", Int(obligation.payment))
    book.accept(obligation, isReturn: isReturn, record: record, isHeld: isHeld)
    if book.entries.count & (book.entries.count - 1) == 0 {
      // Their lists have doubled.
      memory.grow(to: 2 * book.entries.count * MemoryLayout<TransferBook.Entry>.stride)
    }
    measurements.accept(value: inReporting(obligation), at: island.now.nanoseconds)
    note(.accepted, obligation)
    tap?.hear(
      .owed(
        OwedRecord(
          obligation: obligation, kind: isReturn ? .returned : .transfer,
          due: due(obligation))))
    post("accept", obligation.payment.rawValue) { ledger throws(PostingError) in
      try ledger.accept(
        payer: obligation.route.payer, currency: position(obligation.route.source),
        amount: obligation.amount, transfer: obligation.payment)
    }
    if isRefused(obligation, isReturn: isReturn) { return reverseWaiting(obligation, isNew: true) }
    obligations.add(obligation, fee: 0, rates: deployment.fx)
    bound?.add(obligation, due: due(obligation))
    for index in sequences.indices { sequences[index].add(obligation, fee: 0) }
    if !isHeld { offer(obligation) }
  }

  // MARK: a plan and its wires

  func release(_ pending: [Obligation]) {
    island.note("transfer desk, plan of", pending.count)
    guard !pending.isEmpty else { return }
    let world = world(for: pending)
    plannedStep = rates.step
    let plan = deployment.strategy.plan(pending, in: world)
    measurements.checks += plan.batches.count
    measurements.plans.add(plan.report, at: island.now.nanoseconds, tap)
    if let violation = PlanCheck.violation(
      of: plan, for: pending, maximumBatch: world.maximumBatch)
    {
      island.fail(.plan, violation)
      return
    }
    island.check(plan, pending, deployment.strategy, in: world)
    carryOut(plan, pending, world)
  }

  /// Settles obligations whatever the strategy plans for others: each by a wire of its own.
  ///
  /// - Parameters:
  ///   - pending: the obligations.
  ///   - group: of recorded payments, all or none of which settle; 0: they have none in common.
  func releaseSingly(_ pending: [Obligation], group: UInt32 = 0) {
    island.note("transfer desk, wires for", pending.count)
    let plan = SettlementPlan(
      batches: pending.enumerated().map { PlannedBatch(single: $1, at: $0) })
    carryOut(plan, pending, world(for: []), group: group)
  }

  /// Puts a plan's batches and wires on their way.
  private func carryOut(
    _ plan: SettlementPlan, _ pending: [Obligation], _ world: SettlementWorld, group: UInt32 = 0
  ) {
    let payouts = Payouts.beforeFees(of: plan, pending, in: world)
    check(payouts, of: plan, pending)
    let first = BatchID(book.batches.count + 1)
    let before = measurements.conversions
    for (batch, payout) in zip(plan.batches, payouts) { send(batch, pending, payout: payout) }
    cover(
      Conversions.of(plan, pending, in: world), ofBatches: measurements.conversions - before,
      world)
    var instructions: [Instruction] = []
    var sets = [WireSetID?](repeating: nil, count: payouts.count)
    let wires = Wires.of(plan, payouts: payouts, clearingBank: world.clearingBank)
    if let violation = PlanCheck.violation(of: wires, for: plan, payouts: payouts) {
      island.fail(.wires, violation)
    }
    for wire in wires {
      let members = wire.batches.flatMap { plan.batches[$0].members }
      // All wires of a set have the same batches.
      let set =
        sets[wire.batches[0]]
        ?? book.wires.addSet(
          of: wire.batches.map { first + $0 }, in: position(wire.currency))
      for batch in wire.batches { sets[batch] = set }
      let number = book.wires.addWire(
        to: set, payer: wire.payer, payee: wire.payee, amount: wire.amount)
      tap?.hear(.carried(wire.batches.map { first + $0 }, by: number.rawValue))
      if members.count == 1 { noteNamed(pending[members[0]], by: number) }
      instructions.append(
        Instruction(
          kind: .transfer, cell: Instruction.desk, reference: number.rawValue,
          payer: wire.payer, payee: wire.payee, currency: position(wire.currency),
          amount: wire.amount + (planted(Plant.transferWirePlusOne) ? 1 : 0), window: wire.window,
          payments: Int32(wire.payments),
          priority: members.map { priority(of: pending[$0]) }.max() ?? .normal, group: group,
          deadline: members.map { due(pending[$0]) }.min()))
    }
    // Where everything nets to nothing there is no wire to wait for.
    for (place, set) in sets.enumerated() where set == nil { settle(first + place) }
    book.putBack(plan.deferred.map { pending[$0] })
    checkBook()
    dispatch(instructions)
  }

  /// Puts a planned batch on its way: what is owed in the batch's currency as it is, the rest by
  /// way of the paying bank's currency positions.
  private func send(_ batch: PlannedBatch, _ pending: [Obligation], payout: Int64) {
    var amounts: [Int64] = Array(repeating: 0, count: deployment.currencies.count)
    for member in batch.members {
      amounts[Int(position(pending[member].route.source))] += pending[member].amount
    }
    let destination = position(batch.currency)
    let number = book.send(
      TransferBook.Batch(
        members: batch.members.map { pending[$0].payment }, payer: batch.payer, payee: batch.payee,
        currency: destination, payout: payout))
    island.digest.add(book.batch(number), number: number, at: island.now.nanoseconds)
    if let tap {
      tap.hear(
        .batched(
          BatchRecord(
            number: number, payer: batch.payer, payee: batch.payee, currency: destination,
            payout: payout, netting: batch.netting, window: batch.window,
            part: batch.part, due: island.now.nanoseconds,
            members: batch.members.map { pending[$0] })))
    }
    measurements.batches += 1
    for (source, amount) in amounts.enumerated() where amount > 0 {
      let converts = source != Int(destination)
      if converts { measurements.conversions += 1 }
      post("send", number.rawValue) { ledger throws(PostingError) in
        try ledger.send(
          payer: batch.payer, source: CurrencyIndex(source), amount: amount, converts: converts,
          batch: number)
      }
    }
    let bought = payout - amounts[Int(destination)]
    if bought > 0 {
      post("convert", number.rawValue) { ledger throws(PostingError) in
        try ledger.convertIn(
          payer: batch.payer, currency: destination, amount: bought, batch: number)
      }
    }
  }

  /// Deals with the dealer for what the plan converts, and books what rounding leaves.
  private func cover(
    _ conversions: [PlannedConversion], ofBatches converted: Int, _ world: SettlementWorld
  ) {
    var banks: [BankID] = []
    var instructions: [Instruction] = []
    for conversion in conversions {
      deals += 1
      let number = deals
      let source = position(conversion.source)
      let destination = position(conversion.destination)
      let sold = MoneyAmount(minorUnits: conversion.amount, currency: conversion.source)
      let rates = planted(Plant.transferDealStale) ? deployment.fx : world.rates
      let bought = rates.convert(sold, to: conversion.destination).amount.minorUnits
      island.digest.add(
        dealOf: conversion.bank, number: number, sold: sold,
        bought: MoneyAmount(minorUnits: bought, currency: conversion.destination),
        at: island.now.nanoseconds)
      measurements.exchange.add(
        UInt64(conversion.amount), from: conversion.source, to: conversion.destination,
        step: self.rates.step)
      tap?.hear(
        .dealt(
          DealRecord(
            number: number, bank: conversion.bank, sold: sold,
            bought: MoneyAmount(minorUnits: bought, currency: conversion.destination), in: world)))
      post("deal", number) { ledger throws(PostingError) in
        try ledger.deal(
          bank: conversion.bank, source: source, sold: conversion.amount, destination: destination,
          bought: bought, number: number)
      }
      check(
        deal: sold, for: MoneyAmount(minorUnits: bought, currency: conversion.destination))
      let dealer = deployment.banks.dealer
      for (payer, payee, currency, amount) in [
        (conversion.bank, dealer, source, conversion.amount),
        (dealer, conversion.bank, destination, bought),
      ] where amount > 0 {
        instructions.append(
          Instruction(
            kind: .exchange, cell: Instruction.desk, reference: number, payer: payer,
            payee: payee, currency: currency, amount: amount))
      }
      if !banks.contains(conversion.bank) { banks.append(conversion.bank) }
    }
    for bank in banks {
      post("residual", deals) { ledger throws(PostingError) in
        let left = try ledger.clearResiduals(of: bank, number: deals)
        for (index, amount) in left.enumerated() { measurements.residuals[index] += amount }
        check(residuals: left, roundings: converted + conversions.count, world)
      }
    }
    measurements.deals += conversions.count
    if !instructions.isEmpty { instruct(instructions) }
  }

  // MARK: what the rails say

  /// A wire has been executed.
  func executed(_ instruction: Instruction, by settlement: Settlement) {
    guard instruction.kind == .transfer else { return }
    island.note("transfer desk, executed wire", Int(instruction.reference))
    guard let arrived = book.wires.executed(instruction.wire) else {
      island.fail(
        .transferExecutedOnce,
        "wire \(instruction.reference) was executed twice, taken back, or is unknown")
      return
    }
    let inParts = settlement.amount < instruction.amount
    for batch in arrived where !book.batch(batch).isReversed {
      settle(batch, by: settlement, inParts: inParts)
    }
    if !heldPayouts.isEmpty { payOut(book.wires[instruction.wire].set) }
    checkBook()
  }

  func settle(_ number: BatchID, by settlement: Settlement? = nil, inParts: Bool = false) {
    island.note("transfer desk, settled batch", Int(number))
    let batch = book.settle(
      number, at: island.now.nanoseconds, by: settlement, inParts: inParts)
    tap?.hear(.batchSettled(number, at: island.now.nanoseconds))
    if batch.payout > 0 {
      post("settle", number.rawValue) { ledger throws(PostingError) in
        try ledger.settle(
          payee: batch.payee, currency: batch.currency, amount: batch.payout, batch: number)
      }
    }
    for member in batch.members {
      let obligation = book[member].obligation
      note(.settled, obligation)
      measurements.settle(
        obligation, value: inReporting(obligation), at: island.now.nanoseconds,
        due: due(obligation), isMeetable: { canMeetDeadline(obligation) })
      if hasFailed(batch.payee) {
        returnUncredited(obligation)
      } else if toReturn.contains(member) {
        giveBack(obligation)
      } else if let place = failing.firstIndex(where: { $0.bank == batch.payee }) {
        failing[place].arrivals.append((island.now.nanoseconds, member))
      }
    }
  }

  /// The receiving bank cannot use the money and sends it back as a payment of its own: what is
  /// settled is final.
  func giveBack(_ obligation: Obligation) {
    island.note("transfer desk, returned transfer", Int(obligation.payment))
    let route = obligation.route
    let sent = MoneyAmount(minorUnits: obligation.amount, currency: route.source)
    let arrived = rates.table(at: island.now).convert(sent, to: route.destination).amount.minorUnits
    guard arrived > 0 else {
      unreturned.insert(obligation.payment)
      return
    }
    var back = obligation
    back.payment = book.nextNumber
    back.route = SettlementRoute(
      payer: route.payee,
      payee: planted(Plant.returnedToWrongBank) ? deployment.banks.issuer(0) : route.payer,
      source: route.destination,
      destination: route.destination)
    back.amount = arrived
    back.captured = island.now.nanoseconds
    back.businessDay = deployment.day(of: island.now)
    back.latest = .secondDay
    back.deadline = back.businessDay + Int32(back.latest.valueDays)
    measurements.givenBack += 1
    check(back, of: obligation)
    accept(back, isReturn: true)
  }

  func position(_ currency: Currency) -> CurrencyIndex { positions[currency.index]! }

  /// Adds what has become of a transfer to the digest.
  func note(_ change: Digest.TransferChange, _ obligation: Obligation) {
    island.digest.add(change, obligation, at: island.now.nanoseconds)
  }

  func post(
    _ what: String, _ reference: UInt32,
    _ body: (inout TransferLedger) throws(PostingError) -> Void
  ) {
    do throws(PostingError) {
      try body(&ledger)
    } catch {
      island.fail(.posting, "transfers: \(what) for \(reference) refused: \(error)")
    }
  }
}
