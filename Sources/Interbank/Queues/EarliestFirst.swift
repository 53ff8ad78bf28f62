/// What comes at a time, and in an order that is the same for any order of insertion.
protocol Timed {
  /// Whether it comes before `other`. No two come at once.
  func precedes(_ other: Self) -> Bool
}

/// The earliest of many at hand: a binary heap.
struct EarliestFirst<Entry: Timed & Sendable>: Sendable {
  /// All of them, the earliest first and the others in no order.
  private(set) var entries: ContiguousArray<Entry> = []

  /// The earliest; nil: there is none.
  var first: Entry? { entries.first }

  /// O(log count).
  mutating func insert(_ entry: Entry) {
    entries.append(entry)
    var child = entries.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard entries[child].precedes(entries[parent]) else { return }
      entries.swapAt(child, parent)
      child = parent
    }
  }

  /// Takes the earliest out. O(log count).
  mutating func removeFirst() {
    entries.swapAt(0, entries.count - 1)
    entries.removeLast()
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < entries.count && entries[child].precedes(entries[least]) {
        least = child
      }
      if least == parent { return }
      entries.swapAt(least, parent)
      parent = least
    }
  }

  /// Takes the one at a place of `entries` out. O(count log count).
  mutating func remove(at place: Int) -> Entry {
    let entry = entries.remove(at: place)
    entries.sort { $0.precedes($1) }
    return entry
  }

  /// Changes the one at a place of `entries`, and not when it comes.
  mutating func update(at place: Int, _ change: (inout Entry) -> Void) { change(&entries[place]) }
}
