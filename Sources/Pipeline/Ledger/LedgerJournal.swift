import Money
import VirtualTime

/// Every transfer of a ledger as a line of CSV: what an independent ledger needs to come to the
/// same balances.
struct LedgerJournal {
  /// Columns of `journal.csv`.
  static let header =
    "cell,time_ns,kind,debit_account,credit_account,currency,amount_minor,reference\n"
  private(set) var bytes: [UInt8] = []
  private let cell: Int
  private let accounts: Accounts
  private let currencies: [Currency]

  init(cell: Int, accounts: Accounts, currencies: [Currency]) {
    self.cell = cell
    self.accounts = accounts
    self.currencies = currencies
  }

  mutating func add(
    at instant: VirtualInstant, kind: TransferKind, debit: Int, credit: Int, amount: Int64,
    reference: UInt32
  ) {
    let code = currencies[debit % currencies.count].code
    let line =
      "\(cell),\(instant.nanoseconds),\(kind),\(accounts.name(debit)),\(accounts.name(credit)),"
      + "\(code),\(amount),\(reference)\n"
    bytes.append(contentsOf: line.utf8)
  }
}
