/// What a strategy's wires really moved between banks in one system over a whole run, and the
/// liquidity that it took; minor units. Pure.
///
/// Payments that settle at one moment move only what remains of them net: that is what modes with
/// netting save. What strategies save is that their wires are smaller than the obligations.
public struct MovedMoney: Sendable, Equatable {
  /// Participants whose money counts: the clearing house and the dealer only pass it on.
  private let isBank: [Bool]
  /// Whether payments move positions, which are paid later.
  private let keepsPositions: Bool
  private var group = Int64.min
  /// Sent less received since the start.
  private var sent: [Int64]
  private var peaks: [Int64]
  /// Who has taken part in `group`.
  private var members: [Int] = []
  /// Wires sent less received at the present moment, or since positions were paid last.
  private var unpaid: [Int64]
  private var debtors: [Int] = []
  private var paid: Int64 = 0

  /// Nothing has moved yet.
  ///
  /// - Parameters:
  ///   - banks: for each participant, whether it is a bank.
  ///   - keepsPositions: see `SettlementMode.keepsPositions`.
  public init(banks: [Bool], keepsPositions: Bool) {
    isBank = banks
    self.keepsPositions = keepsPositions
    sent = Array(repeating: 0, count: banks.count)
    peaks = sent
    unpaid = sent
  }

  /// A payment, or part of one, has settled, as a member of a group (`Settlement.group`).
  ///
  /// - Parameter isWire: whether it pays obligations; a deal with the dealer takes liquidity, but
  ///   netting is not about it.
  public mutating func move(
    from payer: Int, to payee: Int, amount: Int64, group: Int64, isWire: Bool
  ) {
    if group != self.group {
      endGroup()
      self.group = group
    }
    sent[payer] += amount
    sent[payee] -= amount
    members.append(payer)
    guard isWire else { return }
    unpaid[payer] += amount
    unpaid[payee] -= amount
    debtors.append(payer)
    debtors.append(payee)
  }

  /// The net positions of the payments so far have been paid.
  public mutating func payPositions() {
    if keepsPositions { pay() }
  }

  private mutating func endGroup() {
    for member in members { peaks[member] = max(peaks[member], sent[member]) }
    members.removeAll(keepingCapacity: true)
    if !keepsPositions { pay() }
  }

  private mutating func pay() {
    for debtor in debtors {
      if isBank[debtor] { paid += max(0, unpaid[debtor]) }
      unpaid[debtor] = 0
    }
    debtors.removeAll(keepingCapacity: true)
  }

  /// Sum over all moments of what each bank's wires took from its account, net.
  public var value: Int64 {
    var finished = self
    finished.endGroup()
    finished.pay()
    return finished.paid
  }

  /// Liquidity used: the sum over banks of the most that each had sent, net, at any time of the
  /// run.
  public var liquidityUsed: Int64 {
    isBank.indices.reduce(0) { $0 + (isBank[$1] ? liquidityUsed(by: $1) : 0) }
  }

  /// The most that one participant had sent, net, at any time of the run.
  public func liquidityUsed(by participant: Int) -> Int64 {
    members.contains(participant)
      ? max(peaks[participant], sent[participant]) : peaks[participant]
  }

  /// Liquidity that no order of what has settled does without: the sum over banks of what each has
  /// sent, net, in the end. Never above `liquidityUsed`.
  public var lowerBound: Int64 {
    zip(sent, isBank).reduce(0) { $0 + ($1.1 ? max(0, $1.0) : 0) }
  }
}
