import Testing

@testable import Pipeline

@Suite("Double entry")
struct DoubleEntryTests {
  @Test("an amount that is not above zero is refused")
  func notPositive() {
    for amount in [0, -1, Int64.min] {
      var ledger = DoubleEntry(accounts: 2, currencies: 1)
      #expect(throws: PostingError.amountNotPositive) {
        try ledger.post(.fee, debit: 0, credit: 1, amount: amount, reference: 1)
      }
      #expect(throws: PostingError.amountNotPositive) {
        try ledger.hold(debit: 0, credit: 1, amount: amount, reference: 1)
      }
      #expect(ledger.transfers == 0)
    }
  }

  @Test("a sum beyond 64 bits is refused and changes nothing")
  func overflow() throws {
    var ledger = DoubleEntry(accounts: 3, currencies: 1)
    try ledger.post(.payout, debit: 0, credit: 1, amount: .max, reference: 1)
    try ledger.hold(debit: 0, credit: 1, amount: .max, reference: 2)
    let before = ledger.balances
    for (debit, credit) in [(0, 2), (2, 1)] {
      #expect(throws: PostingError.overflow) {
        try ledger.post(.payout, debit: debit, credit: credit, amount: 1, reference: 3)
      }
      #expect(throws: PostingError.overflow) {
        try ledger.hold(debit: debit, credit: credit, amount: 1, reference: 3)
      }
    }
    #expect(ledger.balances == before)
  }

  @Test("a capture that would overflow leaves its hold pending")
  func captureOverflow() throws {
    var ledger = DoubleEntry(accounts: 3, currencies: 1)
    try ledger.hold(debit: 0, credit: 1, amount: 10, reference: 1)
    try ledger.post(.payout, debit: 0, credit: 2, amount: .max, reference: 2)
    let before = ledger.balances
    #expect(throws: PostingError.overflow) {
      try ledger.resolve(debit: 0, credit: 1, held: 10, captured: 5, reference: 1)
    }
    #expect(ledger.balances == before)
    try ledger.resolve(debit: 0, credit: 1, held: 10, captured: 0, reference: 1)
    #expect(ledger.balances[0].debitsPending == 0)
  }

  @Test("a guarded account spends what it has and no more, and what is on hold counts as spent")
  func guarded() throws {
    var ledger = DoubleEntry(accounts: 2, currencies: 1)
    ledger.guardAgainstNegative(0)
    try ledger.post(.funding, debit: 1, credit: 0, amount: 100, reference: 1)
    try ledger.hold(debit: 0, credit: 1, amount: 70, reference: 2)
    #expect(throws: PostingError.wouldGoNegative) {
      try ledger.post(.payout, debit: 0, credit: 1, amount: 31, reference: 3)
    }
    #expect(throws: PostingError.wouldGoNegative) {
      try ledger.hold(debit: 0, credit: 1, amount: 31, reference: 3)
    }
    try ledger.post(.payout, debit: 0, credit: 1, amount: 30, reference: 4)
    try ledger.resolve(debit: 0, credit: 1, held: 70, captured: 70, reference: 2)
    #expect(ledger.balances[0].credit == 0)
  }

  @Test("a hold resolves within what is pending, in whole, in part or not at all")
  func resolving() throws {
    for captured in 0...3 as ClosedRange<Int64> {
      var ledger = DoubleEntry(accounts: 2, currencies: 1)
      try ledger.hold(debit: 0, credit: 1, amount: 3, reference: 1)
      #expect(ledger.balances[0].credit == 0)
      try ledger.resolve(debit: 0, credit: 1, held: 3, captured: captured, reference: 1)
      #expect(ledger.balances[0].debitsPending == 0 && ledger.balances[1].creditsPending == 0)
      #expect(ledger.balances[1].credit == captured && ledger.balances[0].credit == -captured)
      #expect(ledger.transfers == (captured == 0 || captured == 3 ? 2 : 3))
      #expect(throws: PostingError.exceedsPending) {
        try ledger.resolve(debit: 0, credit: 1, held: 3, captured: captured, reference: 1)
      }
    }
  }

  @Test("more than was held cannot be captured, nor less than nothing")
  func exceeding() throws {
    var ledger = DoubleEntry(accounts: 2, currencies: 1)
    try ledger.hold(debit: 0, credit: 1, amount: 10, reference: 1)
    let before = ledger.balances
    for (held, captured) in [(11, 5), (10, 11), (10, -1), (-1, -1)] as [(Int64, Int64)] {
      #expect(throws: PostingError.exceedsPending) {
        try ledger.resolve(debit: 0, credit: 1, held: held, captured: captured, reference: 1)
      }
    }
    // The other way round nothing is pending.
    #expect(throws: PostingError.exceedsPending) {
      try ledger.resolve(debit: 1, credit: 0, held: 10, captured: 5, reference: 1)
    }
    #expect(ledger.balances == before)
  }

  @Test("a transfer between currencies stops the run")
  func otherCurrency() async {
    await #expect(processExitsWith: .failure) {
      var ledger = DoubleEntry(accounts: 4, currencies: 2)
      try ledger.post(.payout, debit: 0, credit: 3, amount: 1, reference: 1)
    }
  }

  @Test("a transfer from an account to itself stops the run")
  func sameAccount() async {
    await #expect(processExitsWith: .failure) {
      var ledger = DoubleEntry(accounts: 2, currencies: 1)
      try ledger.post(.payout, debit: 1, credit: 1, amount: 1, reference: 1)
    }
  }
}
