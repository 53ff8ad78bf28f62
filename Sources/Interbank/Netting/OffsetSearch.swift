/// The first combination of amounts, at most `maximum` of them, whose sum is in
/// `needed...allowed`, by depth-first search that takes an amount before it leaves it out.
struct OffsetSearch {
  let amounts: [Int128]
  let needed: Int128
  let allowed: Int128
  let maximum: Int
  /// Steps that are left.
  var trials: Int
  /// Sum of the amounts from each position on.
  private let rest: [Int128]
  /// The largest of the amounts from each position on.
  private let largest: [Int128]

  /// - Parameters:
  ///   - needed: above zero.
  ///   - trials: the search gives up after this many steps.
  init(amounts: [Int128], needed: Int128, allowed: Int128, maximum: Int, trials: Int) {
    self.amounts = amounts
    self.needed = needed
    self.allowed = allowed
    self.maximum = maximum
    self.trials = trials
    var rest = [Int128](repeating: 0, count: amounts.count + 1)
    var largest = rest
    for index in amounts.indices.reversed() {
      rest[index] = rest[index + 1] + amounts[index]
      largest[index] = max(largest[index + 1], amounts[index])
    }
    self.rest = rest
    self.largest = largest
  }

  /// Ascending indices, or nil if there is no combination or the steps were used up.
  mutating func firstCombination() -> [Int]? {
    var taken: [Int] = []
    var total: Int128 = 0
    var index = 0
    while true {
      if total >= needed { return taken }
      let places = maximum - taken.count
      let reachable = min(rest[index], largest[index] * Int128(max(0, places)))
      if total + reachable >= needed {
        guard trials > 0 else { return nil }
        trials -= 1
        if total + amounts[index] <= allowed {
          taken.append(index)
          total += amounts[index]
        }
        index += 1
      } else {
        guard let last = taken.popLast() else { return nil }
        total -= amounts[last]
        index = last + 1
      }
    }
  }
}
