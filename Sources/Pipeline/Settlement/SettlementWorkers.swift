import Chance
import Batching
import Money
import PaymentModel
import Plants
import Scenario
import VirtualTime

/// The settlement workers of a cell: they batch the payments of a task by the run's strategy,
/// charge the fees, post the ledger and send the instructions.
actor SettlementWorkers: IslandActor {
  nonisolated let island: Island
  let shared: CellShared
  let ledger: Ledger
  let instruct: ([Instruction]) -> Void
  var world: SettlementWorld
  var rates: CurrentRates
  let tasks: WorkQueue<SettlementTask>
  /// Takes what a plan has left for later.
  var putBack: ([SettlementTask.Part]) -> Void = { _ in }
  let settings: SettlementSettings
  /// Part of the instructions that go before others; nil for none.
  private let urgentShare: Probability?
  private var random: RandomStream
  private let positions: [UInt8: CurrencyIndex]
  private let fees: MerchantFees
  /// What came about, for the prices of all strategies.
  private(set) var obligations: ObligationBook
  /// The cell's batches.
  private(set) var book = BatchBook()
  /// Currencies sold and bought that no deal has covered yet.
  var cover: CoverBook
  var isCoverDue = false
  /// The step of the rates at which the first of them was sold or bought.
  var coveredFrom = 0
  /// What the strategy's plans report.
  var plans = PlanTotals()
  /// The merchants' business days, by the calendar.
  var days: BusinessDays
  /// The rates in force, for checks.
  var mid: MidRates
  /// Batches and positions that an instruction was sent for, one bit each.
  var sent: [UInt64] = []
  /// Refunds that batches have taken off what merchants get, minor units, by merchant and currency
  /// as merchant x currencies + currency.
  private(set) var refundsBatched: [Int: Int64] = [:]

  /// How many payments of a list are loaded ahead of the one in hand: they are far apart in memory.
  private static let loadAhead = 12

  init(shared: CellShared, ledger: Ledger, instruct: @escaping @Sendable ([Instruction]) -> Void) {
    island = shared.island
    self.shared = shared
    self.ledger = ledger
    self.instruct = instruct
    settings = shared.settings.settlement
    let share = shared.settings.interbank.urgentShare
    urgentShare = share > 0 ? Probability(share) : nil
    random = shared.random("settlement", "urgency")
    world = shared.deployment.world
    rates = CurrentRates(shared.deployment)
    fees = MerchantFees(shared)
    days = BusinessDays(shared.deployment, shared.plan)
    mid = MidRates(shared.deployment)
    tasks = WorkQueue(shared.island)
    cover = CoverBook(currencies: shared.deployment.currencies.count, bank: shared.platform)
    obligations = ObligationBook(
      slots: TimeSlots.scale(for: shared.deployment.priced + [shared.deployment.strategy]))
    positions = shared.deployment.positions
  }

  func start() {
    tasks.staff(limit: settings.workers) { [unowned self] in
      self.assumeIsolated { workers in _ = Task { await workers.work() } }
    }
  }

  func close() { tasks.channel.close() }

  func add(_ task: SettlementTask) { tasks.add(task) }

  private func work() async {
    while let task = await tasks.channel.receive() {
      let payments = task.parts.reduce(0) { $0 + $1.payments.payments.count }
      await island.sleep(for: settings.taskTime + settings.paymentTime * payments)
      settle(task)
    }
  }

  /// The whole task in one step: nothing of it is visible before all of it is.
  private func settle(_ task: SettlementTask) {
    island.note("settlement workers, batch", book.batches.count + 1)
    guard shared.stop == nil else { return }
    let pending = obligations(of: task)
    world = shared.deployment.world(
      at: island.now, rates: rates.table(at: planted(Plant.staleRates) ? .start : island.now))
    let plan = shared.deployment.strategy.plan(pending, in: world)
    check(plan, pending)
    let first = BatchID(book.batches.count + 1)
    let payouts = plan.settlements.flatMap { settle(plan.batches[$0], pending, task) }
    let instructions = self.instructions(plan, payouts, first: first, task)
    shared.measurements.submissionLatency.record(island.now - task.due)
    shared.measurements.batches += plan.batches.count
    shared.measurements.instructions += instructions.count
    send(instructions)
    keepForLater(plan.deferred, pending)
  }

  /// What a plan leaves for later comes again with what comes about until the end of the next
  /// window.
  private func keepForLater(_ deferred: [Int], _ pending: [Obligation]) {
    guard !deferred.isEmpty else { return }
    putBack(
      deferred.map { position in
        let obligation = pending[position]
        shared.tell(obligation.payment, .deferred(obligation.amount))
        return SettlementTask.Part(
          merchant: shared.store[obligation.payment].merchant,
          businessDay: obligation.businessDay, payments: PaymentList(of: obligation),
          isRepeated: true)
      })
  }

  private func obligations(of task: SettlementTask) -> [Obligation] {
    var pending: [Obligation] = []
    pending.reserveCapacity(
      task.parts.reduce(0) { $0 + $1.payments.payments.count + $1.payments.refunds.count })
    var repeated = 0
    for part in task.parts {
      check(part, of: task)
      if part.isRepeated { repeated += part.payments.count }
      let payments = part.payments.payments
      for (i, payment) in payments.enumerated() {
        if i + Self.loadAhead < payments.count {
          shared.store.prefetch(payments[i + Self.loadAhead])
        }
        let row = shared.store[payment]
        check(payment, row, of: part)
        pending.append(
          shared.obligation(
            payment, row, amount: shared.store.capturedAmount(payment),
            second: row.capturedSecond, businessDay: part.businessDay))
      }
      for refund in part.payments.refunds {
        check(refund, of: part)
        pending.append(
          shared.obligation(
            refund.payment, shared.store[refund.payment], amount: -refund.amount,
            second: refund.second, businessDay: part.businessDay))
      }
    }
    if let tap = shared.tap {
      // What was left for later stands first: see `StreamProcessor.takeAll`.
      pending.dropFirst(repeated).forEach { tap.hear(.owed(owed($0))) }
    }
    return pending
  }

  /// Settles the batches of one settlement, which is converted at once: what each pays out.
  private func settle(
    _ batches: ArraySlice<PlannedBatch>, _ pending: [Obligation], _ task: SettlementTask
  ) -> [Int64] {
    let destination = positions[batches.first!.currency.index]!
    var sums = SettlementSums(
      destination: destination, currencies: shared.currencies, rates: world.rates)
    var check = PayoutCheck()
    let payouts = batches.map { batch in
      settle(batch, pending, task, destination: destination, &sums, &check)
    }
    if let violation = check.violation(
      in: shared.currencies[Int(destination)], by: mid.table(at: island.now))
    {
      island.fail(.payout, violation)
    }
    for sale in sums.sales {
      sold(
        sale.source, sale.amount, destination, sale.converted,
        nets: batches.first!.netsConversions)
    }
    return payouts
  }

  private func settle(
    _ batch: PlannedBatch, _ pending: [Obligation], _ task: SettlementTask,
    destination: CurrencyIndex, _ sums: inout SettlementSums, _ check: inout PayoutCheck
  ) -> Int64 {
    let number = BatchID(book.batches.count + 1)
    let shares = self.shares(of: batch, pending, number: number, due: task.due)
    let before = sums.sales
    var payout: Int64 = 0
    var merchants: [MerchantShare] = []
    for share in shares {
      if let tap = shared.tap { tap.hear(.paidOut(record(share, number, destination))) }
      let net = share.amount - share.fee
      let paid = sums.add(net, of: share.currency)
      payout += paid
      owe(paid, to: share.merchant)
      check.owe(net, of: shared.currencies[Int(share.currency)])
      island.digest.add(
        shareOf: share.merchant, currency: share.currency, gross: share.amount, fee: share.fee,
        paid: paid)
      merchants.append(MerchantShare(merchant: share.merchant, amount: paid))
      ledger.call { [destination, number] ledger in
        ledger.settle(
          merchant: share.merchant, currency: share.currency, fee: share.fee, net: net,
          converts: share.currency != destination, batch: number)
      }
    }
    for (place, sale) in sums.sales.enumerated() {
      let converted = sale.converted - (place < before.count ? before[place].converted : 0)
      guard converted != 0 else { continue }
      ledger.call { [number] in
        $0.convertIn(currency: destination, amount: converted, batch: number)
      }
    }
    check.pay(payout)
    let isOneMerchants = shares.allSatisfy { $0.merchant == shares[0].merchant }
    note(
      batch, pending, task, payout: payout, currency: destination,
      shares: isOneMerchants ? [] : merchants)
    return payout
  }

  /// Counts what a merchant's bank is to receive for it, whatever wire will bring it.
  private func owe(_ amount: Int64, to merchant: CellMerchant) {
    let payee = shared.plan.merchants[Int(merchant)]
    shared.owed.owe(
      amount, from: shared.platform, to: payee.bank, in: payee.settlementCurrency)
    shared.owedToMerchants.add(amount, at: UInt64(merchant))
  }

  /// What a batch means for one merchant in one currency.
  private struct Share {
    var merchant: CellMerchant
    var currency: CurrencyIndex
    var amount: Int64
    var fee: Int64
  }

  private func record(_ share: Share, _ batch: BatchID, _ destination: CurrencyIndex)
    -> PayoutRecord
  {
    PayoutRecord(
      batch: batch, merchant: shared.plan.merchants[Int(share.merchant)].id,
      source: share.currency, gross: share.amount, fees: share.fee, destination: destination)
  }

  /// Puts the members into the batch and sums them up by merchant and currency, in the order of
  /// first occurrence.
  private func shares(
    of batch: PlannedBatch, _ pending: [Obligation], number: BatchID, due: VirtualInstant
  ) -> [Share] {
    var shares: [Share] = []
    var places: [UInt64: Int] = [:]
    var current = -1
    var source = pending[batch.members[0]].route.source
    var currency = positions[source.index]!
    for member in batch.members {
      let obligation = pending[member]
      let merchant = shared.store[obligation.payment].merchant
      if obligation.route.source != source {
        source = obligation.route.source
        currency = positions[source.index]!
      }
      if current < 0 || shares[current].merchant != merchant || shares[current].currency != currency
      {
        let place = UInt64(merchant) << 8 | UInt64(currency)
        current = places[place] ?? shares.count
        if current == shares.count {
          places[place] = current
          shares.append(Share(merchant: merchant, currency: currency, amount: 0, fee: 0))
        }
      }
      shares[current].amount += obligation.amount
      var kept: Int64 = 0
      if obligation.amount > 0 {
        kept = fee(merchant, currency, obligation.amount, times: 1)
        put(obligation.payment, into: number)
        shared.tell(obligation.payment, .batched(number, due: due.nanoseconds))
      } else {
        if shared.store[obligation.payment].traits.contains(.voided) {
          kept = fee(merchant, currency, -obligation.amount, times: -1)
        }
        shared.open -= 1
        let place = Int(merchant) * shared.currencies.count + Int(currency)
        refundsBatched[place, default: 0] -= obligation.amount
      }
      shares[current].fee += kept
      island.digest.add(obligation, inBatch: number, fee: kept)
      note(obligation, fee: kept)
    }
    let gross = batch.members.reduce(0) { $0 &+ pending[$1].amount }
    if shares.reduce(0, { $0 &+ $1.amount }) != gross {
      island.fail(.shares, "batch \(number): shares differ from its \(gross)")
    }
    return shares
  }

  /// Keeps what came about for the prices of all strategies, as it came about.
  private func note(_ obligation: Obligation, fee: Int64) {
    var obligation = obligation
    obligation.latest = .nextDay
    obligations.add(obligation, fee: fee, rates: world.rates)
  }

  /// What is kept of a capture (`times` 1), or given back with its void (-1).
  private func fee(
    _ merchant: CellMerchant, _ currency: CurrencyIndex, _ amount: Int64, times: Int64
  ) -> Int64 {
    let (kept, cut) = fees.fee(merchant, currency, on: amount)
    if cut > 0 {
      shared.measurements.feesCut += Int(times)
      shared.measurements.turnover[Int(currency)].feesCut += times * cut
    }
    return times * kept + (planted(Plant.feePlusOne) ? 1 : 0)
  }

  private func put(_ payment: PaymentID, into batch: BatchID) {
    if shared.store[payment].batch != 0 {
      island.fail(
        .settledOnce,
        "payment \(payment) is in batch \(shared.store[payment].batch) and in batch \(batch)")
    }
    shared.store[payment].batch = batch
    shared.store[payment].steps.insert(.batched)
    shared.move(payment, to: .batched)
  }

  private func note(
    _ batch: PlannedBatch, _ pending: [Obligation], _ task: SettlementTask, payout: Int64,
    currency: CurrencyIndex, shares: [MerchantShare]
  ) {
    let refunds = batch.members.reduce(0) { $0 + (pending[$1].amount < 0 ? 1 : 0) }
    let now = island.now
    let number = book.add(
      Batch(
        merchant: shares.isEmpty
          ? shared.store[pending[batch.members[0]].payment].merchant : nil,
        currency: currency, state: .instructed, amount: payout,
        payments: Int32(batch.members.count - refunds), refunds: Int32(refunds), stated: false,
        due: task.due, instructed: now, confirmed: now), shares: shares)
    if let tap = shared.tap {
      tap.hear(
        .batched(
          BatchRecord(
            number: number, payer: batch.payer, payee: batch.payee,
            merchant: shares.isEmpty ? pending[batch.members[0]].merchant : nil,
            currency: currency, payout: payout, netting: batch.netting, window: batch.window,
            part: batch.part, due: task.due.nanoseconds,
            members: batch.members.map { pending[$0] })))
    }
    island.digest.add(
      batch, number: number, currency: currency, payout: payout, at: now.nanoseconds)
  }

  /// The wires that move a plan's money. A batch by itself goes under its own number; a net
  /// position gets a number in the book like a batch, and carries its batches.
  private func instructions(
    _ plan: SettlementPlan, _ payouts: [Int64], first: BatchID, _ task: SettlementTask
  ) -> [Instruction] {
    var isCarried = [Bool](repeating: false, count: payouts.count)
    var instructions: [Instruction] = []
    let wires = Wires.of(plan, payouts: payouts, clearingBank: nil)
    if let violation = PlanCheck.violation(of: wires, for: plan, payouts: payouts) {
      island.fail(.wires, violation)
    }
    for wire in wires {
      let currency = positions[wire.currency.index]!
      let outward = wire.payer == shared.platform
      var number = first + wire.batches[0]
      if plan.batches[wire.batches[0]].netting != .gross {
        number = addEntry(
          .position, currency: currency, amount: outward ? wire.amount : -wire.amount)
        book.carry(wire.batches.map { first + $0 }, by: number)
      }
      shared.tap?.hear(.carried(wire.batches.map { first + $0 }, by: number.rawValue))
      for batch in wire.batches { isCarried[batch] = true }
      instructions.append(
        Instruction(
          kind: .payout, cell: shared.plan.index, reference: number.rawValue, payer: wire.payer,
          payee: planted(Plant.payoutToWrongBank) ? shared.deployment.banks.issuer(0) : wire.payee,
          currency: currency, amount: wire.amount + (planted(Plant.payoutPlusOne) ? 1 : 0),
          window: wire.window, payments: Int32(wire.payments),
          priority: isUrgent() ? .urgent : .normal))
    }
    // A batch that nets to nothing needs no money to move.
    for (position, carried) in isCarried.enumerated() where !carried {
      book.settleWithoutWire(first + position)
      finish(first + position, at: island.now)
    }
    return instructions
  }

  /// Whether the next instruction goes before others that wait.
  private func isUrgent() -> Bool { urgentShare.map { random.chance($0) } ?? false }

  /// A movement of the platform's account that is no batch of payments.
  func addEntry(_ kind: Batch.Kind, currency: CurrencyIndex, amount: Int64) -> BatchID {
    let now = island.now
    let number = book.add(
      Batch(
        kind: kind, merchant: nil, currency: currency, state: .instructed, amount: amount,
        payments: 0, refunds: 0, stated: false, due: now, instructed: now, confirmed: now))
    island.digest.add(
      kind, number: number, currency: currency, amount: amount, at: now.nanoseconds)
    return number
  }

  /// A batch whose money has moved with a net position, or that needed none.
  private func finish(
    _ number: BatchID, at instant: VirtualInstant, by instruction: Instruction? = nil
  ) {
    _ = book.confirm(number, at: instant)
    _ = book.state(number)
    shared.traces?.settled(number, by: instruction, at: instant.nanoseconds)
    paid(number)
    shared.tap?.hear(.batchSettled(number, at: instant.nanoseconds))
    shared.measurements.series.add(
      CellMeasurements.Column.settled.rawValue, at: island.now.nanoseconds,
      Int(book[number].payments))
  }

  /// Counts what has moved with a batch: what merchants were paid, or a side of a deal.
  private func paid(_ number: BatchID) {
    let batch = book[number]
    let currency = Int(batch.currency)
    switch batch.kind {
    case .payments:
      shared.measurements.turnover[currency].settled += batch.amount
      for share in book.takeShares(of: number) {
        shared.measurements.merchantSettled[Int(share.merchant)] += share.amount
      }
    case .position: break
    case .deal where batch.amount > 0: shared.measurements.turnover[currency].sold += batch.amount
    case .deal: shared.measurements.turnover[currency].bought -= batch.amount
    }
  }

  // MARK: what the bank says

  /// The bank has executed the instruction of a batch.
  func confirmed(_ instruction: Instruction, at instant: VirtualInstant) {
    let number = instruction.batch
    island.note("settlement workers, confirmed batch", Int(number))
    shared.measurements.checks.confirmations += 1
    guard book.contains(number), book.confirm(number, at: instant) else {
      island.fail(.confirmedOnce, "batch \(number) was confirmed twice or is not known")
      return
    }
    shared.traces?.settled(number, by: instruction, at: instant.nanoseconds)
    for carried in book.arrived(with: number) { finish(carried, at: instant, by: instruction) }
    paid(number)
    let batch = book[number]
    if batch.payments + batch.refunds > 0 {
      shared.tap?.hear(.batchSettled(number, at: instant.nanoseconds))
    }
    shared.measurements.series.add(
      CellMeasurements.Column.settled.rawValue, at: island.now.nanoseconds, Int(batch.payments))
    ledger.call { $0.confirm(currency: batch.currency, amount: batch.amount, batch: number) }
  }

  /// A statement carries a batch with this amount (signed as in the batch): what is wrong, or nil.
  func stated(_ number: BatchID, amount: Int64) -> String? {
    island.note("settlement workers, stated batch", Int(number))
    guard book.contains(number) else { return "no batch \(number)" }
    guard book[number].amount == amount else {
      return "batch \(number) is over \(book[number].amount), the statement says \(amount)"
    }
    shared.traces?.statedByBank(number)
    shared.tap?.hear(.stated(number))
    return book.state(number) ? nil : "batch \(number) was stated before"
  }
}
