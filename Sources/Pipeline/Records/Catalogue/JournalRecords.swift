import Money

/// `journal.csv`: every transfer of a ledger, so that an independent one can come to the same
/// balances.
final class JournalRecords: RecordListener {
  private let cell: String
  private let codes: [String]
  private let account: (Int) -> String
  private var bytes: [UInt8] = []
  /// Transfers written down.
  private(set) var transfers = 0

  /// - Parameters:
  ///   - cell: the cell's position, or `transfers`.
  ///   - account: the name of an account by its number.
  init(cell: String, currencies: [Currency], account: @escaping (Int) -> String) {
    self.cell = cell
    codes = currencies.map(\.code)
    self.account = account
  }

  func hear(_ event: RecordedEvent, at time: Int64) {
    guard case .posted(let posting) = event else { return }
    let code = codes[posting.debit % codes.count]
    let line =
      "\(cell),\(time),\(posting.kind),\(account(posting.debit)),\(account(posting.credit)),"
      + "\(code),\(posting.amount),\(posting.reference)\n"
    bytes.append(contentsOf: line.utf8)
    transfers += 1
  }

  func finish() -> [RecordFile] {
    [RecordFile(name: "journal.csv", header: Self.header, bytes: bytes)]
  }

  private static let header =
    "cell,time_ns,kind,debit_account,credit_account,currency,amount_minor,reference\n"
}
