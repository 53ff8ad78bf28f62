/// A number for every ordered pair of participants, 0 until it is changed.
///
/// Small systems keep all pairs in one array; of large ones only pairs that are used take room, so
/// that memory follows what is paid and not the square of the participants.
struct PairTable<Number: FixedWidthInteger & Sendable>: Sendable {
  /// Up to here an array of all pairs is smaller than what it saves.
  private static var largestSquare: Int { 128 }

  private let participants: Int
  private var square: ContiguousArray<Number>
  private var used: [Int: Number] = [:]
  private var isClear = true

  init(participants: Int) {
    self.participants = participants
    let isSquare = participants <= Self.largestSquare
    square = ContiguousArray(repeating: 0, count: isSquare ? participants * participants : 0)
  }

  subscript(payer: Int, payee: Int) -> Number {
    get {
      let pair = payer * participants + payee
      return square.isEmpty ? used[pair] ?? 0 : square[pair]
    }
    set {
      isClear = false
      let pair = payer * participants + payee
      if !square.isEmpty {
        square[pair] = newValue
      } else if newValue == 0 {
        used[pair] = nil
      } else {
        used[pair] = newValue
      }
    }
  }

  /// Sets all to 0.
  mutating func clear() {
    guard !isClear else { return }
    for pair in square.indices { square[pair] = 0 }
    used.removeAll(keepingCapacity: true)
    isClear = true
  }

  /// Sum over all pairs of the net amount between the two.
  var netted: Number {
    if isClear { return 0 }
    var sum: Number = 0
    func add(_ there: Number, _ back: Number) { sum += max(there, back) - min(there, back) }
    if !square.isEmpty {
      for first in 0..<participants {
        for second in 0..<first { add(self[first, second], self[second, first]) }
      }
      return sum
    }
    for (pair, there) in used {  // ordered: integers are summed
      let (first, second) = pair.quotientAndRemainder(dividingBy: participants)
      let back = self[second, first]
      if first < second || back == 0 { add(there, back) }
    }
    return sum
  }
}
