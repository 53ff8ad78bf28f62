import PaymentModel

/// One partition of the topic, as its consumer group sees it: which offsets are done, and up to
/// which one all are. Pure; offsets start at 0.
struct Partition {
  /// Records appended.
  private(set) var end = 0
  /// Offset below which every record is done: what the group has committed.
  private(set) var committed = 0
  /// One flag for each offset from `committed` on, in a ring.
  private var done: [Bool] = Array(repeating: false, count: 64)
  /// Records handed to workers and not done.
  var inFlight = 0
  /// Records that wait for room in flight.
  var backlog = Backlog<BusRecord>()

  /// Records that are not committed.
  var lag: Int { end - committed }

  /// Appends a record and returns its offset.
  mutating func append() -> Int {
    if end - committed == done.count { grow() }
    done[end & (done.count - 1)] = false
    end += 1
    return end - 1
  }

  /// Notes that a record's effect is durable; commits as far as there is no gap. False where the
  /// record is not outstanding: nothing is noted then.
  @discardableResult
  mutating func complete(_ offset: Int) -> Bool {
    guard offset >= committed, offset < end, !done[offset & (done.count - 1)] else { return false }
    done[offset & (done.count - 1)] = true
    while committed < end, done[committed & (done.count - 1)] { committed += 1 }
    return true
  }

  private mutating func grow() {
    var larger = Array(repeating: false, count: done.count * 2)
    for offset in committed..<end {
      larger[offset & (larger.count - 1)] = done[offset & (done.count - 1)]
    }
    done = larger
  }
}

/// A record of the bus on its way to a worker.
struct BusRecord: Sendable {
  var payment: PaymentID
  var merchant: CellMerchant
  /// Position of the partition among those of the cell.
  var partition: Int32
  var offset: Int
  /// When the merchant sent the request, and when the record became visible; nanoseconds.
  var sent: Int64
  var published: Int64
}

/// A first-in-first-out queue that gives its memory back.
struct Backlog<Element> {
  private var elements: [Element] = []
  private var head = 0

  var isEmpty: Bool { head == elements.count }
  var count: Int { elements.count - head }

  mutating func append(_ element: Element) { elements.append(element) }

  mutating func removeFirst() -> Element? {
    guard head < elements.count else { return nil }
    let first = elements[head]
    head += 1
    if head == elements.count {
      elements.removeAll(keepingCapacity: head < 4_096)
      head = 0
    } else if head >= 4_096, head * 2 > elements.count {
      elements.removeFirst(head)
      head = 0
    }
    return first
  }
}
