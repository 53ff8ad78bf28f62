import Chance
import VirtualTime

/// Draws a fixed number of payments over all slots of all processes.
struct TrafficDraw {
  private let weights: TrafficWeights
  private let limits: Limits
  private var random: RandomStream
  private let shouldStop: () -> Bool

  /// Draws after which it is asked again whether to stop.
  private static let stretch = 1 << 20

  /// What is done in which way.
  struct Limits: Sendable {
    /// Slots of all processes up to which a table of them is made.
    var table = 1 << 24
    /// Draws that are looked up at a time beyond that.
    var draws = 1 << 22
    /// Slots of all processes beyond which the process is drawn before the slot.
    var whole = 1 << 28
  }

  /// - Parameter shouldStop: asked every million draws; if it says so, the rest is left out.
  init(
    _ weights: TrafficWeights, seed: UInt64, limits: Limits = Limits(),
    shouldStop: @escaping () -> Bool = { false }
  ) {
    self.weights = weights
    self.limits = limits
    self.shouldStop = shouldStop
    random = RandomStream(seed: seed, component: "traffic", purpose: "slots")
  }

  /// The slots that have payments, by process.
  mutating func counts(of payments: Int) -> [[CountedArrivals.Filled]] {
    var counts = [[CountedArrivals.Filled]](repeating: [], count: weights.shares.count)
    guard payments > 0 else { return counts }
    if weights.count > limits.whole { return countsByProcess(of: payments) }
    let slots = weights.slots.count
    let total = weights.totalWeight
    func add(_ item: Int, _ count: Int) {
      counts[item / slots].append(.init(slot: item % slots, count: count))
    }
    if weights.count <= limits.table {
      let table = AliasTable(weights, total: total)
      var items = [Int32](repeating: 0, count: weights.count)
      draw(payments) { items[table.choose($0)] += 1 }
      for (item, count) in items.enumerated() where count > 0 { add(item, Int(count)) }
    } else {
      for run in runs(of: choose(payments, among: weights, total: total)[...]) {
        add(run.item, run.count)
      }
    }
    return counts
  }

  /// The same in two steps, where the slots of all processes are too many to be one choice: first
  /// the process of each payment, then the slot by its market.
  private mutating func countsByProcess(of payments: Int) -> [[CountedArrivals.Filled]] {
    let markets = (0..<weights.markets).map { TrafficWeights(of: $0, in: weights) }
    let totals = markets.map(\.totalWeight)
    let table = AliasTable(
      weights: weights.shares.enumerated().map { $0.element * totals[$0.offset % markets.count] })
    var drawn = [Int](repeating: 0, count: weights.shares.count)
    draw(payments) { drawn[table.choose($0)] += 1 }
    var counts = [[CountedArrivals.Filled]](repeating: [], count: drawn.count)
    for market in markets.indices {
      let own = stride(from: market, to: drawn.count, by: markets.count)
      let number = own.reduce(0) { $0 + drawn[$1] }
      guard number > 0 else { continue }
      var chosen = choose(number, among: markets[market], total: totals[market])[...]
      for process in own {
        counts[process] = runs(of: chosen.prefix(drawn[process])).map {
          .init(slot: $0.item, count: $0.count)
        }
        chosen = chosen.dropFirst(drawn[process])
      }
    }
    return counts
  }

  /// Uses so many random numbers.
  private mutating func draw(_ number: Int, _ use: (UInt64) -> Void) {
    for index in 0..<number {
      if index % Self.stretch == 0, shouldStop() { return }
      use(random.next())
    }
  }

  /// So many items, in the order in which they are drawn.
  private mutating func choose(
    _ number: Int, among items: TrafficWeights, total: Double
  ) -> [UInt32] {
    var chosen: [UInt32] = []
    chosen.reserveCapacity(number)
    while chosen.count < number, !shouldStop() {
      let bits = (0..<min(number - chosen.count, limits.draws)).map { _ in random.next() }
      chosen += AliasTable.choose(bits, among: items, total: total)
    }
    return chosen
  }

  /// How often each item comes, ascending.
  private func runs(of items: ArraySlice<UInt32>) -> [(item: Int, count: Int)] {
    var runs: [(item: Int, count: Int)] = []
    for item in items.sorted() {
      if let last = runs.last, last.item == item {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((Int(item), 1))
      }
    }
    return runs
  }
}
