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
  /// Captured less refunded, by endpoint and currency; minor units.
  public var captured: [[Int64]] = []
  /// Value times nanoseconds from capture to the merchant's bank, by currency, added up.
  public var valueTime: [Int128] = []
  /// Value of the payments that have arrived at the merchants' banks, by currency; minor units.
  public var valuePaid: [Int64] = []
  /// Transfers that the ledger has posted.
  public var transfers = 0
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
  /// Lines of `journal.csv` without its header; nil unless the scenario asks for them.
  public var journal: [UInt8]?
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
    /// Taken back by the merchant before capture.
    public var voided = 0
    /// Not captured while the hold was valid.
    public var expired = 0
    /// None of these: zero in a run that was not cut short.
    public var inFlight = 0
    /// No payments.
    public init() {}

    /// All of them.
    public var total: Int { settled + refunded + declined + voided + expired + inFlight }
  }
}

/// Goes through a cell's records once, in order, and checks what must hold at rest.
struct CellAudit {
  let shared: CellShared
  let ledger: Ledger
  let settlement: SettlementWorkers
  let reconciler: Reconciler

  func run() -> CellResult {
    var result = CellResult(obligations: settlement.call { $0.obligations })
    result.valueTime = Array(repeating: 0, count: shared.deployment.currencies.count)
    result.valuePaid = Array(repeating: 0, count: shared.deployment.currencies.count)
    let book = settlement.call { $0.book }
    reconciler.call { $0.matchEarlyLines() }
    let captured = walkPayments(book, &result)
    for batch in book.batches where batch.state == .confirmed {
      result.executionLatency.record(batch.confirmed - batch.instructed)
      if let merchant = batch.merchant {
        shared.measurements.merchantSettled[Int(merchant)] += batch.amount
      }
    }
    result.captured = captured
    reconciler.call { $0.close(captured: captured) }
    checkBatches(book)
    result.reconciliation = reconciler.call { $0.counts }
    result.exceptions = reconciler.call { $0.exceptions }
    result.files = reconciler.call { Files(kept: $0.takeFiles()) }.kept
    readLedger(&result)
    return result
  }

  private struct Files: Sendable { var kept: [(name: String, bytes: [UInt8])] }

  /// Returns what was captured less what was refunded, by endpoint and currency.
  private func walkPayments(_ book: BatchBook, _ result: inout CellResult) -> [[Int64]] {
    let store = shared.store
    var captured = Array(
      repeating: [Int64](repeating: 0, count: shared.deployment.currencies.count),
      count: shared.deployment.endpoints.count)
    var steps = [Int](repeating: 0, count: 1 << PaymentSteps.names.count)
    var unstated: [UnstatedPayment] = []
    for payment in 1..<(store.count + 1) {
      let row = store[payment]
      steps[Int(row.steps.rawValue)] += 1
      switch row.state {
      case .batched where book[row.batch].state == .confirmed:
        settled(payment, row, book[row.batch], &result)
      case .declined: result.ends.declined += 1
      case .voided: result.ends.voided += 1
      case .expired: result.ends.expired += 1
      default: result.ends.inFlight += 1
      }
      if row.steps.contains(.captured) {
        let refunded = store.refunds.isEmpty ? 0 : store.refunds[payment] ?? 0
        captured[Int(row.endpoint)][Int(row.currency)] += store.capturedAmount(payment) - refunded
        if !row.steps.contains(.stated) {
          unstated.append(
            UnstatedPayment(
              payment: payment, endpoint: row.endpoint, currency: row.currency,
              merchant: row.merchant, amount: store.capturedAmount(payment),
              second: Int64(row.capturedSecond)))
        }
      }
    }
    reconciler.call { [unstated] in $0.pair(unstated) }
    for (set, count) in steps.enumerated() where count > 0 {
      for bit in PaymentSteps.names.indices where set >> bit & 1 == 1 { result.steps[bit] += count }
    }
    return captured
  }

  private func settled(
    _ payment: UInt32, _ row: PaymentRow, _ batch: Batch, _ result: inout CellResult
  ) {
    if !shared.store.refunds.isEmpty,
      shared.store.refunds[payment] == shared.store.capturedAmount(payment)
    {
      result.ends.refunded += 1
    } else {
      result.ends.settled += 1
    }
    result.valueTime[Int(row.currency)] +=
      Int128(shared.store.capturedAmount(payment))
      * Int128(batch.confirmed.nanoseconds - Int64(row.capturedSecond) * 1_000_000_000)
    result.valuePaid[Int(row.currency)] += shared.store.capturedAmount(payment)
    result.settlementLatency.record(
      batch.confirmed.nanoseconds - Int64(row.createdSecond) * 1_000_000_000)
    shared.measurements.merchantCaptured[Int(row.merchant)] += inSettlementCurrency(payment, row)
    if row.steps != .whole {
      shared.island.fail(
        "payment.whole_path", "payment \(payment) was settled after \(row.steps) only")
    }
  }

  private func inSettlementCurrency(_ payment: UInt32, _ row: PaymentRow) -> Int64 {
    let amount = shared.store.capturedAmount(payment)
    let settlement = shared.plan.merchants[Int(row.merchant)].settlementCurrency
    guard row.currency != settlement else { return amount }
    let captured = MoneyAmount(minorUnits: amount, currency: shared.currencies[Int(row.currency)])
    return shared.deployment.fx.convert(captured, to: shared.currencies[Int(settlement)]).amount
      .minorUnits
  }

  private func checkBatches(_ book: BatchBook) {
    for (index, batch) in book.batches.enumerated() where !batch.stated {
      reconciler.call { $0.raise(.notStated, "batch \(index + 1): \(batch)") }
    }
  }

  private func readLedger(_ result: inout CellResult) {
    let currencies = shared.deployment.currencies.indices.map { UInt8($0) }
    ledger.call { $0.checkBalance() }
    let summary = ledger.call { Summary(parts: $0.summary()) }.parts
    result.transfers = summary.transfers
    result.unsettledAccounts = ledger.call { $0.unsettledAccounts() }
    result.nostro = currencies.map { currency in ledger.call { $0.nostro(currency) } }
    result.residuals = currencies.map { currency in ledger.call { $0.residual(currency) } }
    result.journal = ledger.call { $0.takeJournal() }
    shared.island.digest.add(summary.chain)
  }

  private struct Summary: Sendable { var parts: (transfers: Int, chain: UInt64) }
}
