import Money
import PaymentModel

/// What waits and what is expected, added up by currencies, arrival and last round.
struct RoundFlows {
  /// Obligations alike.
  struct Flow {
    /// The round from which on it can be sent.
    var round: Int
    /// Its currencies: row by row, source before destination.
    var cell: Int
    /// The last round in which it settles in time; see `RoundHorizon.last`.
    var last: Int
    var count: Double
    /// Minor units of the reporting currency.
    var value: Double
    /// Value times when it came about (ns).
    var moment: Double
  }

  /// Ascending by round.
  private(set) var flows: [Flow] = []
  /// Expected later: how many by cell, their value and squared value.
  private(set) var expectedValue: [Double]
  private(set) var expectedSquare: [Double]
  /// Whether anything is expected to come.
  var isMoreExpected: Bool { flows.last.map { $0.round > 0 } ?? false }
  /// Banks that pay, and banks at all.
  let payers: Double
  let banks: Double

  init(
    _ pending: [Obligation], _ values: [Double], _ expected: ExpectedArrivals,
    _ horizon: RoundHorizon, lasts: [Int], cells: [Int], _ outlook: SettlementOutlook
  ) {
    let size = horizon.currencies.count
    expectedValue = Array(repeating: 0, count: size * size)
    expectedSquare = expectedValue
    let known = Set(pending.map(\.route.payer))
    payers = Double(max(1, expected.payers, known.count))
    banks = Double(max(2, expected.banks, known.union(pending.map(\.route.payee)).count))
    let width = horizon.count + 1
    var sums = [Flow?](repeating: nil, count: size * size * width)
    for index in pending.indices {
      let (cell, last) = (cells[index], lasts[index])
      var flow =
        sums[cell * width + last]
        ?? Flow(round: 0, cell: cell, last: last, count: 0, value: 0, moment: 0)
      let value = max(0, values[index])
      flow.count += 1
      flow.value += value
      flow.moment += value * Double(pending[index].captured)
      sums[cell * width + last] = flow
    }
    flows = sums.compactMap(\.self)
    for round in horizon.times.indices.dropFirst() {
      add(expected, before: round, horizon, outlook)
    }
  }

  /// Adds what is expected between a round and the one before it.
  private mutating func add(
    _ expected: ExpectedArrivals, before round: Int, _ horizon: RoundHorizon,
    _ outlook: SettlementOutlook
  ) {
    let (start, end) = (horizon.times[round - 1], horizon.times[round])
    let count = expected.count(from: start, to: end)
    guard count > 0 else { return }
    let middle = start + (end - start) / 2
    let size = horizon.currencies.count
    let windows = SettlementWindow.allCases
    let lasts = horizon.currencies.indices.map { place in
      windows.map { window in
        horizon.last(
          for: place,
          due: outlook.due(capturedAt: middle, in: horizon.currencies[place], latest: window))
      }
    }
    for kind in expected.kinds {
      guard let source = horizon.currencies.firstIndex(of: kind.source),
        let destination = horizon.currencies.firstIndex(of: kind.destination)
      else { continue }
      let cell = source * size + destination
      let last = lasts[destination][Int(kind.latest.rawValue)]
      let number = count * kind.share
      expectedValue[cell] += number * kind.mean
      expectedSquare[cell] += number * kind.square
      flows.append(
        Flow(
          round: round, cell: cell, last: last < round ? horizon.count : last, count: number,
          value: number * kind.mean, moment: number * kind.mean * Double(middle)))
    }
  }
}
