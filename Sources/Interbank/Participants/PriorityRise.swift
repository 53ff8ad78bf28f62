/// A rule by which a payment that waits becomes more urgent as its deadline nears.
public struct PriorityRise: Sendable, Equatable {
  /// From how long before its deadline on (ns).
  public var within: Int64
  /// What it becomes, unless it is more urgent.
  public var priority: PaymentPriority

  /// A rule.
  public init(within: Int64, priority: PaymentPriority) {
    self.within = within
    self.priority = priority
  }
}

/// The instants at which payments become more urgent: the earliest first.
struct PriorityRises: Sendable {
  struct Due: Timed, Sendable {
    var time: Int64
    var id: Int64
    var payer: Int
    var priority: PaymentPriority

    func precedes(_ other: Due) -> Bool {
      (time, id, priority) < (other.time, other.id, other.priority)
    }
  }
  private let rules: [PriorityRise]
  private var dues = EarliestFirst<Due>()

  init(_ rules: [PriorityRise]) { self.rules = rules }

  /// When the next one is due; nil: none.
  var next: Int64? { dues.first?.time }

  /// The priority that a payment has at `now`.
  func priority(of payment: InterbankPayment, at now: Int64) -> PaymentPriority {
    guard let deadline = payment.deadline else { return payment.priority }
    return rules.reduce(payment.priority) { priority, rule in
      now >= deadline - rule.within ? min(priority, rule.priority) : priority
    }
  }

  /// Notes when a payment that waits will become more urgent. O(log waiting) for each rule.
  mutating func note(_ payment: InterbankPayment, at now: Int64) {
    guard !rules.isEmpty, let deadline = payment.deadline else { return }
    for rule in rules where rule.priority < payment.priority && deadline - rule.within > now {
      dues.insert(
        Due(
          time: deadline - rule.within, id: payment.id, payer: payment.payer,
          priority: rule.priority))
    }
  }

  /// Takes the next one out that is due by `now`.
  mutating func take(by now: Int64) -> Due? {
    guard let first = dues.first, first.time <= now else { return nil }
    dues.removeFirst()
    return first
  }
}
