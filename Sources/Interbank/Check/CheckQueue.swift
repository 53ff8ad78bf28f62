/// A payment as the check knows it.
struct CheckedPayment: Sendable {
  var payment: InterbankPayment
  var handedIn: Int64
  var remaining: Int64
  /// Set while it waits in the system's queue.
  var entry: CheckEntry?
}

/// What the check compares waiting payments by.
struct CheckEntry: Sendable, Comparable {
  var id: Int64
  var rank: Int64
  /// Order in which payments were taken up by the system.
  var number: Int64

  init(_ payment: InterbankPayment, _ promise: QueuePromise, number: Int64) {
    id = payment.id
    self.number = number
    guard case .strict(let order) = promise else {
      rank = 0
      return
    }
    switch order {
    case .fifo, .fifoBypass: rank = 0
    case .smallestFirst: rank = payment.amount
    case .earliestDeadline: rank = payment.deadline ?? Int64.max
    case .priority: rank = payment.priority == .urgent ? 0 : payment.priority == .high ? 1 : 2
    }
  }

  static func < (left: CheckEntry, right: CheckEntry) -> Bool {
    left.rank == right.rank ? left.number < right.number : left.rank < right.rank
  }
}

/// The waiting payments of one payer that a promise compares, in the promised order; those that
/// have ended are dropped when they come first.
struct CheckQueue: Sendable {
  /// Payments that wait, compared or not.
  var count = 0
  private var entries: [CheckEntry] = []
  private var start = 0

  mutating func insert(_ entry: CheckEntry) {
    var low = start
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entry < entries[middle] { high = middle } else { low = middle + 1 }
    }
    entries.insert(entry, at: low)
  }

  /// Takes an entry out, if it is among those that are compared.
  mutating func remove(_ entry: CheckEntry) {
    guard let index = entries[start...].firstIndex(where: { $0.id == entry.id }) else { return }
    entries.remove(at: index)
  }

  /// The first entry of a payment that has not ended.
  mutating func first(where isWaiting: (Int64) -> Bool) -> CheckEntry? {
    while start < entries.count, !isWaiting(entries[start].id) { start += 1 }
    if start == entries.count || start > 1_000 {
      entries.removeSubrange(0..<start)
      start = 0
    }
    return start < entries.count ? entries[start] : nil
  }
}
