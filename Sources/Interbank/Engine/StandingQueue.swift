/// What waits in a settlement system at a moment, why, and what would settle it. Amounts are minor
/// units.
public struct StandingQueue: Sendable, Equatable {
  /// Payments, and their value.
  public struct Part: Sendable, Equatable {
    /// Payments.
    public var count = 0
    /// What remains of them.
    public var value: Int128 = 0
  }
  /// Why payments wait, and how many do for that reason.
  public struct Cause: Sendable, Equatable {
    /// What stands in the way of the payment by itself.
    public var reason: SettlementReason
    /// Payments.
    public var count: Int
  }
  /// What is missing for everything that waits to settle at one moment, net.
  public struct Shortfall: Sendable, Equatable {
    /// What has to grow.
    public enum Kind: Sendable, Equatable {
      /// The participant's balance or credit.
      case liquidity
      /// Its net debit cap.
      case netDebitCap
      /// Its limit towards one other participant.
      case bilateralLimit(payee: Int)
    }
    /// The participant.
    public var participant: Int
    /// What has to grow.
    public var kind: Kind
    /// By how much.
    public var amount: Int128
  }
  /// Everything that waits.
  public var all: Part
  /// Whether the system is open; if it is not, nothing settles before it opens.
  public var isOpen: Bool
  /// In what kind of stall it is; `none`: a payment can settle by itself, and waits for its time.
  public var state: Gridlock.State
  /// Why payments wait, the most frequent reason first.
  public var causes: [Cause]
  /// What would settle at one moment with the liquidity there is, each payer's payments in order.
  public var inOrder: Part
  /// The same if payments could pass others; not searched for where something settles in order.
  public var outOfOrder: Part
  /// The least that has to grow for everything to settle, net and at one moment.
  public var shortfalls: [Shortfall]

  /// The least liquidity, over all participants, that lets everything settle at one moment: what
  /// multilateral netting of the whole queue leaves uncovered.
  public var missingLiquidity: Int128 {
    shortfalls.reduce(0) { $0 + ($1.kind == .liquidity ? $1.amount : 0) }
  }
}

extension InterbankSystem {
  /// What waits now and why; nil: nothing.
  public var standingQueue: StandingQueue? { state.standingQueue }
}

extension SettlementState {
  /// See `InterbankSystem.standingQueue`. Of a system that is closed, what it will find when it
  /// opens: caps and limits count anew then.
  var standingQueue: StandingQueue? {
    guard queuedCount > 0 else { return nil }
    var ahead = self
    if !isOpen {
      ahead.accounts.startDay()
      for participant in 0..<participants { ahead.stalls.grew(participant) }
    }
    return ahead.describedQueue()
  }

  private mutating func describedQueue() -> StandingQueue {
    let candidates = waiting()
    let state = stalls.isOn ? stall() : .none
    let inOrder = BechSoramaki.settleable(
      queue: nettable(candidates), available: available(for: candidates),
      limits: limits(for: candidates))
    let found = inOrder.isEmpty ? stall(of: candidates).1 : []
    func part(_ positions: [Int]) -> StandingQueue.Part {
      StandingQueue.Part(
        count: positions.count,
        value: positions.reduce(0) { $0 + Int128(candidates[$1].amount) })
    }
    return StandingQueue(
      all: part(Array(candidates.indices)), isOpen: isOpen, state: state,
      causes: causes(of: candidates), inOrder: part(inOrder), outOfOrder: part(found),
      shortfalls: shortfalls(of: candidates))
  }

  /// What stands in the way of each payment by itself. One that nothing stands in the way of waits
  /// behind others, for its cycle or to be offset, as its mode has it.
  private func causes(of candidates: [QueuePick]) -> [StandingQueue.Cause] {
    var counts = [Int](repeating: 0, count: SettlementReason.allCases.count)
    for pick in candidates {
      let payment = payment(pick)
      let isBehind = rule.order.isStrict && pick.index > 0
      let free: SettlementReason =
        isBehind
        ? .behindOthers
        : !rule.settlesGross ? .awaitingCycle : rule.collects ? .awaitingBatch : .awaitingOffset
      let reason =
        accounts.obstacle(
          payment.payer, to: payment.payee, amount: min(pick.amount, maximumPart(of: payment)),
          payment.priority) ?? free
      counts[SettlementReason.allCases.firstIndex(of: reason)!] += 1
    }
    return zip(SettlementReason.allCases, counts).filter { $0.1 > 0 }
      .map { StandingQueue.Cause(reason: $0.0, count: $0.1) }
      .enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
      .map(\.element)
  }

  private func shortfalls(of candidates: [QueuePick]) -> [StandingQueue.Shortfall] {
    let queue = nettable(candidates)
    let available = available(for: candidates)
    var found: [StandingQueue.Shortfall] = []
    for (participant, position) in NetPositions.exact(queue, participants: participants)
      .enumerated()
    where position < 0 {
      for (kind, room) in [
        (StandingQueue.Shortfall.Kind.liquidity, Optional(available[participant])),
        (.netDebitCap, accounts[participant].capRoom),
      ] {
        guard let room, -position > Int128(room) else { continue }
        found.append(.init(participant: participant, kind: kind, amount: -position - Int128(room)))
      }
    }
    guard accounts.hasBilateralLimits else { return found }
    for pair in NetPositions.bilateral(queue, participants: participants) {
      guard let room = accounts.bilateralRoom(pair.payer, to: pair.payee), pair.amount > room
      else { continue }
      found.append(
        .init(
          participant: pair.payer, kind: .bilateralLimit(payee: pair.payee),
          amount: Int128(pair.amount) - Int128(room)))
    }
    return found
  }
}
