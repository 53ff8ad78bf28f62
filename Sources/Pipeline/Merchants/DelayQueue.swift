/// Records that wait for their time in one compact heap, so that millions may wait without a task
/// each. Equal times come out in the order in which they went in.
struct DelayQueue<Record> {
  private struct Entry {
    var time: Int64
    var sequence: UInt64
    var record: Record
    func precedes(_ other: Entry) -> Bool {
      time != other.time ? time < other.time : sequence < other.sequence
    }
  }
  private var heap: [Entry] = []
  private var sequence: UInt64 = 0

  /// When the earliest record is due, nanoseconds since the start of the run.
  var nextTime: Int64? { heap.first?.time }
  var count: Int { heap.count }
  /// What waits, in no order.
  var records: [Record] { heap.map(\.record) }
  var isEmpty: Bool { heap.isEmpty }

  /// Adds a record; says whether it is now the earliest.
  @discardableResult
  mutating func push(_ record: Record, at time: Int64) -> Bool {
    sequence += 1
    let entry = Entry(time: time, sequence: sequence, record: record)
    heap.append(entry)
    var i = heap.count - 1
    while i > 0, entry.precedes(heap[(i - 1) / 2]) {
      heap[i] = heap[(i - 1) / 2]
      i = (i - 1) / 2
    }
    heap[i] = entry
    return i == 0
  }

  /// Takes the earliest record if it is due at `now`.
  mutating func pop(dueAt now: Int64) -> Record? {
    guard let first = heap.first, first.time <= now else { return nil }
    let last = heap.removeLast()
    guard !heap.isEmpty else { return first.record }
    var i = 0
    while true {
      var child = 2 * i + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
      guard heap[child].precedes(last) else { break }
      heap[i] = heap[child]
      i = child
    }
    heap[i] = last
    return first.record
  }
}
