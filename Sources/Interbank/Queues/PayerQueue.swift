import Plants

/// A payment that waits in the system's queue.
struct QueuedPayment: Sendable, Equatable {
  var payment: InterbankPayment
  /// What has not settled yet, in minor units; positive.
  var remaining: Int64
  /// From the queue order; the smaller goes first.
  var rank: Int64
  /// Order of arrival in the system; unique.
  var sequence: Int64
  /// When it entered the queue (ns).
  var entered: Int64
  /// The set of payments, found to be settleable at one moment, that it is in; see `StallWatch`.
  var setNumber: UInt32 = 0

  func goesBefore(_ other: QueuedPayment) -> Bool {
    (rank, sequence) < (other.rank, other.sequence)
  }
}

/// A part of a waiting payment that is to settle.
struct QueuePick: Sendable, Equatable {
  var payer: Int
  /// Place in the payer's queue.
  var index: Int
  /// Minor units.
  var amount: Int64
}

/// The waiting payments of one payer, in queue order.
///
/// An array with a moving start: taking the first is O(1) amortised, inserting and taking from the
/// middle O(length). Nothing is allocated before the first payment waits.
struct PayerQueue: Sendable {
  private var storage: ContiguousArray<QueuedPayment> = []
  private var start = 0
  /// Sum of what remains, in minor units.
  private(set) var value: Int64 = 0
  /// Not more than the smallest remaining amount; exact after `noteSmallest`.
  private(set) var smallest = Int64.max

  var count: Int { storage.count - start }
  var isEmpty: Bool { storage.count == start }
  var first: QueuedPayment? { isEmpty ? nil : storage[start] }

  subscript(index: Int) -> QueuedPayment { storage[start + index] }

  /// Puts a payment in its place; O(log n) and the payments behind it.
  mutating func insert(_ entry: QueuedPayment) {
    storage.insert(entry, at: planted(Plant.queuedInFront) ? start : place(after: entry))
    value += entry.remaining
    smallest = min(smallest, entry.remaining)
  }

  /// Where the payment waits; nil: it does not. O(log n).
  func index(of entry: QueuedPayment) -> Int? {
    let index = place(after: entry) - start - 1
    return index >= 0 && self[index].sequence == entry.sequence ? index : nil
  }

  /// The place behind all that do not go after `entry`.
  private func place(after entry: QueuedPayment) -> Int {
    var low = start
    var high = storage.count
    while low < high {
      let middle = (low + high) / 2
      if entry.goesBefore(storage[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Takes `amount` off what remains of the payment at `index`, and the payment out of the queue if
  /// nothing remains then. Returns whether it has left the queue.
  mutating func settle(_ amount: Int64, at index: Int) -> Bool {
    precondition(
      amount > 0 && amount <= self[index].remaining, "settles \(amount) of \(self[index])")
    value -= amount
    storage[start + index].remaining -= amount
    let remaining = storage[start + index].remaining
    guard remaining == 0 else {
      smallest = min(smallest, remaining)
      return false
    }
    if index == 0 { dropFirst() } else { storage.remove(at: start + index) }
    if isEmpty { smallest = .max }
    return true
  }

  /// Takes amounts off several payments, given in ascending order of their index, and those of
  /// which nothing remains out of the queue. Returns how many have left it. O(queue).
  mutating func settle(ascending picks: ArraySlice<QueuePick>) -> Int {
    guard let firstPick = picks.first else { return 0 }
    var next = picks.startIndex
    var kept = start + firstPick.index
    for index in firstPick.index..<count {
      var entry = self[index]
      if next < picks.endIndex, picks[next].index == index {
        precondition(picks[next].amount <= entry.remaining, "settles too much of \(entry)")
        entry.remaining -= picks[next].amount
        value -= picks[next].amount
        next += 1
      }
      guard entry.remaining > 0 else { continue }
      smallest = min(smallest, entry.remaining)
      storage[kept] = entry
      kept += 1
    }
    precondition(next == picks.endIndex, "a pick is not in the queue")
    let gone = storage.count - kept
    storage.removeLast(gone)
    if isEmpty { smallest = .max }
    return gone
  }

  /// Takes the payment at `index` out whole.
  mutating func remove(at index: Int) -> QueuedPayment {
    let entry = self[index]
    _ = settle(entry.remaining, at: index)
    return entry
  }

  /// Puts the payment at `index` into a set.
  mutating func mark(_ index: Int, _ number: UInt32) { storage[start + index].setNumber = number }

  /// States that no remaining amount is below `amount`.
  mutating func noteSmallest(_ amount: Int64) { smallest = amount }

  private mutating func dropFirst() {
    start += 1
    guard start > 32, start * 2 > storage.count else { return }
    storage.removeSubrange(0..<start)
    start = 0
  }
}
