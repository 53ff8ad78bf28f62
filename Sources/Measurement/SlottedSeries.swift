/// What is kept in slots of virtual time whose length doubles when they would be too many.
protocol SlottedSeries {
  /// Nanoseconds per slot, as coarsened so far.
  var slotLength: Int64 { get }
  /// The slot count at which the slot length doubles.
  var maximumSlots: Int { get }
  /// Doubles the slot length and folds neighbouring slots.
  mutating func coarsen()
  /// Makes room for so many slots.
  mutating func makeRoom(forSlots slots: Int)
}

extension SlottedSeries {
  /// Gives both the longer of their slots, whose lengths were the same before either coarsened.
  mutating func alignSlots(with other: inout Self) {
    while slotLength < other.slotLength { coarsen() }
    while other.slotLength < slotLength { other.coarsen() }
    precondition(slotLength == other.slotLength, "series of unrelated slot lengths")
  }

  /// The slots for which to make room when `slots` are wanted: an eighth more, so that growth by
  /// one slot after another stays O(slots) and little of the room stays empty.
  func roomier(_ slots: Int) -> Int { max(slots, min(slots + slots / 8 + 16, maximumSlots)) }

  /// Makes room for what happens until `end` (ns) and a little later, at the present slot length.
  mutating func makeRoom(until end: Int64) {
    guard end > 0 else { return }
    makeRoom(forSlots: Int(min(end / slotLength + 8, Int64(maximumSlots))))
  }
}
