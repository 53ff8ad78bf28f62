/// Positions 0, 1, 2 ... partitioned by a key, in a stable order.
///
/// The dictionary is looked up only, never iterated: the result depends on keys and order alone.
struct Partition<Key: Hashable & Comparable> {
  private var ordinals: [Key: Int] = [:]
  private var keys: [Key] = []
  private var counts: [Int] = []
  /// Ordinal of the key by position.
  private var assigned: [Int32] = []

  /// Gives the next position to `key`.
  mutating func append(_ key: Key) {
    if let last = assigned.last, keys[Int(last)] == key {
      counts[Int(last)] += 1
      assigned.append(last)
      return
    }
    let ordinal: Int
    if let known = ordinals[key] {
      ordinal = known
    } else {
      ordinal = keys.count
      ordinals[key] = ordinal
      keys.append(key)
      counts.append(0)
    }
    counts[ordinal] += 1
    assigned.append(Int32(ordinal))
  }

  /// Keys ascending, each with its positions ascending. O(n + k log k) for n positions and k keys.
  func sorted() -> [(key: Key, members: ArraySlice<Int>)] {
    let order = keys.indices.sorted { keys[$0] < keys[$1] }
    var starts = [Int](repeating: 0, count: keys.count)
    var total = 0
    for ordinal in order {
      starts[ordinal] = total
      total += counts[ordinal]
    }
    var members = [Int](repeating: 0, count: assigned.count)
    var next = starts
    for (position, ordinal) in assigned.enumerated() {
      members[next[Int(ordinal)]] = position
      next[Int(ordinal)] += 1
    }
    return order.map { (keys[$0], members[starts[$0]..<next[$0]]) }
  }
}
