import Money
import PaymentModel
import Plants

/// A bank's statement of one account for one business day, as text: a header with the opening
/// balance, a line for each movement, and a trailer with the number of lines, the sum of their
/// references and the closing balance. Account, currency and day also name the file.
///
///     S,platform-cell-3,EUR,2026-03-03,OPEN,1000000
///     M,payout,17,-12345
///     E,1,17,CLOSE,987655
struct BankStatement: Sendable {
  /// Name under which it is kept in a result.
  var name: String
  var bytes: [UInt8]

  /// A statement with a name and its content.
  init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// One movement on a statement.
struct StatementLine: Equatable, Sendable {
  enum Kind: String, Sendable { case payout, funding, transfer, exchange, liquidity }
  var kind: Kind
  /// Batch, number of the settlement file, or entry of the schedule.
  var reference: UInt32
  /// Minor units; negative when money left the account.
  var amount: Int64

  /// A line with all its fields.
  init(kind: Kind, reference: UInt32, amount: Int64) {
    self.kind = kind
    self.reference = reference
    self.amount = amount
  }
}

/// Collects the movements of one account between two statements.
struct StatementWriter: Sendable {
  private var lines: [StatementLine] = []
  private var opening: Int64

  init(opening: Int64) { self.opening = opening }

  var isEmpty: Bool { lines.isEmpty }

  mutating func add(_ line: StatementLine) { lines.append(line) }

  /// The statement of `day`; the next one opens where this one closes.
  mutating func finish(account: String, currency: Currency, day: CivilDate) -> BankStatement {
    if planted(Plant.lastMovementTwice), let last = lines.last { lines.append(last) }
    var text = "S,\(account),\(currency.code),\(day),OPEN,\(opening)\n"
    for line in lines {
      text += "M,\(line.kind.rawValue),\(line.reference),\(line.amount)\n"
      opening += line.amount
    }
    let references = lines.reduce(0) { $0 + Int($1.reference) }
    text += "E,\(lines.count),\(references),CLOSE,\(opening)\n"
    lines = []
    return BankStatement(
      name: "\(account)-\(currency.code)-\(day).csv", bytes: Array(text.utf8))
  }
}

/// A statement that has been read.
struct ParsedStatement: Equatable, Sendable {
  var account: String
  var currency: String
  var day: String
  var opening: Int64
  var closing: Int64
  var lines: [StatementLine]

  /// Reads a statement and checks its arithmetic.
  ///
  /// - Throws: `FileFault` at the first line that is malformed, or where opening balance and
  ///   movements do not come to the closing balance, or the number of lines is another.
  init(_ statement: BankStatement) throws(FileFault) {
    func fault(_ line: Int, _ expected: String) -> FileFault {
      FileFault(file: statement.name, line: line, expected: "expected \(expected)")
    }
    let rows = String(decoding: statement.bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: true)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    guard let first = rows.first, first.count == 6, first[0] == "S", first[4] == "OPEN",
      let opening = Int64(first[5])
    else { throw fault(1, "S,account,currency,day,OPEN,balance") }
    (account, currency, day) = (String(first[1]), String(first[2]), String(first[3]))
    guard statement.name == "\(account)-\(currency)-\(day).csv" else {
      throw fault(1, "account, currency and day as in the name of the file")
    }
    self.opening = opening
    lines = []
    var balance = opening
    for (number, row) in rows.enumerated().dropFirst().dropLast() {
      guard row.count == 4, row[0] == "M", let kind = StatementLine.Kind(rawValue: String(row[1])),
        let reference = UInt32(row[2]), let amount = Int64(row[3])
      else { throw fault(number + 1, "M,kind,reference,amount") }
      let (sum, overflow) = balance.addingReportingOverflow(amount)
      guard !overflow else { throw fault(number + 1, "a balance within 64 bits") }
      balance = sum
      lines.append(StatementLine(kind: kind, reference: reference, amount: amount))
    }
    let references = lines.reduce(0) { $0 + Int($1.reference) }
    guard rows.count > 1, let last = rows.last, last.count == 5, last[0] == "E",
      last[3] == "CLOSE", Int(last[1]) == lines.count, Int(last[2]) == references,
      Int64(last[4]) == balance
    else { throw fault(rows.count, "E,\(lines.count),\(references),CLOSE,\(balance)") }
    closing = balance
  }
}
