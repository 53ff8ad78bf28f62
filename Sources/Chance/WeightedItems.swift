/// Weights of many items that are worked out when they are looked at, block by block, so that they
/// take no memory.
public protocol WeightedItems {
  /// How many there are, fewer than 2^32.
  var count: Int { get }
  /// The weights of the items from `first` on, as many as there is room for; not negative.
  func fill(_ weights: UnsafeMutableBufferPointer<Double>, from first: Int)
}

extension WeightedItems {
  /// Sum of all weights, added up in order. O(count).
  public var totalWeight: Double {
    var total = 0.0
    withUnsafeTemporaryAllocation(of: Double.self, capacity: weightBlock) { block in
      for first in stride(from: 0, to: count, by: weightBlock) {
        let part = UnsafeMutableBufferPointer(rebasing: block[..<min(weightBlock, count - first)])
        fill(part, from: first)
        for weight in part { total += weight }
      }
    }
    return total
  }
}

/// Weights that are looked at together.
private let weightBlock = 4_096

extension AliasTable {
  /// The table that `init(weights:)` makes, without a list of the weights.
  ///
  /// - Parameter total: the sum of the weights as `totalWeight` gives it; above zero.
  public init(_ items: some WeightedItems, total: Double) {
    precondition(total > 0 && total.isFinite, "an alias table needs a positive total weight")
    var thresholds = ContiguousArray<UInt32>(repeating: .max, count: items.count)
    var aliases = ContiguousArray<UInt32>((0..<items.count).map { UInt32($0) })
    var pairing = AliasPairing(items, total: total)
    while let pair = pairing.next() {
      thresholds[pair.item] = pair.threshold
      aliases[pair.item] = UInt32(pair.alias)
    }
    self.init(thresholds: thresholds, aliases: aliases)
  }

  /// What `choose` of the table of these items gives for each of `bits`, without the table: in the
  /// memory of the draws, and the time to look at all weights twice.
  ///
  /// - Parameter total: as for the table.
  public static func choose(
    _ bits: [UInt64], among items: some WeightedItems, total: Double
  ) -> [UInt32] {
    precondition(total > 0 && total.isFinite, "an alias table needs a positive total weight")
    var draws = ContiguousArray<AliasDraw>()
    draws.reserveCapacity(bits.count)
    for (place, bits) in bits.enumerated() {
      let cell = ((bits >> 32) &* UInt64(items.count)) >> 32
      draws.append(
        AliasDraw(
          cell: UInt32(cell), bits: UInt32(truncatingIfNeeded: bits), place: UInt32(place)))
    }
    draws.sort { $0.cell < $1.cell }
    var chosen = [UInt32](repeating: 0, count: bits.count)
    for draw in draws { chosen[Int(draw.place)] = draw.cell }
    // Those that begin below the mean and those that end there come in descending order each.
    var ends = (small: draws.count, large: draws.count)
    var pairing = AliasPairing(items, total: total)
    while let pair = pairing.next() {
      var end = pair.beganSmall ? ends.small : ends.large
      while end > 0, draws[end - 1].cell > pair.item { end -= 1 }
      while end > 0, draws[end - 1].cell == pair.item {
        end -= 1
        if draws[end].bits >= pair.threshold {
          chosen[Int(draws[end].place)] = UInt32(pair.alias)
        }
      }
      if pair.beganSmall { ends.small = end } else { ends.large = end }
      if ends.small == 0, ends.large == 0 { break }
    }
    return chosen
  }
}

/// A draw that waits until its cell of the table is known.
private struct AliasDraw {
  var cell: UInt32
  var bits: UInt32
  var place: UInt32
}

/// The pairs that Vose's construction of an alias table makes, in its order: an item of less than
/// the mean weight, and one of more, which fills the rest of its cell.
///
/// The construction takes both from stacks in ascending order, and puts what is left of the larger
/// back on one of them, from where it is taken next. So one item that is carried, and two walks
/// from the last item to the first, are all that has to be kept.
private struct AliasPairing<Items: WeightedItems> {
  struct Pair {
    var item: Int
    /// Below it the item's own cell chooses the item.
    var threshold: UInt32
    var alias: Int
    /// Whether the item is below the mean by itself, and not by what others took of it.
    var beganSmall: Bool
  }

  private var small: WeightWalk<Items>
  private var large: WeightWalk<Items>
  private var carried: (item: Int, scaled: Double)?

  init(_ items: Items, total: Double) {
    small = WeightWalk(items, total: total)
    large = WeightWalk(items, total: total)
  }

  mutating func next() -> Pair? {
    let isSmall = carried.map { $0.scaled < 1 } ?? false
    let isLarge = carried != nil && !isSmall
    guard let less = isSmall ? carried : small.next(where: { $0 < 1 }),
      var more = isLarge ? carried : large.next(where: { $0 >= 1 })
    else { return nil }
    more.scaled -= 1 - less.scaled
    carried = more
    return Pair(
      item: less.item, threshold: UInt32(min(less.scaled * 0x1p32, 0x1p32 - 1)),
      alias: more.item, beganSmall: !isSmall)
  }
}

/// Goes through weights in units of their mean, from the last to the first.
private struct WeightWalk<Items: WeightedItems> {
  private let items: Items
  private let total: Double
  private var block: ContiguousArray<Double>
  /// The item whose weight is first in the block, and the one that was looked at last.
  private var first: Int
  private var position: Int

  init(_ items: Items, total: Double) {
    self.items = items
    self.total = total
    block = ContiguousArray(repeating: 0, count: weightBlock)
    first = items.count
    position = items.count
  }

  /// The next item for whose weight `isWanted` holds.
  mutating func next(where isWanted: (Double) -> Bool) -> (item: Int, scaled: Double)? {
    while position > 0 {
      if position == first { load() }
      position -= 1
      let scaled = block[position - first]
      if isWanted(scaled) { return (position, scaled) }
    }
    return nil
  }

  private mutating func load() {
    first = max(0, position - weightBlock)
    let (items, total, start) = (items, total, first)
    let count = position - start
    let mean = Double(items.count)
    block.withUnsafeMutableBufferPointer { block in
      let part = UnsafeMutableBufferPointer(rebasing: block[..<count])
      items.fill(part, from: start)
      for index in part.indices { part[index] = part[index] * mean / total }
    }
  }
}
