/// Which currencies are paid out in which rounds, besides what would be late otherwise.
struct RoundSchedule: Equatable {
  /// By round, then currency.
  private(set) var isOpen: [Bool]
  let currencies: Int

  init(rounds: Int, currencies: Int, isOpen: Bool = false) {
    self.currencies = currencies
    self.isOpen = Array(repeating: isOpen, count: rounds * currencies)
  }

  subscript(_ round: Int, _ currency: Int) -> Bool {
    get { isOpen[round * currencies + currency] }
    set { isOpen[round * currencies + currency] = newValue }
  }

  /// The first round after `round` that pays out a currency; nil if there is none.
  func next(after round: Int, _ currency: Int) -> Int? {
    let rounds = isOpen.count / currencies
    return (round + 1..<rounds).first { self[$0, currency] }
  }
}
