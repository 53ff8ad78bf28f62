/// Signed amounts summed by pair of participants, ascending by first and then second participant.
///
/// Sums are of 128 bits, so that no number of 64-bit amounts overflows them.
struct PairSums {
  /// The cells of first participant i are `rowStarts[i]..<rowStarts[i + 1]`.
  private(set) var rowStarts: [Int]
  /// First participant of each cell.
  private(set) var firsts: [Int] = []
  /// Second participant of each cell.
  private(set) var seconds: [Int] = []
  private(set) var sums: [Int128] = []
  /// The cell to which each entry was added.
  private(set) var cells: [Int]

  /// - Parameters:
  ///   - count: of entries.
  ///   - entry: the pair and the amount of the entry at a position.
  /// - Complexity: O(entries + participants), by two passes of counting sort.
  init(
    participants: Int, count: Int, entry: (Int) -> (first: Int, second: Int, amount: Int64)
  ) {
    let bySecond = Self.stableOrder(Array(0..<count), keys: participants) { entry($0).second }
    let order = Self.stableOrder(bySecond, keys: participants) { entry($0).first }
    cells = [Int](repeating: 0, count: count)
    rowStarts = [Int](repeating: 0, count: participants + 1)
    for position in order {
      let (first, second, amount) = entry(position)
      if firsts.last != first || seconds.last != second {
        firsts.append(first)
        seconds.append(second)
        sums.append(0)
        rowStarts[first + 1] += 1
      }
      cells[position] = sums.count - 1
      sums[sums.count - 1] += Int128(amount)
    }
    for row in 0..<participants { rowStarts[row + 1] += rowStarts[row] }
  }

  /// What each payer owes each payee, without netting.
  init(gross payments: [NettablePayment], participants: Int) {
    self.init(participants: participants, count: payments.count) {
      (payments[$0].payer, payments[$0].payee, payments[$0].amount)
    }
  }

  /// What the participant of the lower position owes that of the higher, less the reverse.
  init(net payments: [NettablePayment], participants: Int) {
    self.init(participants: participants, count: payments.count) {
      let payment = payments[$0]
      return payment.payer < payment.payee
        ? (payment.payer, payment.payee, payment.amount)
        : (payment.payee, payment.payer, -payment.amount)
    }
  }

  /// The cell of a pair; nil if it has none. O(log of the first's cells).
  func cell(_ first: Int, _ second: Int) -> Int? {
    var (low, high) = (rowStarts[first], rowStarts[first + 1])
    while low < high {
      let middle = (low + high) / 2
      if seconds[middle] < second { low = middle + 1 } else { high = middle }
    }
    return low < rowStarts[first + 1] && seconds[low] == second ? low : nil
  }

  /// The sum of a pair.
  func sum(_ first: Int, _ second: Int) -> Int128 { cell(first, second).map { sums[$0] } ?? 0 }

  /// The positions sorted by a key in 0..<keys; equal keys keep their order.
  static func stableOrder(_ positions: [Int], keys: Int, key: (Int) -> Int) -> [Int] {
    var starts = [Int](repeating: 0, count: keys + 1)
    for position in positions { starts[key(position) + 1] += 1 }
    for index in 0..<keys { starts[index + 1] += starts[index] }
    var order = [Int](repeating: 0, count: positions.count)
    for position in positions {
      let index = key(position)
      order[starts[index]] = position
      starts[index] += 1
    }
    return order
  }
}
