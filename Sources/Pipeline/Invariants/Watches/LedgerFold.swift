import Chance

/// A journal folded into one number for each kind of transfer, without its accounts: every account
/// has a weight drawn at random, and a transfer adds its amount times the weight of the account it
/// credits less that of the account it debits, modulo 2^64. Two journals come to the same number if
/// they move the same money between the same accounts; others, but for one chance in 2^60, do not.
/// Pure.
struct LedgerFold: Equatable {
  /// By kind of transfer, with room for more kinds than there are.
  fileprivate var sums = InlineArray<32, Int64>(repeating: 0)

  static func == (first: LedgerFold, second: LedgerFold) -> Bool {
    TransferKind.allCases.allSatisfy { first[$0] == second[$0] }
  }

  /// The weight of an account: odd, so that no amount vanishes.
  @inline(__always)
  static func weight(_ account: Int) -> Int64 {
    Int64(bitPattern: mix64(UInt64(account) &+ 0x9E37_79B9_7F4A_7C15) | 1)
  }

  /// Adds a transfer.
  @inline(__always)
  mutating func add(_ kind: TransferKind, debit: Int, credit: Int, amount: Int64) {
    sums[Int(kind.rawValue)] &+= amount &* (Self.weight(credit) &- Self.weight(debit))
  }

  /// What transfers of a kind come to.
  subscript(_ kind: TransferKind) -> Int64 { sums[Int(kind.rawValue)] }

  /// What transfers of two kinds come to that undo each other.
  func sum(_ kinds: TransferKind...) -> Int64 { kinds.reduce(0) { $0 &+ self[$1] } }

  /// What is posted: everything but holds and what of them was released.
  var posted: Int64 {
    TransferKind.allCases.reduce(0) { sum, kind in
      kind == .hold || kind == .release ? sum : sum &+ self[kind]
    }
  }

  /// What is pending: holds less what was captured and released of them.
  var pending: Int64 { self[.hold] &- self[.capture] &- self[.release] }

  /// Whether accounts hold what the journal says: `pending` and `posted`.
  func agrees(with balances: [Balance]) -> Bool {
    var posted: Int64 = 0
    var pending: Int64 = 0
    for (account, balance) in balances.enumerated() {
      let weight = Self.weight(account)
      posted &+= weight &* (balance.creditsPosted &- balance.debitsPosted)
      pending &+= weight &* (balance.creditsPending &- balance.debitsPending)
    }
    return posted == self.posted && pending == self.pending
  }
}

extension LedgerFold {
  /// Adds a transfer by what it comes to: its amount times the difference of the weights.
  @inline(__always)
  mutating func add(_ kind: TransferKind, _ flow: Int64) { sums[Int(kind.rawValue)] &+= flow }
}
