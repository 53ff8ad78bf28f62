import Batching
import Measurement
import Money
import PaymentModel
import VirtualTime

/// What a cell came to, after nothing was left to happen.
public struct CellResult: Sendable {
  /// Accepted payments by the state in which they ended.
  public var ends = Ends()
  /// Payments that went through each named step, by position in `PaymentSteps.names`.
  public var steps = [Int](repeating: 0, count: PaymentSteps.names.count)
  /// Payment created -> money at the merchant's bank, virtual nanoseconds.
  public var settlementLatency = LatencyHistogram()
  /// Instruction sent -> executed by the bank, virtual nanoseconds; one sample for each confirmed
  /// batch.
  public var executionLatency = LatencyHistogram()
  /// Captured and not with the merchants' banks by the horizon.
  public var unsettled: UnsettledPayments
  /// Captured less refunded, by endpoint and currency; minor units.
  public var captured: [[Int64]] = []
  /// Value times nanoseconds from capture to the merchant's bank, by currency, added up.
  public var valueTime: [Int128] = []
  /// Value of the payments that have arrived at the merchants' banks, by currency; minor units.
  public var valuePaid: [Int64] = []
  /// Transfers that the ledger has posted.
  public var transfers = 0
  /// How often invariants were looked at when nothing was left to happen.
  public var invariantChecks = InvariantChecks()
  /// Accounts that should be zero and are not.
  public var unsettledAccounts: [String] = []
  /// What the platform's bank account has gained by the ledger, by currency; minor units.
  public var nostro: [Int64] = []
  /// What rounding left of foreign exchange, by currency; minor units, above zero with the
  /// platform.
  public var residuals: [Int64] = []
  /// What was matched against acquirers' files and bank statements.
  public var reconciliation = ReconciliationCounts()
  /// The first 1,000 exceptions, with everything known of them.
  public var exceptions: [ReconciliationException] = []
  /// What the cell owed, grouped, so that every strategy can be priced on it.
  public var obligations: ObligationBook
  /// The same for each of `Deployment.sequencePriced`, as its price follows them one by one.
  public var sequences: [CostTally] = []
  /// Payments that both the acquirer's lines and the bank's statements tell of.
  public var reconciled = 0
  /// The files that were exchanged, in the order of delivery; empty unless the scenario keeps them.
  public var files: [(name: String, bytes: [UInt8])] = []

  /// Named ends of accepted payments.
  public struct Ends: Sendable, Equatable {
    /// In a batch that the bank has confirmed.
    public var settled = 0
    /// Settled, and all of it given back later.
    public var refunded = 0
    /// Ended in `PaymentState.declined`.
    public var declined = 0
    /// Taken back by the merchant before the cut-off of their day.
    public var voided = 0
    /// Of these, those that were captured before.
    public var voidedAfterCapture = 0
    /// Not captured while the hold was valid.
    public var expired = 0
    /// Captured, and what is owed for it not with the merchant's bank: zero in a run that came to
    /// rest before any horizon.
    public var unsettled = 0
    /// None of these, as nothing was captured yet: zero in a run that came to rest before any
    /// horizon.
    public var inFlight = 0
    /// No payments.
    public init() {}

    /// Captured, and nothing is owed for them any more.
    public var closed: Int { settled + refunded + voidedAfterCapture }

    /// All of them.
    public var total: Int {
      settled + refunded + declined + voided + expired + unsettled + inFlight
    }
  }
}

/// Where the payments of a cell stand, in a run that was cut short.
public struct CellStanding: Sendable {
  /// Accepted payments by where they stand.
  public var ends = CellResult.Ends()
  /// Payments that went through each named step, by position in `PaymentSteps.names`.
  public var steps = [Int](repeating: 0, count: PaymentSteps.names.count)
  /// Payments that a bank has paid out, and both the acquirer and the bank have stated.
  public var reconciled = 0
}

/// Goes through a cell's records once, in order, and checks what must hold at rest.
struct CellAudit {
  let shared: CellShared
  let ledger: Ledger
  let settlement: SettlementWorkers
  let reconciler: Reconciler
  let bus: Bus
  let authorization: AuthorizationWorkers
  let acquirers: [AcquirerEndpoint]

  func run() -> CellResult {
    let currencies = shared.deployment.currencies.count
    var result = CellResult(
      unsettled: UnsettledPayments(currencies: currencies),
      obligations: settlement.call { $0.obligations })
    if let (first, second) = KeyCensus(shared.settings.idempotency).repeated(in: shared.store) {
      shared.island.fail(.oneWinner, "payments \(first) and \(second) have one key")
    }
    result.sequences = shared.sequences.map(\.total)
    result.valueTime = Array(repeating: 0, count: currencies)
    result.valuePaid = Array(repeating: 0, count: currencies)
    let book = settlement.call { $0.book }
    reconciler.call { $0.matchEarlyLines() }
    var walk = Walk(shared, refundsStated: reconciler.call { $0.refundsStated })
    var recount = emptyRecount(book)
    walkPayments(book, &walk, &recount, &result)
    compare(recount, book, &result)
    reconciler.call { [unstated = walk.unstated] in $0.pair(unstated) }
    for batch in book.batches where batch.state == .confirmed {
      result.executionLatency.record(batch.confirmed - batch.instructed)
    }
    result.captured = walk.captured
    reconciler.call { [captured = walk.reported] in $0.close(captured: captured) }
    checkBatches(book)
    result.reconciliation = reconciler.call { $0.counts }
    result.exceptions = reconciler.call { $0.exceptions }
    result.files = reconciler.call { Files(kept: $0.takeFiles()) }.kept
    readLedger(&result, walk)
    checkOtherSides(result)
    return result
  }

  /// Payments by the state in which they are, and the steps they have taken: of a run that was cut
  /// short too. Changes nothing.
  func count() -> CellStanding {
    let book = settlement.call { $0.book }
    let stated = StatedPayments(book, reconciler)
    var standing = CellStanding()
    for payment in shared.store.payments {
      let row = shared.store[payment]
      for bit in standing.steps.indices where row.steps.rawValue >> bit & 1 == 1 {
        standing.steps[bit] += 1
      }
      count(payment, row, book, &standing.ends)
      if stated.contains(payment, row, in: shared.store) { standing.reconciled += 1 }
    }
    return standing
  }

  /// Notes where a payment has ended, or stands.
  private func count(
    _ payment: PaymentID, _ row: PaymentRow, _ book: BatchBook, _ ends: inout CellResult.Ends
  ) {
    switch row.state {
    case .captured where row.traits.contains(.voided),
      .batched where row.traits.contains(.voided):
      ends.voided += 1
      ends.voidedAfterCapture += 1
    case .captured, .batched:
      let isRefunded =
        row.traits.contains(.givenBack)
        && shared.store.refundedAmount(payment) == shared.store.capturedAmount(payment)
      let isConfirmed = row.state == .batched && book[row.batch].state == .confirmed
      if isRefunded {
        ends.refunded += 1
      } else if isConfirmed {
        ends.settled += 1
      } else {
        ends.unsettled += 1
      }
    case .declined: ends.declined += 1
    case .voided: ends.voided += 1
    case .expired: ends.expired += 1
    case .accepted, .authorizing, .challenged, .unknown, .authorized: ends.inFlight += 1
    }
  }

  /// What a walk through the payments gathers beside the result.
  private struct Walk {
    /// Captured less refunded, by endpoint and currency; minor units.
    var captured: [[Int64]]
    /// The same without what the horizon left out of every file.
    var reported: [[Int64]]
    /// Captured payments that no file has stated.
    var unstated: [UnstatedPayment] = []
    /// What accounts must hold after the horizon; nil where none has ended settlement.
    var outstanding: OutstandingBalances?
    let refundsStated: [PaymentID: Int64]

    init(_ shared: CellShared, refundsStated: [PaymentID: Int64]) {
      captured = Array(
        repeating: [Int64](repeating: 0, count: shared.deployment.currencies.count),
        count: shared.deployment.endpoints.count)
      reported = captured
      self.refundsStated = refundsStated
    }
  }

  private struct Files: Sendable { var kept: [(name: String, bytes: [UInt8])] }

  private func walkPayments(
    _ book: BatchBook, _ walk: inout Walk, _ recount: inout PaymentRecount,
    _ result: inout CellResult
  ) {
    let store = shared.store
    let stated = StatedPayments(book, reconciler)
    var steps = [Int](repeating: 0, count: 1 << PaymentSteps.names.count)
    if shared.stop != nil { walk.outstanding = OutstandingBalances(ledger.call { $0.accounts }) }
    for payment in store.payments {
      let row = store[payment]
      steps[Int(row.steps.rawValue)] += 1
      count(payment, row, book, &result.ends)
      if stated.contains(payment, row, in: store) { result.reconciled += 1 }
      if row.state == .batched, book[row.batch].state == .confirmed {
        settled(payment, row, book[row.batch], &result)
      }
      if shared.stop != nil { outstanding(payment, row, book, &walk, &result) }
      let isCaptured = row.steps.contains(.captured)
      let amount = isCaptured ? store.capturedAmount(payment) : 0
      let refunded = store.refundedAmount(payment)
      recount.add(payment, row, captured: amount, refunded: refunded)
      if isCaptured { captured(payment, row, amount, refunded, &walk) }
    }
    for (set, count) in steps.enumerated() where count > 0 {
      for bit in PaymentSteps.names.indices where set >> bit & 1 == 1 { result.steps[bit] += count }
    }
  }

  private func captured(
    _ payment: PaymentID, _ row: PaymentRow, _ amount: Int64, _ refunded: Int64,
    _ walk: inout Walk
  ) {
    let isStated = row.steps.contains(.stated)
    let (endpoint, currency) = (Int(row.endpoint), Int(row.currency))
    walk.captured[endpoint][currency] += amount - refunded
    guard shared.stop == nil else {
      let stated = refunded == 0 ? 0 : walk.refundsStated[payment] ?? 0
      walk.reported[endpoint][currency] += (isStated ? amount : 0) - stated
      return
    }
    walk.reported[endpoint][currency] += amount - refunded
    if !shared.askedBack.isWhole(refunded, of: payment, captured: amount) {
      shared.island.fail(
        .backAsAsked, "payment \(payment): \(refunded) of \(amount) were given back")
    }
    if isStated { return }
    walk.unstated.append(
      UnstatedPayment(
        payment: payment, endpoint: row.endpoint, currency: row.currency, merchant: row.merchant,
        amount: amount, second: Int64(row.capturedSecond)))
  }

  /// What the horizon has left of a payment.
  private func outstanding(
    _ payment: PaymentID, _ row: PaymentRow, _ book: BatchBook, _ walk: inout Walk,
    _ result: inout CellResult
  ) {
    let captured = shared.store.capturedAmount(payment)
    let refunded = shared.store.refundedAmount(payment)
    walk.outstanding?.add(row, captured: captured, refunded: refunded)
    let isOwed =
      row.state == .captured || row.state == .batched && book[row.batch].state != .confirmed
    guard isOwed, captured > refunded, let stop = shared.stop else { return }
    result.unsettled.add(
      row.currency, amount: captured - refunded,
      owed: stop.nanoseconds - Int64(row.capturedSecond) * 1_000_000_000)
  }

  private func settled(
    _ payment: PaymentID, _ row: PaymentRow, _ batch: Batch, _ result: inout CellResult
  ) {
    if !row.traits.contains(.voided) { paid(payment, row, batch, &result) }
    // The horizon may have cut off the acquirer's file.
    let isWhole = row.steps == .whole || shared.stop != nil && row.steps.union(.stated) == .whole
    if batch.instructed.nanoseconds < Int64(row.capturedSecond) * 1_000_000_000 {
      shared.island.fail(
        .timeInOrder, "payment \(payment) was sent to the bank before it was captured")
    }
    if !isWhole {
      shared.island.fail(
        .wholePath, "payment \(payment) was settled after \(row.steps) only")
    }
  }

  /// The merchant's bank has the money for a payment.
  private func paid(
    _ payment: PaymentID, _ row: PaymentRow, _ batch: Batch, _ result: inout CellResult
  ) {
    result.valueTime[Int(row.currency)] +=
      Int128(shared.store.capturedAmount(payment))
      * Int128(batch.confirmed.nanoseconds - Int64(row.capturedSecond) * 1_000_000_000)
    result.valuePaid[Int(row.currency)] += shared.store.capturedAmount(payment)
    result.settlementLatency.record(
      batch.confirmed.nanoseconds - Int64(row.createdSecond) * 1_000_000_000)
    shared.measurements.merchantCaptured[Int(row.merchant)] += inSettlementCurrency(payment, row)
  }

  private func inSettlementCurrency(_ payment: PaymentID, _ row: PaymentRow) -> Int64 {
    let amount = shared.store.capturedAmount(payment)
    let settlement = shared.plan.merchants[Int(row.merchant)].settlementCurrency
    guard row.currency != settlement else { return amount }
    let captured = MoneyAmount(minorUnits: amount, currency: shared.currencies[Int(row.currency)])
    return shared.deployment.fx.convert(captured, to: shared.currencies[Int(settlement)]).amount
      .minorUnits
  }

  private func checkBatches(_ book: BatchBook) {
    for (batch, number) in zip(book.batches, BatchID.all) where !batch.stated {
      // What the bank had not executed by the horizon is outstanding.
      if shared.stop != nil, batch.state == .instructed { continue }
      reconciler.call { $0.raise(.notStated, "batch \(number): \(batch)") }
    }
  }

  private func readLedger(_ result: inout CellResult, _ walk: Walk) {
    let currencies = shared.deployment.currencyIndices
    ledger.call { $0.checkBalance() }
    let summary = ledger.call { Summary(parts: $0.summary()) }.parts
    result.transfers = summary.transfers
    if let written = shared.tap?.journalled, written != summary.transfers {
      shared.island.fail(
        .journalWhole, "\(written) of \(summary.transfers) transfers are in the journal")
    }
    if var expected = walk.outstanding {
      expected.add(refundsBatched: settlement.call { $0.refundsBatched })
      expected.add(settlement.call { $0.book }, cover: settlement.call { $0.cover.positions })
      expected.add(funded: reconciler.call { $0.funded })
      result.unsettledAccounts = ledger.call { [expected] in $0.differences(from: expected) }
    } else {
      result.unsettledAccounts = ledger.call { $0.unsettledAccounts() }
    }
    result.nostro = currencies.map { currency in ledger.call { $0.nostro(currency) } }
    result.residuals = currencies.map { currency in ledger.call { $0.residual(currency) } }
    shared.island.digest.add(summary.chain)
  }

  private struct Summary: Sendable { var parts: (transfers: Int, chain: UInt64) }
}
