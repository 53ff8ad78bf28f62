import VirtualTime

/// What the ledgers of cells and of the transfer desk keep.
extension Invariant {
  /// A posting is possible.
  public static let posting = Invariant(
    "ledger.posting", .event,
    "a posting is above zero, resolves no more than is held and overdraws no guarded account")
  /// Debits equal credits.
  public static let balanced = Invariant(
    "ledger.balanced", .window, "debits equal credits in every currency, pending and posted apart")
  /// What is in transit has arrived.
  public static let clearingZero = Invariant(
    "ledger.clearing_zero", .rest,
    "payables, receivables and accounts in transit hold what is outstanding: at rest, nothing")

  /// A payment is held once.
  public static let heldOnce = Invariant(
    "ledger.held_once", .event, "a payment has one hold, which ends once")
  /// Commits keep their order.
  public static let commitOrder = Invariant(
    "ledger.commit_order", .event,
    "no write is durable before its group has been gathered, or before an earlier one")
  /// Balances are the fold of the journal.
  public static let journalEqualsBalances = Invariant(
    "ledger.journal_equals_balances", .window,
    "accounts hold what the entries written so far come to, account by account")
  /// The journal is what payments come to.
  public static let journalEqualsPayments = Invariant(
    "ledger.journal_equals_payments", .rest,
    "holds, captures, releases, voids and refunds are those of the payments, account by account")

  /// Nothing is left out of the journal that is written.
  public static let journalWhole = Invariant(
    "records.journal_whole", .rest, "a journal that is written has every transfer once")

  /// The invariants of ledgers.
  static let ledger = [
    posting, heldOnce, commitOrder, balanced, journalEqualsBalances, journalEqualsPayments,
    clearingZero, journalWhole,
  ]
}
