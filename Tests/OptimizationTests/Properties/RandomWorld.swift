@testable import Optimization

extension SplitMix {
  mutating func choose<Value>(_ values: [Value]) -> Value { values[pick(0...values.count - 1)] }
  mutating func chance(_ percent: Int) -> Bool { pick(1...100) <= percent }
}

/// A small planning problem drawn from a seed: every price, limit, rail and calendar of a problem
/// takes part, at sizes where they meet.
func randomProblem(seed: Int, payments: ClosedRange<Int>, smallWindows: Bool = false)
  -> PlanningProblem
{
  var random = SplitMix(seed: seed)
  let currencies = random.pick(1...4)
  let counterparties = random.pick(1...3)
  let quotes = randomQuotes(currencies, &random)
  let spreads = Spreads(currencies: currencies, quotes: quotes)
  let largest = random.choose([20, 10_000, 5_000_000])
  let drawn = (0..<random.pick(payments)).map { _ in
    let source = random.pick(0...currencies - 1)
    let other = random.pick(0...currencies - 1)
    let latest = smallWindows ? random.pick(0...2) : random.pick(0...3)
    return PlanningPayment(
      source: source, destination: spreads[source, other] == nil ? source : other,
      counterparty: random.pick(0...counterparties - 1),
      latest: PlanningWindow.allCases[latest], value: Int64(random.pick(1...largest)))
  }
  let day = drawn.reduce(0) { $0 + $1.value }
  let liquidity = (0..<currencies).map { _ in randomLimits(day / Int64(currencies), &random) }
  let limits = (0..<counterparties).map { _ in
    randomLimits(day / Int64(counterparties), &random)
  }
  var rails = [PlanningRail.wire(fee: Int64(random.choose([0, 10, 500, 2_000])))]
  if random.chance(40) { rails.append(.clearing(destinations: random.choose([nil, [0]]))) }
  if seed.isMultiple(of: 5) { rails[rails.count - 1].operatorFee = Int64(seed % 200) }
  if random.chance(15) { rails[0].windows = [.rtgs, .secondDay] }
  if random.chance(5) { rails[0].destinations = [currencies - 1] }
  return PlanningProblem(
    payments: drawn, currencies: currencies, counterparties: counterparties, quotes: quotes,
    liquidity: liquidity, counterpartyLimits: limits, rails: rails,
    discountPartsPerMillion: random.choose([0, 150_000, 150_000, 1_000_000]),
    discountMinimum: random.pick(1...4), carryPartsPerMillion: random.choose([0, 1, 100, 5_000]),
    deferralPartsPerMillion: random.choose([0, 10_000, 500_000]),
    deferralFee: random.choose([0, 100, 1_000]),
    maximumBatch: random.choose([1, 2, 3, 5, 1_000]), netsConversions: random.chance(70))
}

/// A tree of pairs and some more; now and then a pair of the tree is missing.
private func randomQuotes(_ currencies: Int, _ random: inout SplitMix) -> [PlanningQuote] {
  var quotes: [PlanningQuote] = []
  for second in 0..<currencies {
    for first in 0..<second
    where (first == second - 1 && random.chance(90)) || random.chance(40) {
      quotes.append(
        PlanningQuote(
          first: first, second: second, partsPerMillion: Int64(random.pick(0...600))))
    }
  }
  return quotes
}

private func randomLimits(_ share: Int64, _ random: inout SplitMix) -> WindowLimits {
  var limits = WindowLimits.unlimited
  for window in PlanningWindow.allCases where random.chance(50) {
    limits[window] = share * Int64(random.choose([0, 20, 40, 80, 150])) / 100
  }
  return limits
}

/// Cheapest spreads between currencies, by relaxing all quotes until nothing changes.
struct Spreads {
  private var table: [[Int64?]]

  init(currencies: Int, quotes: [PlanningQuote]) {
    table = (0..<currencies).map { row in
      (0..<currencies).map { $0 == row ? 0 : nil }
    }
    var isChanged = true
    while isChanged {
      isChanged = false
      for row in 0..<currencies {
        for quote in quotes {
          for (from, to) in [(quote.first, quote.second), (quote.second, quote.first)] {
            guard let reach = table[row][from] else { continue }
            let spread = reach + quote.partsPerMillion
            if spread < table[row][to] ?? .max {
              table[row][to] = spread
              isChanged = true
            }
          }
        }
      }
    }
  }

  /// Millionths of the value; nil if no quotes lead from one to the other.
  subscript(from: Int, to: Int) -> Int64? { table[from][to] }
}
