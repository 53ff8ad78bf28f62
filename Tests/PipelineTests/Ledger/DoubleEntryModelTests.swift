import Testing

@testable import Pipeline

@Suite("Double entry against a reference ledger")
struct DoubleEntryModelTests {
  static let accounts = 9
  static let currencies = 3

  /// A command that is mostly sensible and sometimes outrageous.
  static func command(_ numbers: inout SplitMix) -> ReferenceLedger.Command {
    let currency = numbers.pick(0...currencies - 1)
    let debit = numbers.pick(0...2)
    let credit = (debit + numbers.pick(1...2)) % 3
    let (from, to) = (debit * currencies + currency, credit * currencies + currency)
    var amount = Int64(numbers.pick(-1...60))
    if numbers.once(in: 25) { amount = .max / Int64(numbers.pick(1...4)) }
    switch numbers.pick(0...2) {
    case 0: return .post(debit: from, credit: to, amount: amount)
    case 1: return .hold(debit: from, credit: to, amount: amount)
    default:
      let captured = numbers.once(in: 3) ? amount : amount / Int64(numbers.pick(1...4))
      return .resolve(
        debit: from, credit: to, held: amount,
        captured: numbers.once(in: 20) ? captured &+ Int64(numbers.pick(-2...2)) : captured)
    }
  }

  @Test("thousands of random commands come to the same balances", arguments: 0..<12)
  func sameBalances(seed: Int) {
    var numbers = SplitMix(seed: seed)
    let guarded: Set = seed % 2 == 0 ? [] : [0, 4]
    var ledger = DoubleEntry(accounts: Self.accounts, currencies: Self.currencies)
    for account in 0..<Self.accounts where guarded.contains(account) {
      ledger.guardAgainstNegative(account)
    }
    var reference = ReferenceLedger(guarded: guarded)
    var refused = 0
    for step in 0..<400 {
      let command = Self.command(&numbers)
      let before = (ledger.balances, ledger.chain, ledger.transfers)
      let expected = reference.apply(command)
      let accepted = ledger.apply(command)
      #expect(accepted == expected, "seed \(seed), step \(step): \(command)")
      if !accepted {
        refused += 1
        #expect(
          before == (ledger.balances, ledger.chain, ledger.transfers),
          "seed \(seed), step \(step): a refusal changed the ledger: \(command)")
      }
      let (debit, credit) = ReferenceLedger.accounts(command)
      for account in [debit, credit] {
        #expect(ledger.sums(account) == reference.sums(account), "seed \(seed), step \(step)")
      }
      #expect(ledger.firstUnbalancedCurrency() == nil)
      guard accepted == expected else { return }
    }
    #expect(refused > 20 && reference.accepted.count > 100)
  }

  @Test("the chain tells two histories apart that differ in one number or in order")
  func chain() throws {
    func chain(_ entries: [(Int, Int, Int64, UInt64)]) throws -> UInt64 {
      var ledger = DoubleEntry(accounts: 4, currencies: 1)
      for (debit, credit, amount, reference) in entries {
        try ledger.post(
          .payout, debit: debit, credit: credit, amount: amount, reference: reference)
      }
      return ledger.chain.value
    }
    let histories: [[(Int, Int, Int64, UInt64)]] = [
      [(0, 1, 5, 1), (1, 2, 6, 2)], [(1, 2, 6, 2), (0, 1, 5, 1)], [(0, 1, 5, 1), (1, 2, 7, 2)],
      [(0, 1, 5, 1), (1, 2, 6, 3)], [(0, 1, 5, 1), (2, 1, 6, 2)], [(0, 1, 5, 1), (1, 3, 6, 2)],
      [(0, 1, 5, 1)],
    ]
    #expect(try Set(histories.map(chain)).count == histories.count)
    #expect(try chain(histories[0]) == chain(histories[0]))
  }
}
