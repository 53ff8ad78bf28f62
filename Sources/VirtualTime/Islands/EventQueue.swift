import CRuntimeHooks
import Plants

/// What waits in virtual time. The total order of an island is (time, sequence): at equal times the
/// messages of links come first, in the order that `Envelope` gives them, then everything else in
/// the order in which it was pushed. So the order never depends on where a window happened to end.
struct Timer {
  var time: Int64
  /// Below 2^63 for a message, above for all others.
  var sequence: UInt64
  /// A suspended task, a slot with its generation, or a callback: see `Wake`.
  var wake: Wake
}

/// What a timer brings back, packed into one word whose two low bits say which: 0 or 3 a suspended
/// task, 1 a slot, 2 a callback.
struct Wake {
  var bits: UInt
  /// A suspended task.
  static func task(_ suspended: Suspended) -> Wake { Wake(bits: suspended.bits) }
  /// A wait that may have ended otherwise: valid while the slot is still at `generation`.
  static func slot(_ index: Int, generation: UInt32) -> Wake {
    Wake(bits: UInt(index) << 32 | UInt(generation & 0x3fff_ffff) << 2 | 1)
  }
  /// An entry of the callback table.
  static func callback(_ index: Int) -> Wake { Wake(bits: UInt(index) << 2 | 2) }

  var kind: UInt { bits & 3 }
  var suspended: Suspended { Suspended(bits: bits) }
  var slotIndex: Int { Int(bits >> 32) }
  var slotGeneration: UInt32 { UInt32(truncatingIfNeeded: bits >> 2) & 0x3fff_ffff }
  var callbackIndex: Int { Int(bits >> 2) }
}

/// A binary heap of timers in memory of its own. Concrete on purpose: a generic queue behind a
/// module boundary costs several times as much.
struct EventQueue: ~Copyable {
  private var timers: UnsafeMutablePointer<Timer>
  private var capacity: Int
  private(set) var count = 0
  /// Timers that are messages.
  private(set) var messageCount = 0
  /// Of the last timer pushed that is not a message: a count above 2^63.
  private var sequence: UInt64 = 1 << 63

  init() {
    capacity = 1_024
    timers = .allocate(capacity: capacity)
  }

  deinit { timers.deallocate() }

  /// Time of the earliest timer, or `Int64.max`.
  var nextTime: Int64 { count == 0 ? .max : timers[0].time }

  @inline(__always)
  private static func precedes(_ a: Timer, _ b: Timer) -> Bool {
    a.time != b.time ? a.time < b.time : a.sequence < b.sequence
  }

  /// The earlier of the children at `first` and `first + 1`. Decided without a branch unless their
  /// times are equal, since which of two children is earlier cannot be predicted.
  @inline(__always)
  private func earlierChild(_ first: Int) -> Int {
    let a = timers + first
    let (one, other) = (a[0].time, a[1].time)
    if _slowPath(one == other) { return a[1].sequence < a[0].sequence ? first &+ 1 : first }
    return first &+ (other < one ? 1 : 0)
  }

  /// Adds a timer behind all others of the same time. Complexity: O(log n).
  mutating func push(_ time: Int64, _ wake: Wake) {
    if count == capacity { grow() }
    sequence &+= 1
    let timer = Timer(time: time, sequence: sequence, wake: wake)
    var i = count
    count += 1
    while i > 0 {
      let parent = (i - 1) >> 1
      guard time < timers[parent].time else { break }  // an equal time stays below: it came later
      timers[i] = timers[parent]
      i = parent
    }
    timers[i] = timer
  }

  /// Adds a message's timer: at its time before everything that is no message, among messages by
  /// `order`, which is below 2^63 and unique. Complexity: O(log n).
  mutating func push(_ time: Int64, order: UInt64, _ wake: Wake) {
    precondition(order < 1 << 63, "the order of a message leaves the top bit to timers")
    if count == capacity { grow() }
    let timer = Timer(time: time, sequence: order, wake: wake)
    count += 1
    messageCount += 1
    rise(timer, from: count - 1)
  }

  /// Removes the earliest timer; the queue must not be empty. Complexity: O(log n).
  mutating func pop() -> Timer {
    precondition(count > 0, "pop from an empty event queue")
    let top = timers[0]
    count -= 1
    messageCount &-= Int(1 &- top.sequence >> 63)
    guard count > 0 else { return top }
    let last = timers[count]
    // Move the hole to a leaf along the smaller children, then let the last timer rise from there:
    // it came from a leaf and mostly belongs near one.
    var hole = 0
    var child = 1
    while child &+ 1 < count {
      child = earlierChild(child)
      timers[hole] = timers[child]
      hole = child
      child = 2 &* hole &+ 1
    }
    if child < count {
      timers[hole] = timers[child]
      hole = child
    }
    if planted(Plant.heapBroken), sequence % 64 == 0 {
      timers[hole] = last
    } else {
      rise(last, from: hole)
    }
    return top
  }

  /// Puts `timer` into the hole at `leaf` or above it.
  @inline(__always)
  private mutating func rise(_ timer: Timer, from leaf: Int) {
    var hole = leaf
    while hole > 0 {
      let parent = (hole - 1) >> 1
      guard Self.precedes(timer, timers[parent]) else { break }
      timers[hole] = timers[parent]
      hole = parent
    }
    timers[hole] = timer
  }

  /// Begins to load the task that will be resumed after the current one: with thousands of tasks in
  /// flight its memory is cold, and the wait for it would be the largest single cost of an event.
  @inline(__always)
  func prefetchNext() {
    guard count > 0, timers[0].wake.kind == 0 else { return }
    let address = timers[0].wake.bits
    for line in 0..<UInt(2) { settlesim_prefetch(address &+ line &* 64) }
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Timer>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: timers, count: count)
    timers.deallocate()
    timers = larger
    capacity *= 2
  }
}
