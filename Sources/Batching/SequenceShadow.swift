import PaymentModel

/// Follows the obligations of one desk in the order in which they come about, and prices what a
/// strategy that goes by their number would make of them. Pure.
///
/// What waits for one payee bank is planned as soon as it is enough, or when its window has ended.
public struct SequenceShadow: Sendable {
  private struct Waiting {
    var period: Int64
    var obligations: [Obligation] = []
    var fees: [Int64] = []

    /// In place: what waits is not copied. Returns how many there are.
    mutating func add(_ obligation: Obligation, fee: Int64) -> Int {
      obligations.append(obligation)
      fees.append(fee)
      return obligations.count
    }
  }

  private let strategy: any SequencePriced
  private let world: SettlementWorld
  /// Looked up by what is counted together, and sorted before use.
  private var waiting: [WaitingKey: Waiting] = [:]
  private var settled = CostTally()

  /// Nothing yet.
  ///
  /// - `world`: in which plans are made; the rates are those at which they are priced.
  public init(_ strategy: any SequencePriced, in world: SettlementWorld) {
    self.strategy = strategy
    self.world = world
  }

  /// An obligation has come about, of which `fee` is kept.
  public mutating func add(_ obligation: Obligation, fee: Int64) {
    let payee = strategy.waitingKey(of: obligation)
    let period = strategy.period(of: obligation)
    if let ended = waiting[payee], ended.period != period {
      settle(ended)
      waiting[payee] = nil
    }
    let isEnough =
      waiting[payee, default: Waiting(period: period)]
      .add(obligation, fee: fee) >= strategy.payments
    if isEnough, let complete = waiting.removeValue(forKey: payee) { settle(complete) }
  }

  /// The wires and conversions of everything, what waits included.
  public var total: CostTally {
    var all = self
    for (_, queue) in waiting.sorted(by: { $0.key < $1.key }) { all.settle(queue) }
    return all.settled
  }

  private mutating func settle(_ queue: Waiting) {
    guard !queue.obligations.isEmpty else { return }
    let plan = strategy.plan(queue.obligations, in: world)
    settled.add(plan, queue.obligations, fees: queue.fees, in: world)
  }
}
