/// What is kept in slots of virtual time whose length doubles when they would be too many.
protocol SlottedSeries {
  /// Nanoseconds per slot, as coarsened so far.
  var slotLength: Int64 { get }
  /// Doubles the slot length and folds neighbouring slots.
  mutating func coarsen()
}

extension SlottedSeries {
  /// Gives both the longer of their slots, whose lengths were the same before either coarsened.
  mutating func alignSlots(with other: inout Self) {
    while slotLength < other.slotLength { coarsen() }
    while other.slotLength < slotLength { other.coarsen() }
    precondition(slotLength == other.slotLength, "series of unrelated slot lengths")
  }
}

/// The slots for which to make room when `slots` are wanted: an eighth more, so that growth by one
/// slot after another stays O(slots) and little of the room stays empty.
func roomier(_ slots: Int, atMost maximum: Int) -> Int {
  max(slots, min(slots + slots / 8 + 16, maximum))
}
