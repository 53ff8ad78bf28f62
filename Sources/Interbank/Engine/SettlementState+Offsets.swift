/// Which payments in the opposite direction a payment is offset with.
public struct OffsetRule: Sendable, Equatable {
  /// Whether waiting payments may be passed by those that are offset.
  public enum Order: Sendable, Equatable {
    /// No: what is offset comes first in its queue.
    case inOrder
    /// Only those that are not urgent.
    case urgentInOrder
    /// Yes.
    case bypass
  }
  /// How many of them at most.
  public var maximum: Int
  /// The smaller side comes to at least this share (parts per million) of the larger.
  public var minimumMatch: Int64
  /// Which waiting payments may be passed.
  public var order: Order
  /// How often in one sweep a pair of participants may fail before it is left alone.
  static let failuresPerPair: Int8 = 8
  /// How many payments of the counterparty are looked at.
  static let candidates = 64

  /// A rule.
  public init(maximum: Int, minimumMatch: Int64 = 0, order: Order) {
    self.maximum = maximum
    self.minimumMatch = minimumMatch
    self.order = order
  }

  /// A rule that keeps what the queue's rule promises: urgent payments are not passed where the
  /// others wait for their patience, and nothing is under another strict order.
  init(maximum: Int, in rule: QueueRule) {
    self.init(
      maximum: maximum,
      order: rule.patience != nil ? .urgentInOrder : rule.order.isStrict ? .inOrder : .bypass)
  }
}

extension SettlementState {
  /// Tries to settle the waiting payment `id` of `payer` at one moment with payments that its payee
  /// has waiting for the payer.
  ///
  /// If the order is kept it must be the payer's first, and they the payee's first ones.
  /// - Returns: whether it has settled.
  public mutating func offset(_ id: Int64, of payer: Int, _ rule: OffsetRule) -> Bool {
    guard let index = lastIndex(of: id, payer: payer) else { return false }
    return offset(at: index, of: payer, rule)
  }

  /// Tries to offset every waiting payment that may settle, participant by participant.
  /// - Returns: whether any has settled.
  public mutating func offsetAll(_ offsetRule: OffsetRule) -> Bool {
    guard queuedCount > 0, !searches.knows(.offset(offsetRule)) else { return false }
    searches.begin()
    var found = false
    for payer in queues.indices where !queues[payer].isEmpty {
      var failures = [Int8](repeating: 0, count: participants)
      var index = 0
      while index < queues[payer].count {
        let payee = queues[payer][index].payment.payee
        let tries = failures[payee] < OffsetRule.failuresPerPair
        if tries, pairs.count(payee, to: payer) > 0, offset(at: index, of: payer, offsetRule) {
          found = true
          continue
        }
        if offsetRule.order == .inOrder { break }
        failures[payee] = min(failures[payee] + 1, OffsetRule.failuresPerPair)
        index += 1
      }
    }
    if !found { searches.foundNothing(.offset(offsetRule)) }
    return found
  }

  private mutating func offset(at index: Int, of payer: Int, _ offsetRule: OffsetRule) -> Bool {
    let entry = queues[payer][index]
    let payee = entry.payment.payee
    guard pairs.count(payee, to: payer) > 0,
      mayPass(entry, at: index, offsetRule.order)
    else { return false }
    let (opposite, priority) = oppositePayments(of: payee, to: payer, offsetRule.order)
    guard !opposite.isEmpty else { return false }
    let unmatched = unmatched(entry.remaining, offsetRule.minimumMatch)
    let available = [
      min(accounts.room(payer, to: payee, entry.payment.priority), unmatched.own),
      min(accounts.room(payee, to: payer, priority), unmatched.opposite),
    ]
    let found = BilateralOffset.find(
      payment: NettablePayment(payer: 0, payee: 1, amount: entry.remaining),
      against: opposite.map { NettablePayment(payer: 1, payee: 0, amount: $0.amount) },
      available: available, maximum: offsetRule.maximum,
      order: offsetRule.order == .inOrder ? .firstInFirstOut : .bypass)
    guard let found, !found.isEmpty else { return false }
    var picks = found.map { opposite[$0] }
    let own = QueuePick(payer: payer, index: index, amount: entry.remaining)
    picks.insert(own, at: payer < payee ? 0 : picks.count)
    settle(picks, .bilateralOffset)
    return true
  }

  /// How much of a payment, and of what it is offset with, may be paid without the other side.
  private func unmatched(_ amount: Int64, _ match: Int64) -> (own: Int64, opposite: Int64) {
    let own = Int64(Int128(amount) * Int128(1_000_000 - match) / 1_000_000)
    guard match > 0 else { return (own, .max) }
    return (own, Int64(min(Int128(amount) * 1_000_000 / Int128(match), 1 << 62)) - amount)
  }

  /// Waiting payments of `payer` to `payee` that may take part, and the lowest priority among them.
  private func oppositePayments(
    of payer: Int, to payee: Int, _ order: OffsetRule.Order
  ) -> ([QueuePick], PaymentPriority) {
    var picks: [QueuePick] = []
    var priority = PaymentPriority.urgent
    let total = pairs.count(payer, to: payee)
    for index in 0..<queues[payer].count {
      let entry = queues[payer][index]
      if entry.payment.payee != payee {
        if order == .inOrder { break }
        continue
      }
      if order == .urgentInOrder, !mayPass(entry, at: index, order) { continue }
      picks.append(QueuePick(payer: payer, index: index, amount: entry.remaining))
      priority = max(priority, entry.payment.priority)
      if picks.count == min(total, OffsetRule.candidates) { break }
    }
    return (picks, priority)
  }

  private func mayPass(_ entry: QueuedPayment, at index: Int, _ order: OffsetRule.Order) -> Bool {
    switch order {
    case .inOrder: index == 0
    case .urgentInOrder: index == 0 || entry.payment.priority != .urgent
    case .bypass: true
    }
  }

  /// Where the payment waits, looked for from the back.
  func lastIndex(of id: Int64, payer: Int) -> Int? {
    (0..<queues[payer].count).last { queues[payer][$0].payment.id == id }
  }
}
