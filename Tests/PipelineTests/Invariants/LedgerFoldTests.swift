import Testing

@testable import Pipeline

@Suite("Fold of a journal")
struct LedgerFoldTests {
  private struct Entry {
    var kind: TransferKind
    var debit: Int
    var credit: Int
    var amount: Int64
  }

  /// Entries over six accounts of two currencies, holds resolved in part, and the ledger that has
  /// them.
  private func journal(seed: Int) throws -> (entries: [Entry], ledger: DoubleEntry) {
    var random = SplitMix(seed: seed)
    var ledger = DoubleEntry(accounts: 6, currencies: 2)
    var entries: [Entry] = []
    for reference in 0..<40 as Range<UInt64> {
      let currency = Int.random(in: 0..<2, using: &random)
      let debit = currency + 2 * Int.random(in: 0..<3, using: &random)
      let credit = (debit + 2 * Int.random(in: 1..<3, using: &random)) % 6
      let amount = Int64.random(in: 2...1_000, using: &random)
      if reference % 2 == 0 {
        try ledger.post(.refund, debit: debit, credit: credit, amount: amount, reference: reference)
        entries.append(Entry(kind: .refund, debit: debit, credit: credit, amount: amount))
        continue
      }
      try ledger.hold(debit: debit, credit: credit, amount: amount, reference: reference)
      entries.append(Entry(kind: .hold, debit: debit, credit: credit, amount: amount))
      guard reference % 3 == 0 else { continue }
      let captured = Int64.random(in: 1..<amount, using: &random)
      try ledger.resolve(
        debit: debit, credit: credit, held: amount, captured: captured, reference: reference)
      entries.append(Entry(kind: .capture, debit: debit, credit: credit, amount: captured))
      entries.append(Entry(kind: .release, debit: debit, credit: credit, amount: amount - captured))
    }
    return (entries, ledger)
  }

  private func fold(_ entries: [Entry]) -> LedgerFold {
    entries.reduce(into: LedgerFold()) {
      $0.add($1.kind, debit: $1.debit, credit: $1.credit, amount: $1.amount)
    }
  }

  @Test("a ledger agrees with its own journal, in any order", arguments: 1...20)
  func agrees(_ seed: Int) throws {
    let (entries, ledger) = try journal(seed: seed)
    #expect(fold(entries).agrees(with: ledger.balances))
    #expect(fold(entries.reversed()) == fold(entries))
  }

  @Test("an entry that is left out, doubled, or over another amount or account is found")
  func differs() throws {
    let (entries, ledger) = try journal(seed: 3)
    for index in entries.indices {
      var left = entries
      left.remove(at: index)
      #expect(!fold(left).agrees(with: ledger.balances))
      #expect(!fold(entries + [entries[index]]).agrees(with: ledger.balances))
      var other = entries
      other[index].amount += 1
      #expect(!fold(other).agrees(with: ledger.balances))
      other = entries
      other[index].credit = (other[index].credit + 2) % 6
      if other[index].credit == other[index].debit { continue }
      #expect(!fold(other).agrees(with: ledger.balances))
    }
  }

  @Test("an entry that is undone leaves nothing")
  func undone() {
    var fold = LedgerFold()
    fold.add(.fee, debit: 1, credit: 3, amount: 70)
    fold.add(.feeReturned, debit: 3, credit: 1, amount: 70)
    #expect(fold.sum(.fee, .feeReturned) == 0 && fold.posted == 0 && fold.pending == 0)
  }
}
