/// Jobs to be run now, first come first served: a ring that grows.
struct ReadyQueue: ~Copyable {
  private var items: UnsafeMutablePointer<Suspended>
  private var mask: Int
  private var head = 0
  private(set) var count = 0

  init() {
    items = .allocate(capacity: 256)
    mask = 255
  }

  deinit { items.deallocate() }

  mutating func append(_ suspended: Suspended) {
    if count > mask { grow() }
    items[(head + count) & mask] = suspended
    count += 1
  }

  mutating func removeFirst() -> Suspended? {
    guard count > 0 else { return nil }
    let first = items[head]
    head = (head + 1) & mask
    count -= 1
    return first
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Suspended>.allocate(capacity: 2 * (mask + 1))
    for i in 0..<count { larger[i] = items[(head + i) & mask] }
    items.deallocate()
    items = larger
    head = 0
    mask = 2 * mask + 1
  }
}

/// Tasks that wait for something other than time. A slot is used again after its wait has ended;
/// its generation tells a late timer that it is late.
struct SlotTable {
  private var waiting: [Suspended?] = []
  private var generations: [UInt32] = []
  private var free: [Int] = []
  /// Slots that hold a task.
  private(set) var kept = 0

  /// Waits that have begun and not ended.
  var occupied: Int { waiting.count - free.count }

  mutating func take() -> Int {
    if let index = free.popLast() { return index }
    waiting.append(nil)
    generations.append(0)
    return waiting.count - 1
  }

  func generation(of index: Int) -> UInt32 { generations[index] & 0x3fff_ffff }

  /// Keeps a task; false if the slot held one already, which nobody would wake any more.
  mutating func keep(_ suspended: Suspended, in index: Int) -> Bool {
    let wasFree = waiting[index] == nil
    waiting[index] = suspended
    kept += wasFree ? 1 : 0
    return wasFree
  }

  /// Ends the wait and gives the task back; the slot is free again. Nil if it held no task.
  mutating func release(_ index: Int) -> Suspended? {
    guard let suspended = waiting[index] else { return nil }
    waiting[index] = nil
    kept -= 1
    generations[index] &+= 1
    free.append(index)
    return suspended
  }
}

/// Closures that run at a time, without a task.
struct CallbackTable {
  private var actions: [(() -> Void)?] = []
  private var free: [Int] = []

  mutating func add(_ action: @escaping () -> Void) -> Int {
    if let index = free.popLast() {
      actions[index] = action
      return index
    }
    actions.append(action)
    return actions.count - 1
  }

  /// Nil if it was taken before.
  mutating func take(_ index: Int) -> (() -> Void)? {
    guard let action = actions[index] else { return nil }
    actions[index] = nil
    free.append(index)
    return action
  }
}
