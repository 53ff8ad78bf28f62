/// Named counters whose names are known only when the scenario is: one per acquirer, say.
public struct Tally: Sendable, Equatable {
  /// The names, in the order of their indices.
  public let names: [String]
  @usableFromInline var values: ContiguousArray<Int>

  /// One counter at 0 for each of `names`.
  public init(names: [String]) {
    self.names = names
    values = ContiguousArray(repeating: 0, count: names.count)
  }

  /// The counter of index `index`.
  @inlinable
  public subscript(index: Int) -> Int {
    get { values[index] }
    set { values[index] = newValue }
  }

  /// Adds `amount` to counter `index`; a sum beyond `Int` traps.
  @inlinable
  public mutating func add(_ index: Int, _ amount: Int = 1) {
    values[index] += amount
  }

  /// Adds every counter of `other`, which must have the same names. Commutative.
  public mutating func merge(_ other: Tally) {
    precondition(names == other.names, "tallies of different names cannot be merged")
    for index in values.indices { values[index] += other.values[index] }
  }

  /// Every name with its count, in order.
  public var named: [(name: String, count: Int)] {
    names.indices.map { (names[$0], values[$0]) }
  }
}
