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

  /// What it depends on whether something leaves between rounds.
  struct Leaving {
    /// What a unit of value costs each nanosecond that it waits; 0: nothing leaves at once.
    var delayRate: Double
    /// Whether exchange waits to be set off.
    var netsConversions: Bool
  }

  /// What of each currency waits for a round.
  private struct Shares {
    let netsConversions: Bool
    private let horizon: RoundHorizon
    private let outlook: SettlementOutlook
    private let delayRate: Double
    private let wires: ExpectedWires
    private let spreads: [(share: Double, values: (mean: Double, spread: WaitingShare.Spread)?)]

    init(
      _ expected: ExpectedArrivals, _ horizon: RoundHorizon, _ leaving: Leaving,
      _ outlook: SettlementOutlook, banks: Double
    ) {
      netsConversions = leaving.netsConversions
      delayRate = leaving.delayRate
      self.horizon = horizon
      self.outlook = outlook
      wires = ExpectedWires(banks: banks)
      spreads = leaving.delayRate > 0 ? horizon.currencies.map(expected.spread) : []
    }

    /// What waits for a round in a currency of so many that come about before it.
    func waiting(_ currency: Int, of count: Double, before round: Int) -> WaitingShare {
      let (start, end) = (horizon.times[round - 1], horizon.times[round])
      guard delayRate > 0, let values = spreads[currency].values,
        outlook.isOpen(horizon.currencies[currency], at: start + (end - start) / 2)
      else { return .all }
      return WaitingShare(
        of: count * spreads[currency].share, with: 0, values.spread,
        longest: values.mean * Double(end - start) * delayRate, horizon.prices[currency], wires)
    }
  }

  /// Ascending by round.
  private(set) var flows: [Flow] = []
  /// Expected later, by cell: how many, their value and squared value.
  private(set) var expectedCount: [Double]
  private(set) var expectedValue: [Double]
  private(set) var expectedSquare: [Double]
  /// Whether anything is expected to come.
  var isMoreExpected: Bool { flows.last.map { $0.round > 0 } ?? false }
  /// What the wires of that cost which is expected to leave between rounds.
  private(set) var atOnce = 0.0
  /// Banks that pay, and banks at all.
  let payers: Double
  let banks: Double

  init(
    _ pending: [Obligation], _ values: [Double], _ expected: ExpectedArrivals,
    _ horizon: RoundHorizon, lasts: [Int], cells: [Int], _ outlook: SettlementOutlook,
    leaving: Leaving
  ) {
    let size = horizon.currencies.count
    expectedValue = Array(repeating: 0, count: size * size)
    expectedSquare = expectedValue
    expectedCount = expectedValue
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
    let shares = Shares(expected, horizon, leaving, outlook, banks: banks)
    for round in horizon.times.indices.dropFirst() {
      add(expected, before: round, horizon, outlook, shares)
    }
  }

  /// Adds what is expected between a round and the one before it.
  private mutating func add(
    _ expected: ExpectedArrivals, before round: Int, _ horizon: RoundHorizon,
    _ outlook: SettlementOutlook, _ shares: Shares
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
    let waiting = horizon.currencies.indices.map {
      shares.waiting($0, of: count, before: round)
    }
    for kind in expected.kinds {
      guard let source = horizon.currencies.firstIndex(of: kind.source),
        let destination = horizon.currencies.firstIndex(of: kind.destination)
      else { continue }
      let cell = source * size + destination
      let last = lasts[destination][Int(kind.latest.rawValue)]
      let number = count * kind.share
      expectedCount[cell] += number
      expectedValue[cell] += number * kind.mean
      expectedSquare[cell] += number * kind.square
      let waits = source == destination || !shares.netsConversions
      let share = waits ? waiting[destination] : .all
      atOnce += number * (1 - share.count) * horizon.prices[destination].single
      let value = number * kind.mean
      flows.append(
        Flow(
          round: round, cell: cell, last: last < round ? horizon.count : last,
          count: number * share.count, value: value * share.value,
          moment: value * (share.value * Double(end) - share.delay * Double(end - start))))
    }
  }
}
