import Chance
import Money
import Plants
import VirtualTime

/// Why a posting was refused.
enum PostingError: Error, Equatable {
  case amountNotPositive
  case overflow
  /// The account may not go below zero.
  case wouldGoNegative
  /// More was resolved than is pending.
  case exceedsPending
}

/// The kinds of transfer; part of every ledger entry.
enum TransferKind: UInt8, Sendable, CaseIterable {
  case hold, capture, release, refund, fee, convertOut, convertIn, payout, payoutConfirmed,
    payoutReturned, funding, collection, exchange, residual, transferAccepted,
    transferReversed, void, feeReturned, liquidity, collateral

  /// The kind of a movement of this kind that goes the other way.
  var undone: TransferKind {
    switch self {
    case .payout: .collection
    case .fee: .feeReturned
    default: self
    }
  }
}

/// A balance as four sums that only grow (TigerBeetle's account): what is pending stays apart from
/// what is posted. Minor units.
struct Balance: Equatable {
  var debitsPending: Int64 = 0
  var debitsPosted: Int64 = 0
  var creditsPending: Int64 = 0
  var creditsPosted: Int64 = 0

  /// Posted credits less posted debits.
  var credit: Int64 { creditsPosted - debitsPosted }
}

/// A double-entry ledger: every transfer debits one account and credits another of the same
/// currency by the same amount. Entries are folded into balances and hashed as they are posted.
/// Pure.
struct DoubleEntry {
  /// Accounts by number; account i is in currency i % currencies.
  private(set) var balances: [Balance]
  /// Accounts whose debits may not exceed their credits, pending debits included.
  private var guarded: [Bool]
  let currencies: Int
  /// Transfers posted.
  private(set) var transfers = 0
  /// Rolling hash over all entries, in order: what an append-only store would chain.
  private(set) var chain = Digest()

  init(accounts: Int, currencies: Int) {
    precondition(accounts % currencies == 0, "every account exists in every currency")
    balances = Array(repeating: Balance(), count: accounts)
    guarded = Array(repeating: false, count: accounts)
    self.currencies = currencies
  }

  /// Forbids an account's balance to become a debit balance.
  mutating func guardAgainstNegative(_ account: Int) { guarded[account] = true }

  /// Moves `amount` from `debit` to `credit`.
  mutating func post(
    _ kind: TransferKind, debit: Int, credit: Int, amount: Int64, reference: UInt64
  ) throws(PostingError) {
    try check(debit, credit, amount)
    let debits = try Self.sum(balances[debit].debitsPosted, amount)
    let credits = try Self.sum(balances[credit].creditsPosted, amount)
    try checkGuard(debit, debits, balances[debit].debitsPending)
    balances[debit].debitsPosted = debits
    if !planted(Plant.postedOnOneSide) || kind != .payoutConfirmed {
      balances[credit].creditsPosted = credits
    }
    note(kind, debit, credit, amount, reference)
  }

  /// Holds `amount`: pending on both accounts.
  mutating func hold(
    debit: Int, credit: Int, amount: Int64, reference: UInt64
  ) throws(PostingError) {
    try check(debit, credit, amount)
    let debits = try Self.sum(balances[debit].debitsPending, amount)
    let credits = try Self.sum(balances[credit].creditsPending, amount)
    try checkGuard(debit, debits, balances[debit].debitsPosted)
    balances[debit].debitsPending = debits
    balances[credit].creditsPending = credits
    note(.hold, debit, credit, amount, reference)
  }

  /// Ends a hold of `held`: `captured` of it is posted, the rest returns; a refusal leaves it
  /// as it is. A hold ends once; the caller keeps its state.
  mutating func resolve(
    debit: Int, credit: Int, held: Int64, captured: Int64, reference: UInt64
  ) throws(PostingError) {
    guard captured >= 0, captured <= held, held <= balances[debit].debitsPending,
      held <= balances[credit].creditsPending
    else { throw .exceedsPending }
    let debits = try Self.sum(balances[debit].debitsPosted, captured)
    let credits = try Self.sum(balances[credit].creditsPosted, captured)
    balances[debit].debitsPending -= held
    balances[credit].creditsPending -= held
    balances[debit].debitsPosted = debits
    balances[credit].creditsPosted = credits - (planted(Plant.resolvedOneShort) ? 1 : 0)
    if captured > 0 { note(.capture, debit, credit, captured, reference) }
    if captured < held { note(.release, debit, credit, held - captured, reference) }
  }

  /// Whether debits equal credits in every currency, pending and posted apart; nil where they do,
  /// else the position of the first currency where they do not.
  func firstUnbalancedCurrency() -> Int? {
    var pending = [Int64](repeating: 0, count: currencies)
    var posted = [Int64](repeating: 0, count: currencies)
    for (account, balance) in balances.enumerated() {
      // Modulo 2^64: sums of sums may pass 64 bits on their way to zero.
      pending[account % currencies] &+= balance.debitsPending &- balance.creditsPending
      posted[account % currencies] &+= balance.debitsPosted &- balance.creditsPosted
    }
    return (0..<currencies).first { pending[$0] != 0 || posted[$0] != 0 }
  }

  private func check(_ debit: Int, _ credit: Int, _ amount: Int64) throws(PostingError) {
    precondition(debit % currencies == credit % currencies, "a transfer stays in one currency")
    precondition(debit != credit, "a transfer needs two accounts")
    if amount <= 0 { throw .amountNotPositive }
  }

  /// Refuses debits of a guarded account, pending and posted ones together, beyond its credits. So
  /// a hold may fail, but never its capture.
  private func checkGuard(
    _ account: Int, _ debits: Int64, _ others: Int64
  ) throws(PostingError) {
    guard guarded[account] else { return }
    if try Self.sum(debits, others) > balances[account].creditsPosted { throw .wouldGoNegative }
  }

  private mutating func note(
    _ kind: TransferKind, _ debit: Int, _ credit: Int, _ amount: Int64, _ reference: UInt64
  ) {
    transfers += 1
    chain.add(UInt64(kind.rawValue) << 56 ^ UInt64(debit) << 28 ^ UInt64(credit))
    chain.add(amount)
    chain.add(reference)
  }

  private static func sum(_ a: Int64, _ b: Int64) throws(PostingError) -> Int64 {
    let (sum, overflow) = a.addingReportingOverflow(b)
    if overflow { throw .overflow }
    return sum
  }
}
