import Testing

@testable import Money

/// Up to six currencies with random rates, a connected graph of quotes, and positions.
struct RandomWorld {
  let currencies: [Currency]
  let rates: [Double]
  let quotes: [(first: Int, second: Int, basisPoints: Double)]
  let table: FXTable
  let settlement: Currency
  var positions: [MoneyAmount]
  var numbers: SplitMix

  init(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    let all = try ["CHF", "EUR", "GBP", "JPY", "KWD", "USD"].map {
      try #require(Currency(code: $0))
    }
    currencies = Array(all.shuffled(using: &numbers).prefix(.random(in: 2...6, using: &numbers)))
    rates = currencies.map { currency in
      currency == .usd ? 1 : Double(Int.random(in: 5_000...20_000, using: &numbers)) / 10_000
    }
    var quotes: [(first: Int, second: Int, basisPoints: Double)] = []
    for second in currencies.indices {
      for first in 0..<second {
        // A chain keeps the graph connected; whole basis points make ties likely.
        guard second == first + 1 || Bool.random(using: &numbers) else { continue }
        quotes.append((first, second, Double(Int.random(in: 0...6, using: &numbers))))
      }
    }
    self.quotes = quotes
    let named = currencies
    table = try FXTable(
      usdPerUnit: zip(named, rates).map { (currency: $0.0, rate: $0.1) },
      spreads: quotes.map { (named[$0.first], named[$0.second], $0.basisPoints) })
    settlement = currencies[Int.random(in: 0..<currencies.count, using: &numbers)]
    positions = currencies.map {
      MoneyAmount(
        minorUnits: Bool.random(using: &numbers)
          ? numbers.amount(below: 1_000_000_000) : Int64.random(in: -2...2, using: &numbers),
        currency: $0)
    }
    self.numbers = numbers
  }

  /// Dollars of a position.
  func value(_ amount: MoneyAmount) -> Double {
    Double(amount.minorUnits) / Double(amount.currency.minorUnitsPerUnit)
      * rates[currencies.firstIndex(of: amount.currency)!]
  }

  /// Dollars that the spreads of conversions take, unrounded.
  func cost(of conversions: [NettedConversion]) -> Double {
    conversions.reduce(0) { sum, conversion in
      let quote = quotes.first { quote in
        let pair = [currencies[quote.first], currencies[quote.second]]
        return pair.contains(conversion.sold.currency) && pair.contains(conversion.bought.currency)
      }!
      return sum + value(conversion.sold) * quote.basisPoints / 10_000
    }
  }

  /// Surplus of each currency in dollars; the settlement currency takes the rest.
  private var surpluses: [Double] {
    var surpluses = positions.map { value($0) }
    surpluses[currencies.firstIndex(of: settlement)!] -= surpluses.reduce(0, +)
    return surpluses
  }

  /// The least cost over all spanning trees: an optimum of the linear program is among them, since
  /// a basis of a flow problem is a tree.
  func cheapestTree() -> Double {
    var best = Double.infinity
    for subset in 0..<(1 << quotes.count)
    where subset.nonzeroBitCount == currencies.count - 1 {
      let tree = quotes.indices.filter { subset >> $0 & 1 == 1 }.map { quotes[$0] }
      if let cost = cost(ofTree: tree) { best = min(best, cost) }
    }
    return best
  }

  /// What flows over each pair of a tree is the sum of the surpluses on one side of it.
  private func cost(
    ofTree tree: [(first: Int, second: Int, basisPoints: Double)]
  ) -> Double? {
    var cost = 0.0
    for (removed, pair) in tree.enumerated() {
      var side: Set = [pair.first]
      for _ in currencies {
        for (index, other) in tree.enumerated() where index != removed {
          if side.contains(other.first) || side.contains(other.second) {
            side.formUnion([other.first, other.second])
          }
        }
      }
      if side.contains(pair.second) { return nil }
      let flow = side.sorted().reduce(0) { $0 + surpluses[$1] }
      cost += abs(flow) * pair.basisPoints / 10_000
    }
    return cost
  }

  /// Surpluses, and quotes as first, second, basis points, for the judge.
  var linearProgram: String {
    let pairs = quotes.map { "\($0.first) \($0.second) \($0.basisPoints)" }
    return surpluses.map { "\($0)" }.joined(separator: " ") + ";"
      + pairs.joined(separator: ",")
  }
}
