import PaymentModel
import VirtualTime

/// Captured payments whose money is not with their merchants' banks, by currency.
public struct UnsettledPayments: Sendable {
  /// How many, of which something is still owed.
  public private(set) var counts: [Int]
  /// What was captured of them less what was given back; minor units.
  public private(set) var amounts: [Int64]
  /// These amounts times nanoseconds since the capture, added up.
  public private(set) var valueTimes: [Int128]

  /// Nothing, in so many currencies.
  public init(currencies: Int) {
    counts = Array(repeating: 0, count: currencies)
    amounts = Array(repeating: 0, count: currencies)
    valueTimes = Array(repeating: 0, count: currencies)
  }

  mutating func add(_ currency: CurrencyIndex, amount: Int64, owed time: Int64) {
    counts[Int(currency)] += 1
    amounts[Int(currency)] += amount
    valueTimes[Int(currency)] += Int128(amount) * Int128(max(0, time))
  }

  /// Adds those of another cell.
  mutating func merge(_ other: UnsettledPayments) {
    for currency in counts.indices {
      counts[currency] += other.counts[currency]
      amounts[currency] += other.amounts[currency]
      valueTimes[currency] += other.valueTimes[currency]
    }
  }
}

/// What the accounts of a cell must hold when the horizon has ended settlement: computed from the
/// records of payments, batches, files and deals, not from the ledger's own entries.
struct OutstandingBalances {
  /// By account: credits less debits posted, minor units.
  private(set) var posted: [Int64]
  /// By account: what is held, as debit or credit.
  private(set) var pending: [Int64]
  private let accounts: Accounts

  init(_ accounts: Accounts) {
    self.accounts = accounts
    posted = Array(repeating: 0, count: accounts.count)
    pending = posted
  }

  /// A payment, and what was given back of it.
  mutating func add(_ row: PaymentRow, captured: Int64, refunded: Int64) {
    let payable = accounts.payable(row.merchant, row.currency)
    let receivable = accounts.receivable(row.endpoint, row.currency)
    if row.state == .authorized {
      pending[payable] += row.amount
      pending[receivable] += row.amount
    }
    guard row.steps.contains(.captured) else { return }
    posted[receivable] -= captured - refunded
    posted[payable] += (row.state == .captured ? captured : 0) - refunded
  }

  /// What batches took off for refunds, by merchant and currency, row by row.
  mutating func add(refundsBatched: [Int: Int64]) {
    for (account, amount) in refundsBatched { posted[account] += amount }  // ordered: sums
  }

  /// Instructions that no bank has executed, and currencies that no deal has covered.
  mutating func add(_ book: BatchBook, cover: [Int64]) {
    for (batch, number) in zip(book.batches, BatchID.all)
    where batch.state == .instructed && !book.isCarried(number) {
      posted[accounts.own(.inTransit, batch.currency)] += batch.amount
    }
    for (currency, position) in cover.enumerated() {
      posted[accounts.own(.fxPosition, CurrencyIndex(currency))] += position
    }
  }

  /// What acquirers have paid, by endpoint and currency.
  mutating func add(funded: [[Int64]]) {
    for (endpoint, sums) in funded.enumerated() {
      for (currency, sum) in sums.enumerated() {
        posted[accounts.receivable(EndpointIndex(endpoint), CurrencyIndex(currency))] += sum
      }
    }
  }
}
