/// The cheapest spread between any two currencies, over paths of quoted pairs.
struct Spreads {
  let currencies: Int
  private var values: [Double]

  init(_ problem: RoundProblem) {
    let count = max(0, problem.currencies)
    currencies = count
    values = Array(repeating: .infinity, count: count * count)
    for currency in 0..<count { values[currency * count + currency] = 0 }
    for quote in problem.quotes {
      values[quote.first * count + quote.second] = quote.spread
      values[quote.second * count + quote.first] = quote.spread
    }
    for via in 0..<count {
      for from in 0..<count {
        for to in 0..<count {
          values[from * count + to] = min(
            values[from * count + to], values[from * count + via] + values[via * count + to])
        }
      }
    }
  }

  subscript(_ from: Int, _ to: Int) -> Double { values[from * currencies + to] }
}
