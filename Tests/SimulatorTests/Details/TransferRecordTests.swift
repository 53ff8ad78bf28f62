import Testing

@testable import Simulator

@Suite("Journal and statements of transfers")
struct TransferRecordTests {
  private static let kept = ["ledger.journal=true", "reconciliation.keep_files=true"]
  private static let run = Result { try DetailWorld.mixed(kept).run() }

  /// Posted credits less debits by account and currency of the transfer desk's ledger.
  private func balances(_ outcome: RunOutcome) -> [String: Int] {
    var balances: [String: Int] = [:]
    for row in outcome.table("journal") where row["cell"] == "transfers" {
      let amount = Int(row["amount_minor"]!)!
      balances["\(row["debit_account"]!)/\(row["currency"]!)", default: 0] -= amount
      balances["\(row["credit_account"]!)/\(row["currency"]!)", default: 0] += amount
    }
    return balances
  }

  /// What rounding left to a bank: the residuals of its currency position.
  private func residual(_ outcome: RunOutcome, _ bank: String, _ currency: String) -> Int {
    outcome.table("journal").filter { $0["kind"] == "residual" && $0["currency"] == currency }
      .reduce(0) { sum, row in
        let amount = Int(row["amount_minor"]!)!
        if row["debit_account"] == "fx_position:\(bank)" { return sum + amount }
        return row["credit_account"] == "fx_position:\(bank)" ? sum - amount : sum
      }
  }

  private struct Statement {
    var bank = ""
    var currency = ""
    var day = ""
    var opening = 0
    var closing = 0
  }

  /// Reads a statement; nil where its arithmetic is wrong.
  private func statement(_ text: String) -> Statement? {
    let rows = text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    guard let first = rows.first, let last = rows.last, first.count == 6, last.count == 5,
      let opening = Int(first[5]), let closing = Int(last[4])
    else { return nil }
    let lines = rows.dropFirst().dropLast()
    let moved = lines.reduce(0) { $0 + (Int($1[3]) ?? .min / 2) }
    guard opening + moved == closing, Int(last[1]) == lines.count else { return nil }
    return Statement(
      bank: first[1], currency: first[2], day: first[3], opening: opening, closing: closing)
  }

  @Test("the journal of the transfer desk is complete: what is on its way is zero at rest")
  func journal() throws {
    let outcome = try Self.run.get()
    let balances = balances(outcome)
    #expect(balances.keys.contains { $0.hasPrefix("customers:correspondent-") })
    #expect(balances.values.reduce(0, +) == 0)
    for (account, balance) in balances
    where !account.hasPrefix("customers:") && !account.hasPrefix("dealer/")
      && !account.hasPrefix("fx_residual/")
    {
      #expect(balance == 0, "\(account): \(balance)")
    }
  }

  @Test("statements follow on each other, and end where journal and customers say")
  func statements() throws {
    let outcome = try Self.run.get()
    let balances = balances(outcome)
    let files = outcome.files.filter { $0.name.hasPrefix("files/correspondent-") }
    #expect(files.count > 20)
    var chains: [String: [Statement]] = [:]
    for file in files {
      let read = try #require(
        statement(String(decoding: file.bytes, as: UTF8.self)), "\(file.name)")
      #expect(file.name == "files/\(read.bank)-\(read.currency)-\(read.day).csv")
      chains["\(read.bank)/\(read.currency)", default: []].append(read)
    }
    for chain in chains.values {
      let (first, last) = (chain[0], chain[chain.count - 1])
      for (one, next) in zip(chain, chain.dropFirst()) {
        #expect(one.closing == next.opening && one.day < next.day)
      }
      let booked =
        (balances["customers:\(first.bank)/\(first.currency)"] ?? 0)
        + residual(outcome, first.bank, first.currency)
      #expect(last.closing - first.opening == booked, "\(first.bank) \(first.currency)")
    }
  }

  @Test("payments that settle in parts stand on statements part by part")
  func parts() throws {
    let outcome = try DetailWorld.mixed(
      Self.kept + [
        DetailWorld.details, "interbank.mode={name: rtgs, maximum_part: 100000}",
        "banks.overdraft_limit=100000 USD",
      ]
    ).run()
    let rows = outcome.table("system_payments").filter {
      $0["kind"] == "transfer" && $0["end"] == "settled"
    }
    #expect(rows.contains { $0["part_minor"] != $0["amount_minor"] })
    let lines = outcome.files.filter { $0.name.hasPrefix("files/correspondent-") }
      .flatMap { String(decoding: $0.bytes, as: UTF8.self).split(separator: "\n") }
      .filter { $0.hasPrefix("M,transfer,") && !$0.contains(",-") }
    #expect(lines.count == rows.count)
  }
}
