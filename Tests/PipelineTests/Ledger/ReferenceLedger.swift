@testable import Pipeline

/// A ledger that keeps every accepted command and works a balance out by going through all of them:
/// slow, obvious, and written apart from the one it judges.
struct ReferenceLedger {
  enum Command {
    case post(debit: Int, credit: Int, amount: Int64)
    case hold(debit: Int, credit: Int, amount: Int64)
    case resolve(debit: Int, credit: Int, held: Int64, captured: Int64)
  }

  private(set) var accepted: [Command] = []
  let guarded: Set<Int>

  init(guarded: Set<Int>) { self.guarded = guarded }

  /// The four sums of an account, too wide to overflow: debits pending and posted, then credits.
  func sums(_ account: Int) -> [Int128] {
    var sums = [Int128](repeating: 0, count: 4)
    func add(_ place: Int, _ amount: Int64, to one: Int, _ other: Int) {
      if one == account { sums[place] += Int128(amount) }
      if other == account { sums[place + 2] += Int128(amount) }
    }
    for command in accepted {
      switch command {
      case .post(let debit, let credit, let amount): add(1, amount, to: debit, credit)
      case .hold(let debit, let credit, let amount): add(0, amount, to: debit, credit)
      case .resolve(let debit, let credit, let held, let captured):
        add(0, -held, to: debit, credit)
        add(1, captured, to: debit, credit)
      }
    }
    return sums
  }

  /// Takes a command if it is allowed; says whether it was.
  mutating func apply(_ command: Command) -> Bool {
    switch command {
    case .post(_, _, let amount), .hold(_, _, let amount): if amount <= 0 { return false }
    case .resolve(let debit, let credit, let held, let captured):
      guard 0 <= captured, captured <= held else { return false }
      if sums(debit)[0] < Int128(held) || sums(credit)[2] < Int128(held) { return false }
    }
    accepted.append(command)
    let isAllowed = isSound(after: command)
    if !isAllowed { accepted.removeLast() }
    return isAllowed
  }

  /// Whether the accounts of the last command may stand as they do.
  private func isSound(after command: Command) -> Bool {
    let (debit, credit) = Self.accounts(command)
    let (ofDebit, ofCredit) = (sums(debit), sums(credit))
    if (ofDebit + ofCredit).contains(where: { $0 > Int128(Int64.max) }) { return false }
    let isResolution = if case .resolve = command { true } else { false }
    return isResolution || !guarded.contains(debit) || ofDebit[0] + ofDebit[1] <= ofDebit[3]
  }

  static func accounts(_ command: Command) -> (debit: Int, credit: Int) {
    switch command {
    case .post(let debit, let credit, _), .hold(let debit, let credit, _),
      .resolve(let debit, let credit, _, _):
      (debit, credit)
    }
  }
}

extension DoubleEntry {
  /// Does what a command of the reference ledger says; says whether it was accepted.
  mutating func apply(_ command: ReferenceLedger.Command) -> Bool {
    do throws(PostingError) {
      switch command {
      case .post(let debit, let credit, let amount):
        try post(.payout, debit: debit, credit: credit, amount: amount, reference: 1)
      case .hold(let debit, let credit, let amount):
        try hold(debit: debit, credit: credit, amount: amount, reference: 1)
      case .resolve(let debit, let credit, let held, let captured):
        try resolve(debit: debit, credit: credit, held: held, captured: captured, reference: 1)
      }
      return true
    } catch {
      return false
    }
  }

  /// The four sums of an account in the reference ledger's order.
  func sums(_ account: Int) -> [Int128] {
    let balance = balances[account]
    return [
      balance.debitsPending, balance.debitsPosted, balance.creditsPending, balance.creditsPosted,
    ].map { Int128($0) }
  }
}
