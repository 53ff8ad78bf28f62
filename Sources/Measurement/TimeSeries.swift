/// Counters and gauges over fixed slots of virtual time, several columns on one time axis.
///
/// Slot `i` covers [i * slotLength, (i + 1) * slotLength) nanoseconds since the scenario's start.
/// The series grows with the latest time seen; when that would take more than `maximumSlots` slots,
/// the slot length doubles and neighbours are folded, as often as needed. The final slot length
/// therefore depends on the latest time alone: neither on the order of the records nor on the
/// islands.
@frozen
public struct TimeSeries: Sendable, Equatable {
  /// How the values of one slot are put together.
  @frozen
  public enum Kind: String, Sendable {
    /// Values add up: a counter.
    case sum
    /// The largest value counts: a gauge. Values are not negative, and an empty slot reads 0.
    case maximum
  }

  /// One column: its name, for headers, and its kind.
  @frozen
  public struct Column: Sendable, Equatable {
    /// The name, unit last: `payments_accepted`, `lag_messages`.
    public let name: String
    /// Counter or gauge.
    public let kind: Kind

    /// A column of the given name and kind.
    public init(_ name: String, _ kind: Kind = .sum) {
      self.name = name
      self.kind = kind
    }
  }

  /// The columns, in the order of their indices.
  public let columns: [Column]
  /// The slot count at which the slot length doubles; even.
  public let maximumSlots: Int
  /// Nanoseconds per slot; doubles as the series coarsens.
  @usableFromInline var length: Int64
  /// Slot by slot, the columns of a slot side by side.
  @usableFromInline var cells: ContiguousArray<Int64> = []
  /// The slot of the latest record: its start and end (ns) and the index of its first cell.
  @usableFromInline var currentStart: Int64 = 0
  @usableFromInline var currentEnd: Int64 = 0
  @usableFromInline var currentBase = 0

  /// An empty series of `columns` with slots of `slotLength` nanoseconds.
  public init(columns: [Column], slotLength: Int64 = 60_000_000_000, maximumSlots: Int = 4_096) {
    precondition(slotLength > 0, "a slot must last a while")
    precondition(maximumSlots >= 2 && maximumSlots.isMultiple(of: 2), "slots are folded in pairs")
    precondition(!columns.isEmpty, "a series needs a column")
    self.columns = columns
    self.maximumSlots = maximumSlots
    self.length = slotLength
  }

  /// Adds `amount` to counter `column` at virtual time `nanoseconds`. O(1), a few nanoseconds while
  /// the times stay within one slot.
  @inlinable
  public mutating func add(_ column: Int, at nanoseconds: Int64, _ amount: Int = 1) {
    if nanoseconds < currentStart || nanoseconds >= currentEnd { select(nanoseconds) }
    cells[currentBase &+ column] += Int64(amount)
  }

  /// Raises gauge `column` to `value`, if it is below, at virtual time `nanoseconds`. O(1).
  @inlinable
  public mutating func raise(_ column: Int, at nanoseconds: Int64, to value: Int) {
    if nanoseconds < currentStart || nanoseconds >= currentEnd { select(nanoseconds) }
    let index = currentBase &+ column
    if Int64(value) > cells[index] { cells[index] = Int64(value) }
  }

  /// Raises gauge `column` to `value` in every slot that has a part of `start` to `end` (ns): a
  /// level that stood all that time. O(slots).
  public mutating func hold(_ column: Int, from start: Int64, until end: Int64, at value: Int) {
    precondition(start <= end, "\(start) is after \(end)")
    var time = start
    while time < end {
      raise(column, at: time, to: value)
      time = currentEnd
    }
  }

  /// Makes the slot of `nanoseconds` current, growing and coarsening the series as needed.
  @usableFromInline
  @inline(never)
  mutating func select(_ nanoseconds: Int64) {
    precondition(nanoseconds >= 0, "virtual time starts at 0")
    while nanoseconds / length >= Int64(maximumSlots) { coarsen() }
    let slot = Int(nanoseconds / length)
    grow(toSlots: slot + 1)
    currentStart = Int64(slot) * length
    currentEnd =
      currentStart.addingReportingOverflow(length).overflow ? .max : currentStart + length
    currentBase = slot * columns.count
  }

  mutating func makeRoom(forSlots slots: Int) { cells.reserveCapacity(slots * columns.count) }

  mutating func grow(toSlots slots: Int) {
    let missing = slots * columns.count - cells.count
    guard missing > 0 else { return }
    if slots * columns.count > cells.capacity { makeRoom(forSlots: roomier(slots)) }
    cells.append(contentsOf: repeatElement(0, count: missing))
  }
}
