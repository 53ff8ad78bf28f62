/// A ledger written apart from the simulator: it reads `journal.csv` and the exchanged files alone,
/// one line after the other, and notes whatever does not fit together.
struct ReferenceLedger {
  /// An account of a cell in a currency: `2/receivable:endpoint-0/EUR`.
  typealias Account = String
  struct Entry {
    var cell, kind, debit, credit, currency, reference: String
    var amount: Int
  }

  /// Posted credits less posted debits.
  private(set) var balances: [Account: Int] = [:]
  /// Amounts held and neither captured nor released, by account, signed alike.
  private(set) var pending: [Account: Int] = [:]
  /// Sums by kind and currency: `capture/EUR`.
  private(set) var sums: [String: Int] = [:]
  private(set) var entries: [Entry] = []
  /// What the other side must state, and how often.
  var stated: [String: Int] = [:]
  private(set) var faults: [String] = []

  init(journal: String) {
    guard journal.hasSuffix("\n") else {
      faults.append("journal: cut off")
      return
    }
    var holds: [String: (held: Int, captured: Int, left: Int)] = [:]
    var times: [Substring: Int] = [:]
    for (number, line) in journal.dropLast().split(separator: "\n").enumerated().dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == 8, let time = Int(fields[1]), let amount = Int(fields[6]), amount > 0,
        time >= times[fields[0], default: 0]
      else {
        faults.append("journal:\(number + 1): \(line)")
        continue
      }
      times[fields[0]] = time
      let entry = Entry(
        cell: "\(fields[0])", kind: "\(fields[2])", debit: "\(fields[3])", credit: "\(fields[4])",
        currency: "\(fields[5])", reference: "\(fields[7])", amount: amount)
      entries.append(entry)
      count(entry)
      post(entry)
      follow(entry, &holds)
    }
    for (payment, hold) in holds where hold.left != 0 {
      faults.append("payment \(payment): \(hold.left) of its hold are left")
    }
    checkRest()
  }

  private mutating func post(_ entry: Entry) {
    let debit = "\(entry.cell)/\(entry.debit)/\(entry.currency)"
    let credit = "\(entry.cell)/\(entry.credit)/\(entry.currency)"
    sums["\(entry.kind)/\(entry.currency)", default: 0] += entry.amount
    let held =
      switch entry.kind {
      case "hold": entry.amount
      case "capture", "release": -entry.amount
      default: 0
      }
    pending[debit, default: 0] -= held
    pending[credit, default: 0] += held
    guard entry.kind != "hold", entry.kind != "release" else { return }
    balances[debit, default: 0] -= entry.amount
    balances[credit, default: 0] += entry.amount
  }

  /// A payment is held once, captured at most once, for no more than was held, and given back
  /// for no more than was captured.
  private mutating func follow(
    _ entry: Entry, _ holds: inout [String: (held: Int, captured: Int, left: Int)]
  ) {
    let payment = "\(entry.cell)/\(entry.reference)"
    let known = holds[payment]
    var isRight = true
    switch entry.kind {
    case "hold":
      isRight = known == nil
      holds[payment] = (entry.amount, 0, entry.amount)
    case "capture":
      isRight = known != nil && known?.captured == 0
      holds[payment]?.captured += entry.amount
      holds[payment]?.left -= entry.amount
    case "release": holds[payment]?.left -= entry.amount
    case "refund", "void":
      isRight = (known?.captured ?? 0) >= entry.amount
      holds[payment]?.captured -= entry.amount
    default: break
    }
    if !isRight || holds[payment].map({ $0.left < 0 }) ?? false {
      faults.append("payment \(payment): \(entry.kind) of \(entry.amount)")
    }
  }

  private mutating func checkRest() {
    var totals: [String: Int] = [:]
    for (account, balance) in balances.sorted(by: { $0.key < $1.key }) {
      let parts = account.split(separator: "/")
      totals["\(parts[0])/\(parts[2])", default: 0] += balance
      let mayStand = ["fees", "nostro", "fx_residual"].contains(parts[1])
      if !mayStand, balance != 0 { faults.append("\(account) stands at \(balance)") }
    }
    for (currency, total) in totals where total != 0 {
      faults.append("debits and credits differ by \(total) in \(currency)")
    }
    for (account, amount) in pending where amount != 0 {
      faults.append("\(account): \(amount) pending")
    }
  }

  /// Notes a fault of the files.
  mutating func note(_ fault: String) { faults.append(fault) }

  /// The balance of an own account in a currency, over all cells.
  func balance(_ account: String, _ currency: String) -> Int {
    balances.reduce(0) {
      $1.key.hasSuffix("/\(account)/\(currency)") ? $0 + $1.value : $0
    }
  }

  /// A sum by kind and currency.
  func sum(_ kind: String, _ currency: String) -> Int { sums["\(kind)/\(currency)"] ?? 0 }
}
