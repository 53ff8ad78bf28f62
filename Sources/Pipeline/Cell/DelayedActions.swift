import VirtualTime

/// Does something to each record at its time, through one pending timer however many records wait.
///
/// Confined to its island. A timer that was set for a later record than the earliest is let fire
/// and finds nothing due.
final class DelayedActions<Record> {
  private let island: Island
  private let action: (Record) -> Void
  private var queue = DelayQueue<Record>()
  private var armedFor = Int64.max

  init(_ island: Island, action: @escaping (Record) -> Void) {
    self.island = island
    self.action = action
  }

  /// Records that wait.
  var count: Int { queue.count }
  /// The same, in no order.
  var records: [Record] { queue.records }

  /// When the earliest of them was due, if that is past: its timer was lost. Nanoseconds.
  var overdue: Int64? { queue.nextTime.flatMap { $0 < island.now.nanoseconds ? $0 : nil } }

  func add(_ record: Record, at instant: VirtualInstant) {
    queue.push(record, at: instant.nanoseconds)
    arm()
  }

  private func arm() {
    guard let next = queue.nextTime, next < armedFor else { return }
    armedFor = next
    island.schedule(at: VirtualInstant(nanoseconds: next)) { [self] in fire(next) }
  }

  private func fire(_ time: Int64) {
    if time == armedFor { armedFor = .max }
    while let record = queue.pop(dueAt: island.now.nanoseconds) { action(record) }
    arm()
  }
}
