/// Durations over fixed slots of virtual time: each slot keeps a coarse histogram of at most 64
/// buckets, of which percentiles over time are read.
///
/// Buckets are those of `LatencyHistogram`, 2^`shift` of them taken together, where the slot's
/// shift is the smallest with which its shortest and its longest duration are fewer than 64 buckets
/// apart. It follows from what was recorded and not from the order, so that records commute here
/// too. Durations below `floor` count as that.
///
/// A percentile is the middle of its bucket: off by at most `relativeError` of its exact value,
/// which is known of every series (a slot whose durations differ by a factor of 16 is within 3.1 %,
/// one of a factor of 256 within 6.3 %).
@frozen
public struct LatencySlots: Sendable, Equatable {
  /// Most buckets of a slot.
  public static var bucketCount: Int { @inlinable get { 64 } }
  /// Durations below this (ns) are counted as it.
  public static var floor: Int64 { @inlinable get { 65_536 } }

  /// What is known of a slot beside its buckets: the range of fine buckets, and how many of them
  /// one of its own takes together, as a power of two.
  @frozen @usableFromInline
  struct Head: Sendable, Equatable {
    @usableFromInline var lowest = Int32.max
    @usableFromInline var highest: Int32 = -1
    @usableFromInline var shift: Int32 = 0
    @usableFromInline init() {}
  }

  /// The slot count at which the slot length doubles; even.
  public let maximumSlots: Int
  @usableFromInline var length: Int64
  @usableFromInline var heads: ContiguousArray<Head> = []
  /// 64 for each slot, of each count what is left of whole 65,536s; a coarse bucket stands at its
  /// index modulo 64.
  @usableFromInline var buckets: ContiguousArray<UInt16> = []
  /// The whole 65,536s of counts, by the place of their bucket; few counts have any.
  @usableFromInline var carries: [Int: Int] = [:]
  /// The slot of the latest record: its start and end (ns) and its index.
  @usableFromInline var currentStart: Int64 = 0
  @usableFromInline var currentEnd: Int64 = 0
  @usableFromInline var current = 0

  /// Nothing recorded, in slots of `slotLength` nanoseconds.
  public init(slotLength: Int64 = 60_000_000_000, maximumSlots: Int = 2_048) {
    precondition(slotLength > 0, "a slot must last a while")
    precondition(maximumSlots >= 2 && maximumSlots.isMultiple(of: 2), "slots are folded in pairs")
    length = slotLength
    self.maximumSlots = maximumSlots
  }

  /// Records a duration of `value` (ns) that ended at virtual time `nanoseconds`. O(1), a few
  /// nanoseconds while the times stay within one slot.
  @inlinable
  public mutating func record(_ value: Int64, at nanoseconds: Int64) {
    if nanoseconds < currentStart || nanoseconds >= currentEnd { select(nanoseconds) }
    let counted = value < LatencySlots.floor ? LatencySlots.floor : value
    let index = Int32(truncatingIfNeeded: LatencyHistogram.bucketIndex(counted))
    if index < heads[current].lowest || index > heads[current].highest {
      widen(current, index, index)
    }
    let place = current &* 64 &+ Int(index >> heads[current].shift) & 63
    buckets[place] &+= 1
    if buckets[place] == 0 { carry(place) }
  }

  /// The count at `place` has passed another 65,536.
  @usableFromInline
  @inline(never)
  mutating func carry(_ place: Int) { carries[place, default: 0] += 1 }

  /// The count at `place`.
  func count(at place: Int) -> Int {
    Int(buckets[place]) + (carries.isEmpty ? 0 : (carries[place] ?? 0) << 16)
  }

  /// Makes `count` the count at `place`.
  mutating func set(_ count: Int, at place: Int) {
    buckets[place] = UInt16(truncatingIfNeeded: count)
    let carried = count >> 16
    if carried > 0 || !carries.isEmpty { carries[place] = carried > 0 ? carried : nil }
  }

  /// Makes the slot of `nanoseconds` current, growing and coarsening the series as needed.
  @usableFromInline
  @inline(never)
  mutating func select(_ nanoseconds: Int64) {
    precondition(nanoseconds >= 0, "virtual time starts at 0")
    while nanoseconds / length >= Int64(maximumSlots) { coarsen() }
    current = Int(nanoseconds / length)
    grow(toSlots: current + 1)
    currentStart = Int64(current) * length
    currentEnd =
      currentStart.addingReportingOverflow(length).overflow ? .max : currentStart + length
  }

  /// Takes fine buckets `low` to `high` into the range of `slot`, and as many together as that
  /// asks for.
  @usableFromInline
  @inline(never)
  mutating func widen(_ slot: Int, _ low: Int32, _ high: Int32) {
    let old = heads[slot]
    var head = old
    head.lowest = Swift.min(head.lowest, low)
    head.highest = Swift.max(head.highest, high)
    while (head.highest >> head.shift) - (head.lowest >> head.shift) >= 64 { head.shift += 1 }
    heads[slot] = head
    guard head.shift > old.shift, old.highest >= 0 else { return }
    var moved = ContiguousArray<Int>(repeating: 0, count: 64)
    for coarse in (old.lowest >> old.shift)...(old.highest >> old.shift) {
      moved[Int(coarse >> (head.shift - old.shift)) & 63] += count(at: slot * 64 + Int(coarse) & 63)
    }
    for place in 0..<64 { set(moved[place], at: slot * 64 + place) }
  }

  mutating func makeRoom(forSlots slots: Int) {
    heads.reserveCapacity(slots)
    buckets.reserveCapacity(slots * 64)
  }

  mutating func grow(toSlots slots: Int) {
    guard slots > heads.count else { return }
    if slots * 64 > buckets.capacity { makeRoom(forSlots: roomier(slots)) }
    buckets.append(contentsOf: repeatElement(0, count: (slots - heads.count) * 64))
    heads.append(contentsOf: repeatElement(Head(), count: slots - heads.count))
  }
}
