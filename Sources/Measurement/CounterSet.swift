/// One counter per case of an enum, as a fixed array.
///
/// `Key`'s raw values must be 0, 1, 2 ... in the order of `allCases` (plain `enum Step: Int`).
/// Adding is an array access; across modules it is specialised, but where a nanosecond counts a
/// stored property is still faster.
@frozen
public struct CounterSet<Key>: Sendable, Equatable
where Key: CaseIterable & RawRepresentable & Sendable, Key.RawValue == Int {
  @usableFromInline var values: ContiguousArray<Int>

  /// All counters at 0.
  @inlinable
  public init() {
    let keys = Key.allCases
    precondition(
      keys.enumerated().allSatisfy { $0.element.rawValue == $0.offset },
      "the raw values of a counter's keys are 0, 1, 2 and so on")
    values = ContiguousArray(repeating: 0, count: keys.count)
  }

  /// The counter of `key`.
  @inlinable
  public subscript(key: Key) -> Int {
    get { values[key.rawValue] }
    set { values[key.rawValue] = newValue }
  }

  /// Adds `amount` to the counter of `key`; a sum beyond `Int` traps.
  @inlinable
  public mutating func add(_ key: Key, _ amount: Int = 1) {
    values[key.rawValue] += amount
  }

  /// Adds every counter of `other`. Commutative.
  public mutating func merge(_ other: CounterSet) {
    for index in values.indices { values[index] += other.values[index] }
  }

  /// The sum of all counters.
  public var total: Int { values.reduce(0, +) }

  /// Every case with its count, in declaration order, named as the case is.
  public var named: [(name: String, count: Int)] {
    Key.allCases.map { (String(describing: $0), values[$0.rawValue]) }
  }
}
