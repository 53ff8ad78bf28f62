import Chance
import Money
import PaymentModel
import Plants
import Scenario
import VirtualTime

/// The ledger shard of a cell: double entry, append-only, durable by group commit.
actor Ledger: IslandActor {
  nonisolated let island: Island
  private let shared: CellShared
  let accounts: Accounts
  private let latency: Latency
  private var entries: DoubleEntry
  private var commit: GroupCommit
  private var random: RandomStream
  private var nextCheck: Int64 = 0
  private var nextCheckedTransfer = 0
  private var commits: CommitWatch
  /// What was written, as opposed to what accounts hold.
  private(set) var journal = LedgerFold()

  /// After how long all balances are folded and compared again, nanoseconds, and after how many
  /// transfers: one for so many accounts, so that a transfer bears a bounded part of the work.
  private static let checkInterval: Int64 = 3_600_000_000_000
  private static let accountsPerTransfer = 32

  init(shared: CellShared) {
    island = shared.island
    self.shared = shared
    let settings = shared.settings.ledger
    let currencies = shared.deployment.currencies
    accounts = Accounts(of: shared.plan, shared.deployment)
    entries = DoubleEntry(accounts: accounts.count, currencies: currencies.count)
    commit = GroupCommit(gather: settings.groupCommit.nanoseconds)
    commits = CommitWatch(gather: settings.groupCommit.nanoseconds)
    latency = Latency(settings.commitLatency)
    random = shared.random("ledger", "commit")
  }

  /// Returns when what the caller is about to post is durable. Runs on the caller's actor, so
  /// waiting costs no switch between actors.
  nonisolated func durable() async {
    await island.sleep(until: call(()) { ledger, _ in ledger.commitTime() })
  }

  private func commitTime() -> VirtualInstant {
    let now = island.now.nanoseconds
    var at = commit.write(now: now) { latency.draw(&random) }
    if planted(Plant.answeredBeforeCommit) { at = now }
    if let fault = commits.fault(ofWriteAt: now, durableAt: at) {
      island.fail(.commitOrder, fault)
    }
    shared.measurements.commitLatency.record(at - now)
    return VirtualInstant(nanoseconds: at)
  }

  // MARK: card and account flow

  /// An approval: the amount is pending between the acquirer and the merchant.
  func hold(_ payment: PaymentID) {
    island.note("ledger, hold of payment", Int(payment))
    let row = shared.store[payment]
    if row.steps.contains(.held) { island.fail(.heldOnce, "payment \(payment) is held twice") }
    attempt("hold", payment.rawValue) { entries throws(PostingError) in
      try entries.hold(
        debit: accounts.receivable(row.endpoint, row.currency),
        credit: accounts.payable(row.merchant, row.currency), amount: row.amount,
        reference: UInt64(payment))
    }
    shared.store[payment].steps.insert(.held)
    shared.store[payment].traits.insert(.keyInDatabase)
    shared.measurements.turnover[Int(row.currency)].authorized += row.amount
    write(
      .hold, accounts.receivable(row.endpoint, row.currency),
      accounts.payable(row.merchant, row.currency), row.amount, payment.rawValue)
    checkAtIntervals()
  }

  /// Ends a hold: `captured` is posted, the rest returns; zero is a void or an expiry.
  func resolve(_ payment: PaymentID, captured: Int64) {
    island.note("ledger, end of the hold of payment", Int(payment))
    let row = shared.store[payment]
    let debit = accounts.receivable(row.endpoint, row.currency)
    let credit = accounts.payable(row.merchant, row.currency)
    if !row.steps.contains(.held) || row.steps.contains(.posted) || row.state != .authorized {
      island.fail(.heldOnce, "payment \(payment), \(row.state), has no hold to end")
    }
    attempt("resolve", payment.rawValue) { entries throws(PostingError) in
      try entries.resolve(
        debit: debit, credit: credit, held: row.amount, captured: captured,
        reference: UInt64(payment))
    }
    if captured > 0 {
      shared.store[payment].steps.insert(.posted)
      shared.measurements.turnover[Int(row.currency)].captured += captured
      write(.capture, debit, credit, captured, payment.rawValue)
    }
    if captured < row.amount {
      write(.release, debit, credit, row.amount - captured, payment.rawValue)
    }
    checkAtIntervals()
  }

  /// Money goes back to the payer: the acquirer will take it off its next settlement.
  func giveBack(_ payment: PaymentID, amount: Int64) {
    let row = shared.store[payment]
    let isVoid = row.traits.contains(.voided)
    let merchant =
      planted(Plant.refundFromNeighbour)
      ? CellMerchant((Int(row.merchant) + 1) % accounts.merchants) : row.merchant
    post(
      isVoid ? .void : .refund, debit: accounts.payable(merchant, row.currency),
      credit: accounts.receivable(row.endpoint, row.currency), amount: amount, payment.rawValue)
    if isVoid {
      shared.measurements.turnover[Int(row.currency)].voided += amount
    } else {
      shared.measurements.turnover[Int(row.currency)].refunded += amount
    }
  }

  // MARK: settlement

  /// What a batch does to one merchant's account: the fee is kept (or, negative, goes back for
  /// voids), the rest goes on its way (or, in another currency, is sold); a negative rest is
  /// collected.
  func settle(
    merchant: CellMerchant, currency: CurrencyIndex, fee: Int64, net: Int64, converts: Bool,
    batch: BatchID
  ) {
    let payable = accounts.payable(merchant, currency)
    let income = accounts.own(planted(Plant.feeToWrongAccount) ? .fxResidual : .fees, currency)
    move(.fee, from: payable, to: income, amount: fee, batch.rawValue)
    shared.measurements.turnover[Int(currency)].fees += fee
    let other = accounts.own(converts ? .fxPosition : .inTransit, currency)
    move(converts ? .convertOut : .payout, from: payable, to: other, amount: net, batch.rawValue)
  }

  /// The bought side of a conversion goes on its way.
  func convertIn(currency: CurrencyIndex, amount: Int64, batch: BatchID) {
    move(
      .convertIn, from: accounts.own(.fxPosition, currency), to: accounts.own(.inTransit, currency),
      amount: amount, batch.rawValue)
  }

  /// The platform's side of a deal goes on its way: sold, or (negative) bought.
  func exchange(currency: CurrencyIndex, amount: Int64, batch: BatchID) {
    move(
      .exchange, from: accounts.own(.fxPosition, currency), to: accounts.own(.inTransit, currency),
      amount: amount, batch.rawValue)
  }

  /// What rounding left of a currency's position stays with the platform, or comes from it.
  func bookResidual(currency: CurrencyIndex, amount: Int64) {
    if planted(Plant.residualDropped) { return }
    move(
      .residual, from: accounts.own(.fxPosition, currency),
      to: accounts.own(.fxResidual, currency), amount: amount, 0)
  }

  /// The bank has paid a batch out, or collected it (negative).
  func confirm(currency: CurrencyIndex, amount: Int64, batch: BatchID) {
    move(
      .payoutConfirmed, from: accounts.own(.inTransit, currency),
      to: accounts.own(.nostro, currency), amount: amount, batch.rawValue)
  }

  /// An acquirer has paid what its settlement file says, or was paid (negative).
  func fund(endpoint: EndpointIndex, currency: CurrencyIndex, amount: Int64, file: UInt32) {
    move(
      .funding, from: accounts.own(.nostro, currency),
      to: accounts.receivable(endpoint, currency), amount: amount, file)
  }

  // MARK: what others may know

  /// The platform's money at its bank, by the ledger, less what it began with. Minor units.
  func nostro(_ currency: CurrencyIndex) -> Int64 {
    -entries.balances[accounts.own(.nostro, currency)].credit
  }

  /// What rounding left of foreign exchange with the platform. Minor units.
  func residual(_ currency: CurrencyIndex) -> Int64 {
    entries.balances[accounts.own(.fxResidual, currency)].credit
  }

  /// Accounts that must be zero at rest and are not: clearing and in-transit accounts, receivables,
  /// merchants' payables, and everything pending.
  func unsettledAccounts() -> [String] {
    var names: [String] = []
    for (account, balance) in entries.balances.enumerated() {
      let name = accounts.name(account)
      let isOwn = account / accounts.currencies >= accounts.merchants + accounts.endpoints
      let mayStand =
        isOwn && name != Accounts.Own.inTransit.name && name != Accounts.Own.fxPosition.name
      let pending = balance.debitsPending != 0 || balance.creditsPending != 0
      if pending || (!mayStand && balance.credit != 0) {
        let code = shared.deployment.currencies[account % accounts.currencies].code
        names.append("\(name) \(code) \(balance.credit)")
      }
    }
    return names
  }

  /// Accounts that hold something else than what is outstanding, by name.
  func differences(from expected: OutstandingBalances) -> [String] {
    var names: [String] = []
    for (account, balance) in entries.balances.enumerated() {
      let name = accounts.name(account)
      let stands = [Accounts.Own.fees, .nostro, .fxResidual].contains { $0.name == name }
      let pending = max(balance.debitsPending, balance.creditsPending)
      guard
        pending != expected.pending[account]
          || (!stands && balance.credit != expected.posted[account])
      else { continue }
      let code = shared.deployment.currencies[account % accounts.currencies].code
      names.append(
        "\(name) \(code) \(balance.credit) and \(pending) held, outstanding are "
          + "\(expected.posted[account]) and \(expected.pending[account])")
    }
    return names
  }

  /// Transfers posted, and the hash of all of them.
  func summary() -> (transfers: Int, chain: UInt64) {
    (entries.transfers, entries.chain.value)
  }

  /// Folds all balances now.
  func checkBalance() {
    shared.measurements.checks.ledgerWindows += 1
    if let currency = entries.firstUnbalancedCurrency() {
      island.fail(
        .balanced,
        "debits and credits differ in \(shared.deployment.currencies[currency].code)")
    }
    if !journal.agrees(with: entries.balances) {
      island.fail(.journalEqualsBalances, "after \(entries.transfers) transfers")
    }
  }

  // MARK: posting

  private func move(
    _ kind: TransferKind, from debit: Int, to credit: Int, amount: Int64, _ reference: UInt32
  ) {
    if amount > 0 {
      post(kind, debit: debit, credit: credit, amount: amount, reference)
    } else if amount < 0 {
      post(kind.undone, debit: credit, credit: debit, amount: -amount, reference)
    }
  }

  private func post(
    _ kind: TransferKind, debit: Int, credit: Int, amount: Int64, _ reference: UInt32
  ) {
    island.note("ledger, posting for", Int(reference))
    attempt("\(kind)", reference) { entries throws(PostingError) in
      try entries.post(
        kind, debit: debit, credit: credit, amount: amount, reference: UInt64(reference))
    }
    write(kind, debit, credit, amount, reference)
    checkAtIntervals()
  }

  private func attempt(
    _ what: @autoclosure () -> String, _ reference: UInt32,
    _ body: (inout DoubleEntry) throws(PostingError) -> Void
  ) {
    shared.measurements.checks.ledger += 1
    do throws(PostingError) {
      try body(&entries)
    } catch {
      island.fail(.posting, "\(what()) for \(reference) refused: \(error)")
    }
  }

  /// Folds all balances if it is time; called when what was posted is written.
  private func checkAtIntervals() {
    guard island.now.nanoseconds >= nextCheck, entries.transfers >= nextCheckedTransfer else {
      return
    }
    nextCheck = island.now.nanoseconds + Self.checkInterval
    nextCheckedTransfer = entries.transfers + entries.balances.count / Self.accountsPerTransfer
    checkBalance()
  }

  private func write(
    _ kind: TransferKind, _ debit: Int, _ credit: Int, _ amount: Int64, _ reference: UInt32
  ) {
    journal.add(kind, debit: debit, credit: credit, amount: amount)
    shared.tap?.hear(
      .posted(
        Posting(kind: kind, debit: debit, credit: credit, amount: amount, reference: reference)))
  }
}
