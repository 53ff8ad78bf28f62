/// The exchanged files as the reference ledger reads them: plain text, cut at the marks of each
/// format.
extension ReferenceLedger {
  /// Compares the files with the journal, both ways.
  ///
  /// - Parameters:
  ///   - endpoints: names of acquirers and scheme, in the order of the journal's numbers.
  ///   - opening: what every account began with, by currency.
  ///   - checksTrailers: whether totals and counts in the files are compared with their lines.
  mutating func compare(
    _ files: [(name: String, text: String)], endpoints: [String], opening: [String: Int],
    checksTrailers: Bool = true
  ) {
    var expected = stated
    var closing: [String: Int] = [:]
    for file in files {
      guard file.text.hasSuffix("\n") else {
        note("\(file.name): cut off")
        continue
      }
      if file.name.hasPrefix("platform-") {
        read(statement: file, opening, checksTrailers, &closing, &expected)
      } else {
        read(clearing: file, endpoints, checksTrailers, &expected)
      }
    }
    for (key, count) in expected.sorted(by: { $0.key < $1.key }) where count != 0 {
      note("\(key): \(count > 0 ? "in the journal only" : "in the files only")")
    }
    for (account, amount) in closing {
      let parts = account.split(separator: "/")
      let moved = -(balances["\(parts[0])/nostro/\(parts[1])"] ?? 0)
      if amount - (opening["\(parts[1])"] ?? 0) != moved {
        note("\(account): the bank moved to \(amount), the ledger by \(moved)")
      }
    }
  }

  /// What the other side must state for an entry.
  mutating func count(_ entry: Entry) {
    func expect(_ key: String) {
      stated["\(entry.cell)/\(key)/\(entry.currency)", default: 0] += 1
    }
    let reference = entry.reference
    switch entry.kind {
    case "capture":
      expect("C/\(entry.debit)/\(entry.credit)/\(reference)/\(entry.amount)")
    case "refund", "void":
      let kind = entry.kind == "void" ? "V" : "R"
      expect("\(kind)/\(entry.credit)/\(entry.debit)/\(reference)/\(-entry.amount)")
    case "funding":
      let amount = entry.debit == "nostro" ? entry.amount : -entry.amount
      let endpoint = entry.debit == "nostro" ? entry.credit : entry.debit
      expect("total/\(endpoint)/\(amount)")
      expect("funding/\(reference)/\(amount)")
    case "payoutConfirmed":
      expect("payout/\(reference)/\(entry.credit == "nostro" ? -entry.amount : entry.amount)")
    default: break
    }
  }

  /// A settlement file: `cell-3-northbank-4.csv`.
  private mutating func read(
    clearing file: (name: String, text: String), _ endpoints: [String], _ checksTrailers: Bool,
    _ expected: inout [String: Int]
  ) {
    let cell = "\(file.name.split(separator: "-")[1])"
    let name = file.name.split(separator: "-").dropFirst(2).dropLast().joined(separator: "-")
    guard let endpoint = endpoints.firstIndex(of: name) else {
      return note("\(file.name): of whom?")
    }
    let receivable = "receivable:endpoint-\(endpoint)"
    var sums: [String: Int] = [:]
    var lines = 0
    for line in file.text.split(separator: "\n") where line.first != "<" || line.contains("=") {
      let fields = Self.fields(line)
      if fields.count == 7, ["C", "R", "V"].contains(fields[0]), let amount = Int(fields[3]) {
        let key = "\(fields[0])/\(receivable)/payable:merchant-\(fields[6])/\(fields[1])/\(amount)"
        expected["\(cell)/\(key)/\(fields[4])", default: 0] -= 1
        sums[fields[4], default: 0] += amount
        lines += 1
      } else if fields.count == 2, Int(fields[0]) == nil, let total = Int(fields[1]) {
        if checksTrailers, sums[fields[0]] != total { note("\(file.name): total \(line)") }
      } else if fields.count == 2, let count = Int(fields[0]) {
        if checksTrailers, count != lines { note("\(file.name): \(lines) lines, says \(line)") }
      } else {
        note("\(file.name): \(line)")
      }
    }
    for (currency, sum) in sums where sum != 0 {
      expected["\(cell)/total/\(receivable)/\(sum)/\(currency)", default: 0] -= 1
    }
  }

  /// The values of a line, whatever dresses them.
  static func fields(_ line: Substring) -> [String] {
    if line.first == "{" {
      return line.dropFirst().dropLast().split(separator: ",")
        .map { $0.split(separator: ":").last!.filter { $0 != "\"" } }
    }
    if line.first == "<" {
      return line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }.map { "\($0.element)" }
    }
    let fields = line.split(separator: ",", omittingEmptySubsequences: false).map { "\($0)" }
    return ["T", "N"].contains(fields[0]) ? Array(fields.dropFirst()) : fields
  }

  /// A statement: `platform-cell-3-EUR-2026-03-03.csv`.
  private mutating func read(
    statement file: (name: String, text: String), _ opening: [String: Int], _ checksTrailers: Bool,
    _ closing: inout [String: Int], _ expected: inout [String: Int]
  ) {
    let cell = "\(file.name.split(separator: "-")[2])"
    let rows = file.text.split(separator: "\n").map { $0.split(separator: ",").map { "\($0)" } }
    guard rows.count > 2, rows[0].count == 6, let open = Int(rows[0][5]), let last = rows.last,
      last.count == 5, last[0] == "E", let close = Int(last[4])
    else { return note("\(file.name): no statement") }
    let currency = rows[0][2]
    let account = "\(cell)/\(currency)"
    if closing[account] ?? opening[currency] != open { note("\(file.name): opens at \(open)") }
    var balance = open
    for row in rows.dropFirst().dropLast() {
      guard row.count == 4, row[0] == "M", let amount = Int(row[3]) else {
        note("\(file.name): \(row)")
        continue
      }
      balance += amount
      expected["\(cell)/\(row[1])/\(row[2])/\(amount)/\(currency)", default: 0] -= 1
    }
    if checksTrailers, balance != close || Int(last[1]) != rows.count - 2 {
      note("\(file.name): closes at \(close), movements come to \(balance)")
    }
    closing[account] = balance
  }
}
