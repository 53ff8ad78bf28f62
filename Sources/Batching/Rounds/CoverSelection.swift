import Money
import PaymentModel

/// Which of the obligations that would leave in a round banks have the money for, all taken
/// together: what one pays another counts for what that one pays.
///
/// An obligation takes its amount off the payer's account in the currency owed and adds what it
/// comes to to the payee's in the currency paid out, whichever way the money is moved and
/// exchanged.
struct CoverSelection {
  /// What there is money for.
  private(set) var covered: [Int] = []
  /// What waits for money.
  private(set) var held: [Int] = []
  /// What there is no money for and cannot wait.
  private(set) var uncovered: [Int] = []

  /// What is left of each account of which something is known; looked up by key.
  private var left: [BankAccount: Int64] = [:]
  private let pending: [Obligation]
  private let world: SettlementWorld

  /// Chooses among `leaving`, of which those wait that may.
  init(
    _ leaving: [Int], of pending: [Obligation], in world: SettlementWorld, mayWait: (Int) -> Bool
  ) {
    self.pending = pending
    self.world = world
    guard let funds = world.funds else {
      covered = leaving
      return
    }
    for index in leaving { move(index, by: 1, funds) }
    var short = left.filter { $0.value < 0 }.keys.sorted()
    guard !short.isEmpty else {
      covered = leaving
      return
    }
    var isOut = [Bool](repeating: false, count: pending.count)
    var sent: [BankAccount: [Int]] = [:]
    for index in leaving { sent[payer(of: index), default: []].append(index) }
    while let account = short.popLast() {
      for canWait in [true, false] where left[account]! < 0 {
        var candidates = (sent[account] ?? []).filter { !isOut[$0] && mayWait($0) == canWait }
          .sorted { (pending[$0].amount, $0) < (pending[$1].amount, $1) }
        while left[account]! < 0, !candidates.isEmpty {
          let missing = -left[account]!
          let enough = candidates.firstIndex { pending[$0].amount >= missing }
          let index = candidates.remove(at: enough ?? candidates.count - 1)
          guard pending[index].amount > 0 else { break }
          isOut[index] = true
          if canWait { held.append(index) } else { uncovered.append(index) }
          move(index, by: -1, funds)
          let payee = payee(of: index)
          if payee != account, let rest = left[payee], rest < 0 { short.append(payee) }
        }
      }
    }
    covered = leaving.filter { !isOut[$0] }
    held.sort()
    uncovered.sort()
  }

  private func payer(of index: Int) -> BankAccount {
    BankAccount(bank: pending[index].route.payer, currency: pending[index].route.source)
  }

  private func payee(of index: Int) -> BankAccount {
    BankAccount(bank: pending[index].route.payee, currency: pending[index].route.destination)
  }

  private mutating func move(_ index: Int, by sign: Int64, _ funds: SettlementFunds) {
    let route = pending[index].route
    let amount = MoneyAmount(minorUnits: pending[index].amount, currency: route.source)
    let payout = world.rates.convert(amount, to: route.destination).amount.minorUnits
    for (account, change) in [(payer(of: index), -amount.minorUnits), (payee(of: index), payout)] {
      guard let room = left[account] ?? funds[account] else { continue }
      left[account] = room + sign * change
    }
  }
}
