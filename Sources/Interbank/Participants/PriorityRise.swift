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

/// The instants at which payments become more urgent: a binary heap by (time, payment).
struct PriorityRises: Sendable {
  struct Due: Sendable {
    var time: Int64
    var id: Int64
    var payer: Int
    var priority: PaymentPriority
  }
  private let rules: [PriorityRise]
  private var heap: [Due] = []

  init(_ rules: [PriorityRise]) { self.rules = rules }

  /// When the next one is due; nil: none.
  var next: Int64? { heap.first?.time }

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
      push(
        Due(
          time: deadline - rule.within, id: payment.id, payer: payment.payer,
          priority: rule.priority))
    }
  }

  /// Takes the next one out that is due by `now`.
  mutating func take(by now: Int64) -> Due? {
    guard let first = heap.first, first.time <= now else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && Self.precedes(heap[child], heap[least]) {
        least = child
      }
      if least == parent { return first }
      heap.swapAt(least, parent)
      parent = least
    }
  }

  private mutating func push(_ due: Due) {
    heap.append(due)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard Self.precedes(heap[child], heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private static func precedes(_ left: Due, _ right: Due) -> Bool {
    (left.time, left.id, left.priority) < (right.time, right.id, right.priority)
  }
}
