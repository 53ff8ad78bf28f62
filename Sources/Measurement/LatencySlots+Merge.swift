extension LatencySlots: SlottedSeries {
  /// Nanoseconds per slot, as coarsened so far.
  public var slotLength: Int64 { length }

  /// Number of slots up to the latest record.
  public var slotCount: Int { heads.count }

  /// Durations recorded in slots `slots`.
  public func count(_ slots: Range<Int>) -> Int {
    slots.clamped(to: heads.indices).reduce(0) { sum, slot in
      (slot * 64..<slot * 64 + 64).reduce(sum) { $0 + count(at: $1) }
    }
  }

  /// By how much of its exact value a percentile of any slot may be off, at most: half the width
  /// of the widest bucket. 0 without records.
  public var relativeError: Double {
    let shift = heads.reduce(Int32(0)) { $1.highest < 0 ? $0 : Swift.max($0, $1.shift) }
    let isEmpty = !heads.contains { $0.highest >= 0 }
    return isEmpty ? 0 : Double(1 << shift) / 256
  }

  /// The durations (ns) that shares `shares`, each in 0...1, of what slots `slots` recorded do not
  /// exceed: by nearest rank, the middle of the bucket; nil where nothing was recorded. O(slots).
  public func quantiles(_ shares: [Double], _ slots: Range<Int>) -> [Int64]? {
    var whole = LatencySlots(slotLength: length, maximumSlots: 2)
    whole.grow(toSlots: 1)
    for slot in slots.clamped(to: heads.indices) { whole.add(self, slot, into: 0) }
    let recorded = whole.count(0..<1)
    guard recorded > 0 else { return nil }
    return shares.map { whole.value(ofRank: LatencyHistogram.rank(of: $0, among: recorded)) }
  }

  /// The value of the record of rank `rank` in the one slot there is.
  private func value(ofRank rank: Int) -> Int64 {
    let head = heads[0]
    var seen = 0
    for coarse in (head.lowest >> head.shift)...(head.highest >> head.shift) {
      seen += count(at: Int(coarse) & 63)
      guard seen >= rank else { continue }
      // What the bucket can hold, given the shortest and the longest duration.
      let first = Swift.max(coarse << head.shift, head.lowest)
      let last = Swift.min((coarse << head.shift) + (1 << head.shift) - 1, head.highest)
      let low = LatencyHistogram.lowerEdge(Int(first))
      return low + (LatencyHistogram.upperEdge(Int(last)) - low) / 2
    }
    preconditionFailure("bucket counts sum to \(seen), rank \(rank) was asked for")
  }

  /// Adds everything recorded in `other`, whose slot length was the same before either coarsened.
  /// Commutative. O(slots).
  public mutating func merge(_ other: LatencySlots) {
    precondition(maximumSlots == other.maximumSlots, "series of different sizes cannot be merged")
    var other = other
    alignSlots(with: &other)
    grow(toSlots: other.slotCount)
    for slot in other.heads.indices { add(other, slot, into: slot) }
  }

  /// Adds slot `from` of `other` to slot `slot`.
  private mutating func add(_ other: LatencySlots, _ from: Int, into slot: Int) {
    let head = other.heads[from]
    guard head.highest >= 0 else { return }
    widen(slot, head.lowest, head.highest)
    let own = heads[slot].shift
    // A slot that holds both is never finer than either.
    precondition(own >= head.shift, "slot \(slot) is finer than what it takes in")
    for coarse in (head.lowest >> head.shift)...(head.highest >> head.shift) {
      let place = slot * 64 + Int(coarse >> (own - head.shift)) & 63
      set(count(at: place) + other.count(at: from * 64 + Int(coarse) & 63), at: place)
    }
  }

  /// Doubles the slot length and folds neighbouring slots.
  @usableFromInline
  mutating func coarsen() {
    let (doubled, overflow) = length.multipliedReportingOverflow(by: 2)
    precondition(!overflow, "a slot of \(length) ns cannot be doubled")
    var folded = LatencySlots(slotLength: doubled, maximumSlots: maximumSlots)
    folded.grow(toSlots: (slotCount + 1) / 2)
    for slot in heads.indices { folded.add(self, slot, into: slot / 2) }
    self = folded
  }
}
