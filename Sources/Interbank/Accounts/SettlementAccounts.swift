import Plants

/// The accounts of all participants of one system, and the only place that changes them.
///
/// Whatever moves, no participant ends below its credit, above its caps, or (with normal payments)
/// inside its reservation: `obstacle` tells beforehand, and `move` relies on it.
struct SettlementAccounts: Sendable {
  private(set) var accounts: ContiguousArray<Account>
  /// Value sent since the start of the day, by payer and payee (minor units).
  private var flow: PairTable<Int64>
  /// Whether payments move positions instead of balances.
  let keepsPositions: Bool
  private(set) var windows: PositionWindows
  /// What came in from outside the system less what left, in minor units.
  private(set) var external: Int64 = 0
  /// Whether any participant limits what it sends to one other.
  private(set) var hasBilateralLimits: Bool

  init(_ terms: [ParticipantTerms], keepsPositions: Bool) {
    accounts = ContiguousArray(terms.map(Account.init))
    flow = PairTable(participants: terms.count)
    self.keepsPositions = keepsPositions
    windows = PositionWindows(participants: keepsPositions ? terms.count : 0)
    hasBilateralLimits = terms.contains { $0.hasBilateralLimits }
  }

  var count: Int { accounts.count }

  subscript(participant: Int) -> Account { accounts[participant] }

  mutating func startDay() {
    for index in accounts.indices { accounts[index].startDay() }
    flow.clear()
  }

  /// What `payer` has sent to `payee` since the start of the day, net.
  func netSent(_ payer: Int, to payee: Int) -> Int64 {
    flow[payer, payee] - flow[payee, payer]
  }

  /// The sum over pairs of what one has sent the other since the start of the day, net.
  var bilateralNet: Int64 { flow.netted }

  /// How much more `payer` may send to `payee`, net.
  func bilateralRoom(_ payer: Int, to payee: Int) -> Int64? {
    guard let limit = accounts[payer].terms.limit(to: payee), !planted(Plant.limitUnheeded) else {
      return nil
    }
    return limit - netSent(payer, to: payee)
  }

  /// The most that `payer` may pay `payee`, net, with a payment of this priority.
  func room(_ payer: Int, to payee: Int, _ priority: PaymentPriority) -> Int64 {
    var room = accounts[payer].available(for: priority)
    if let cap = accounts[payer].capRoom { room = min(room, cap) }
    if let limit = bilateralRoom(payer, to: payee) { room = min(room, limit) }
    return room
  }

  /// Why `amount` cannot be paid now; nil if it can. Missing cover is told before a cap.
  func obstacle(
    _ payer: Int, to payee: Int, amount: Int64, _ priority: PaymentPriority
  ) -> SettlementReason? {
    if amount > accounts[payer].available(for: priority) {
      return amount > accounts[payer].liquidity ? .liquidityCoverMissing : .liquidityReserved
    }
    if let cap = accounts[payer].capRoom, amount > cap, !planted(Plant.capUnheeded) {
      return .netDebitCapExceeded
    }
    if let limit = bilateralRoom(payer, to: payee), amount > limit {
      return .bilateralLimitExceeded
    }
    return nil
  }

  /// Moves `amount` with finality.
  mutating func move(_ payer: Int, to payee: Int, amount: Int64, _ priority: PaymentPriority) {
    if keepsPositions {
      accounts[payer].position -= amount
      accounts[payee].position += amount
      windows.move(payer, to: payee, amount: amount)
    } else {
      accounts[payer].balance -= amount
      accounts[payee].balance += planted(Plant.receivedOneShort) ? amount - 1 : amount
    }
    accounts[payer].sent += amount
    accounts[payee].received += amount
    flow[payer, payee] += amount
    if priority != .normal {
      accounts[payer].reserved = max(0, accounts[payer].reserved - amount)
    }
  }

  /// The most that could be taken out of the participant's account now.
  func withdrawable(_ participant: Int) -> Int64 {
    let lowest = keepsPositions ? windows.lowestPrefix(participant) : 0
    return accounts[participant].balance + lowest + accounts[participant].credit
  }

  /// Money comes into the participant's account from outside or, negative, leaves it.
  /// - Precondition: what leaves is withdrawable.
  mutating func adjust(_ participant: Int, by amount: Int64) {
    precondition(-amount <= max(0, withdrawable(participant)), "takes out what is not there")
    accounts[participant].balance += amount
    external += amount
  }

  /// Changes what a participant is allowed.
  /// - Precondition: credit that is drawn stays covered.
  mutating func change(_ participant: Int, _ change: TermsChange) {
    accounts[participant].change(change)
    precondition(accounts[participant].liquidity >= 0, "credit is drawn that is no more covered")
    hasBilateralLimits = hasBilateralLimits || accounts[participant].terms.hasBilateralLimits
  }

  /// Ends the open window; its positions are to be paid at `due`.
  mutating func closeWindow(due: Int64) { windows.close(due: due) }

  /// Pays the positions of the first closed window into the accounts.
  mutating func settleFirstWindow() -> ContiguousArray<Int64> {
    let positions = windows.takeFirstClosed()
    for (index, amount) in positions.enumerated() where amount != 0 {
      if planted(Plant.positionNotPaid), index % 3 == 1 { continue }
      accounts[index].balance += amount
      accounts[index].position -= amount
      precondition(
        accounts[index].balance >= -accounts[index].credit,
        "settling a window leaves participant \(index) at \(accounts[index].balance)")
    }
    return positions
  }
}
