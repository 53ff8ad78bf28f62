import Batching
import Money
import PaymentModel
import Scenario
import VirtualTime

/// The settlement workers of a cell: they batch the payments of a task by the run's strategy,
/// charge the fees, post the ledger and send the instructions.
actor SettlementWorkers: IslandActor {
  nonisolated let island: Island
  private let shared: CellShared
  private let ledger: Ledger
  private let instruct: ([Instruction]) -> Void
  private let world: SettlementWorld
  private let tasks: Channel<SettlementTask>
  private let settings: SettlementSettings
  private let positions: [UInt8: UInt8]
  /// By plan, then currency.
  private let fees: [FeeSchedule]
  /// What came about, for the prices of all strategies.
  private(set) var obligations: ObligationBook
  /// The cell's batches.
  private(set) var book = BatchBook()

  /// How many payments of a list are loaded ahead of the one in hand: they are far apart in memory.
  private static let loadAhead = 12

  init(shared: CellShared, ledger: Ledger, instruct: @escaping @Sendable ([Instruction]) -> Void) {
    island = shared.island
    self.shared = shared
    self.ledger = ledger
    self.instruct = instruct
    settings = shared.settings.settlement
    world = shared.deployment.world
    fees = shared.deployment.fees.flatMap { $0 }
    tasks = Channel(shared.island)
    obligations = ObligationBook(
      slotLength: TimeSlots.length(for: shared.deployment.priced + [shared.deployment.strategy]))
    positions = Dictionary(
      uniqueKeysWithValues: shared.deployment.currencies.enumerated().map {
        ($1.index, UInt8($0))
      })
  }

  func start() {
    for _ in 0..<settings.workers { Task { await self.work() } }
  }

  func close() { tasks.close() }

  func add(_ task: SettlementTask) { tasks.trySend(task) }

  private func work() async {
    while let task = await tasks.receive() {
      let payments = task.parts.reduce(0) { $0 + $1.payments.payments.count }
      await island.sleep(
        nanoseconds: settings.taskTime.nanoseconds + settings.paymentTime.nanoseconds
          * Int64(payments))
      settle(task)
    }
  }

  /// The whole task in one step: nothing of it is visible before all of it is.
  private func settle(_ task: SettlementTask) {
    let pending = obligations(of: task)
    let plan = shared.deployment.strategy.plan(pending, in: world)
    check(plan, pending)
    var instructions: [Instruction] = []
    for batch in plan {
      if let instruction = settle(batch, pending, task) { instructions.append(instruction) }
    }
    shared.measurements.submissionLatency.record(island.now - task.due)
    shared.measurements.batches += plan.count
    shared.measurements.instructions += instructions.count
    if !instructions.isEmpty { instruct(instructions) }
  }

  private func obligations(of task: SettlementTask) -> [Obligation] {
    var pending: [Obligation] = []
    pending.reserveCapacity(
      task.parts.reduce(0) { $0 + $1.payments.payments.count + $1.payments.refunds.count })
    for part in task.parts {
      let payments = part.payments.payments
      for (i, payment) in payments.enumerated() {
        if i + Self.loadAhead < payments.count {
          shared.store.prefetch(payments[i + Self.loadAhead])
        }
        let row = shared.store[payment]
        pending.append(
          shared.obligation(
            payment, row, amount: shared.store.capturedAmount(payment),
            second: row.capturedSecond, businessDay: part.businessDay))
      }
      for refund in part.payments.refunds {
        pending.append(
          shared.obligation(
            refund.payment, shared.store[refund.payment], amount: -refund.amount,
            second: refund.second, businessDay: part.businessDay))
      }
    }
    for obligation in pending { obligations.add(obligation) }
    return pending
  }

  private func check(_ plan: [PlannedBatch], _ pending: [Obligation]) {
    shared.measurements.checks.batches += plan.count
    if let violation = PlanCheck.violation(
      of: plan, for: pending, maximumBatch: settings.maximumBatch)
    {
      island.fail("batch.plan", violation)
    }
  }

  private func settle(
    _ batch: PlannedBatch, _ pending: [Obligation], _ task: SettlementTask
  ) -> Instruction? {
    let source = positions[batch.route.source.index]!
    let destination = positions[batch.route.destination.index]!
    let number = UInt32(book.batches.count + 1)
    let shares = self.shares(of: batch, pending, currency: source, number: number)
    var net: Int64 = 0
    for share in shares {
      net += share.amount - share.fee
      ledger.call { [source, destination, number] ledger in
        ledger.settle(
          merchant: share.merchant, currency: source, fee: share.fee,
          net: share.amount - share.fee, converts: source != destination, batch: number)
      }
    }
    var payout = net
    if source != destination {
      payout =
        world.rates.convert(
          MoneyAmount(minorUnits: net, currency: batch.route.source), to: batch.route.destination
        ).amount.minorUnits
      ledger.call { [payout] in
        $0.convertIn(currency: destination, amount: payout, batch: number)
      }
    }
    note(batch, pending, task, payout: payout, currency: destination, shares: shares.count)
    return instruction(batch, number: number, amount: payout, currency: destination)
  }

  /// What a batch means for one merchant.
  private struct Share {
    var merchant: UInt32
    var amount: Int64
    var fee: Int64
  }

  /// Puts the members into the batch and sums them up by merchant, in the order of first
  /// occurrence.
  private func shares(
    of batch: PlannedBatch, _ pending: [Obligation], currency: UInt8, number: UInt32
  ) -> [Share] {
    var shares: [Share] = []
    var places: [UInt32: Int] = [:]
    var current = -1
    for member in batch.members {
      let obligation = pending[member]
      let merchant = shared.store[obligation.payment].merchant
      if current < 0 || shares[current].merchant != merchant {
        current = places[merchant] ?? shares.count
        if current == shares.count {
          places[merchant] = current
          shares.append(Share(merchant: merchant, amount: 0, fee: 0))
        }
      }
      shares[current].amount += obligation.amount
      if obligation.amount > 0 {
        shares[current].fee += fee(merchant, currency, obligation.amount)
        put(obligation.payment, into: number)
      } else {
        shared.open -= 1
      }
    }
    return shares
  }

  private func fee(_ merchant: UInt32, _ currency: UInt8, _ amount: Int64) -> Int64 {
    let plan = shared.plan.merchants[Int(merchant)].feePlan
    let schedule = fees[plan * shared.currencies.count + Int(currency)]
    let gross = MoneyAmount(minorUnits: amount, currency: shared.currencies[Int(currency)])
    return min(schedule.fee(on: gross).minorUnits, amount)
  }

  private func put(_ payment: UInt32, into batch: UInt32) {
    if shared.store[payment].batch != 0 {
      island.fail(
        "payment.settled_once",
        "payment \(payment) is in batch \(shared.store[payment].batch) and in batch \(batch)")
    }
    shared.store[payment].batch = batch
    shared.store[payment].steps.insert(.batched)
    shared.move(payment, to: .batched)
  }

  private func note(
    _ batch: PlannedBatch, _ pending: [Obligation], _ task: SettlementTask, payout: Int64,
    currency: UInt8, shares: Int
  ) {
    let refunds = batch.members.reduce(0) { $0 + (pending[$1].amount < 0 ? 1 : 0) }
    let now = island.now
    let number = book.add(
      Batch(
        merchant: shares == 1 ? shared.store[pending[batch.members[0]].payment].merchant : nil,
        currency: currency, state: .instructed, amount: payout,
        payments: Int32(batch.members.count - refunds), refunds: Int32(refunds), stated: false,
        due: task.due, instructed: now, confirmed: now))
    island.digest.add(UInt64(number) << 32 ^ UInt64(batch.members.count))
    island.digest.add(payout)
    // A batch that nets to nothing needs no money to move.
    if payout == 0 {
      _ = book.confirm(number, at: now)
      _ = book.state(number)
    }
  }

  private func instruction(
    _ batch: PlannedBatch, number: UInt32, amount: Int64, currency: UInt8
  ) -> Instruction? {
    guard amount != 0 else { return nil }
    let platform = shared.deployment.banks.platform(cell: shared.plan.index)
    return Instruction(
      kind: .payout, cell: shared.plan.index, reference: number,
      payer: amount > 0 ? platform : batch.route.payee,
      payee: amount > 0 ? batch.route.payee : platform, currency: currency, amount: abs(amount))
  }

  // MARK: what the bank says

  /// The bank has executed a batch.
  func confirmed(_ number: UInt32, at instant: VirtualInstant) {
    guard book.contains(number), book.confirm(number, at: instant) else {
      island.fail("batch.confirmed_once", "batch \(number) was confirmed twice or is not known")
      return
    }
    let batch = book[number]
    shared.measurements.series.add(
      CellMeasurements.Column.settled.rawValue, at: island.now.nanoseconds, Int(batch.payments))
    ledger.call { $0.confirm(currency: batch.currency, amount: batch.amount, batch: number) }
  }

  /// A statement carries a batch with this amount (signed as in the batch): what is wrong, or nil.
  func stated(_ number: UInt32, amount: Int64) -> String? {
    guard book.contains(number) else { return "no batch \(number)" }
    guard book[number].amount == amount else {
      return "batch \(number) is over \(book[number].amount), the statement says \(amount)"
    }
    return book.state(number) ? nil : "batch \(number) was stated before"
  }
}
