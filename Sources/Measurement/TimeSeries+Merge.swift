extension TimeSeries: SlottedSeries {
  /// Nanoseconds per slot, as coarsened so far.
  public var slotLength: Int64 { length }

  /// Number of slots up to the latest record.
  public var slotCount: Int { cells.count / columns.count }

  /// The value of `column` in `slot`; 0 beyond the latest record.
  public func value(_ column: Int, slot: Int) -> Int {
    precondition(columns.indices.contains(column) && slot >= 0, "no column \(column) slot \(slot)")
    return slot < slotCount ? Int(cells[slot * columns.count + column]) : 0
  }

  /// All values of `column`, slot by slot.
  public func values(_ column: Int) -> [Int] {
    (0..<slotCount).map { value(column, slot: $0) }
  }

  /// The index of the column called `name`; nil when there is none.
  public func index(of name: String) -> Int? { columns.firstIndex { $0.name == name } }

  /// Adds the counters and takes the larger of the gauges of `other`, which must have the same
  /// columns and a slot length that was the same before either coarsened. Commutative. O(cells).
  public mutating func merge(_ other: TimeSeries) {
    precondition(columns == other.columns, "series of different columns cannot be merged")
    precondition(maximumSlots == other.maximumSlots, "series of different sizes cannot be merged")
    var other = other
    alignSlots(with: &other)
    grow(toSlots: other.slotCount)
    for index in other.cells.indices {
      fold(other.cells[index], into: index, columns[index % columns.count].kind)
    }
  }

  /// The columns of both on one time axis, those of `other` last; slot lengths must have been the
  /// same before either coarsened. O(cells).
  public func beside(_ other: TimeSeries) -> TimeSeries {
    var (mine, others) = (self, other)
    mine.alignSlots(with: &others)
    return TimeSeries(
      columns: columns + other.columns, from: mine, others,
      places: columns.indices.map { (0, $0) } + other.columns.indices.map { (1, $0) })
  }

  /// The columns at `positions` alone, in that order. O(cells).
  public func choosing(_ positions: [Int]) -> TimeSeries {
    TimeSeries(
      columns: positions.map { columns[$0] }, from: self, self,
      places: positions.map { (0, $0) })
  }

  private init(
    columns: [Column], from first: TimeSeries, _ second: TimeSeries,
    places: [(series: Int, column: Int)]
  ) {
    self.init(
      columns: columns, slotLength: first.length, maximumSlots: first.maximumSlots)
    grow(toSlots: Swift.max(first.slotCount, second.slotCount))
    for slot in 0..<slotCount {
      for (column, place) in places.enumerated() {
        let source = place.series == 0 ? first : second
        cells[slot * columns.count + column] = Int64(source.value(place.column, slot: slot))
      }
    }
  }

  /// Doubles the slot length and folds neighbouring slots.
  @usableFromInline
  mutating func coarsen() {
    let (doubled, overflow) = length.multipliedReportingOverflow(by: 2)
    precondition(!overflow, "a slot of \(length) ns cannot be doubled")
    let width = columns.count
    let slots = slotCount
    for slot in 0..<slots {
      for column in 0..<width {
        let from = slot * width + column
        let into = (slot / 2) * width + column
        if slot.isMultiple(of: 2) {
          cells[into] = cells[from]
        } else {
          fold(cells[from], into: into, columns[column].kind)
        }
      }
    }
    cells.removeLast(cells.count - (slots + 1) / 2 * width)
    length = doubled
    currentStart = 0
    currentEnd = 0
  }

  private mutating func fold(_ value: Int64, into index: Int, _ kind: Kind) {
    switch kind {
    case .sum: cells[index] += value
    case .maximum: cells[index] = Swift.max(cells[index], value)
    }
  }
}
