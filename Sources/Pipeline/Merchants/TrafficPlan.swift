import Chance
import Money
import Scenario
import VirtualTime

/// When payments arrive: one arrival process for each (cell, market), by time slots.
///
/// Every market follows the hour curve in its own time zone. With a fixed number of payments the
/// slots of all processes share one multinomial draw, so the run has exactly that many.
struct TrafficPlan: Sendable {
  /// Arrivals of one market in one cell.
  enum Process: Sendable {
    /// Arrivals of each slot, exactly.
    case counted([Int32])
    /// Mean number of arrivals of each slot.
    case poisson([Double])
  }
  /// The slots of all processes.
  let slots: ArrivalSlots
  /// By cell, then by market.
  let processes: [[Process]]

  init(_ workload: GeneratedWorkload, deployment: Deployment) {
    let settings = deployment.settings
    let slots = Self.slots(workload, settings)
    self.slots = slots
    let markets = settings.merchants.markets.count
    var weights: [Double] = []
    var base = 0.0
    for cell in deployment.cells {
      for market in 0..<markets {
        let share = Self.share(of: market, in: cell)
        for index in 0..<slots.count {
          let curve =
            share * slots.part(of: index)
            * Self.curve(workload, market: market, slots, index, deployment)
          base += curve
          weights.append(curve * Self.burst(workload, begin: slots.start(of: index)))
        }
      }
    }
    let drawn: [Process]
    switch workload.volume {
    case .payments(let count):
      drawn = Self.counted(count, weights: weights, slots: slots.count, seed: settings.seed)
    case .rate(let rate):
      let factor = rate * Double(slots.total) * 1e-9 / base
      drawn = stride(from: 0, to: weights.count, by: slots.count).map { first in
        .poisson(weights[first..<first + slots.count].map { $0 * factor })
      }
    }
    processes = stride(from: 0, to: drawn.count, by: markets).map {
      Array(drawn[$0..<$0 + markets])
    }
  }

  /// Arrivals to be expected in a cell.
  func expectedPayments(cell: Int) -> Int {
    processes[cell].reduce(0) { sum, process in
      switch process {
      case .counted(let counts): sum + counts.reduce(0) { $0 + Int($1) }
      case .poisson(let means): sum + Int(means.reduce(0, +))
      }
    }
  }

  private static func counted(
    _ count: Int, weights: [Double], slots: Int, seed: UInt64
  ) -> [Process] {
    let table = AliasTable(weights: weights)
    var random = RandomStream(seed: seed, component: "traffic", purpose: "slots")
    var counts = [Int32](repeating: 0, count: weights.count)
    for _ in 0..<count { counts[table.choose(random.next())] += 1 }
    return stride(from: 0, to: counts.count, by: slots).map {
      .counted(Array(counts[$0..<$0 + slots]))
    }
  }

  /// Whether any merchant that the layout has drawn gets a payment in any slot. A market may have
  /// stayed without merchants, or its hours lie outside of the run.
  static func hasArrivals(_ workload: GeneratedWorkload, _ deployment: Deployment) -> Bool {
    let slots = slots(workload, deployment.settings)
    return deployment.settings.merchants.markets.indices.contains { market in
      deployment.cells.contains { share(of: market, in: $0) > 0 }
        && (0..<slots.count).contains { index in
          curve(workload, market: market, slots, index, deployment) > 0
            && burst(workload, begin: slots.start(of: index)) > 0
        }
    }
  }

  /// Sum of the weights of a market's merchants in a cell.
  private static func share(of market: Int, in cell: CellPlan) -> Double {
    cell.merchants.reduce(0) { $0 + ($1.market == market ? $1.weight : 0) }
  }

  /// A minute, or a second where rates or bursts ask for it.
  private static func slots(
    _ workload: GeneratedWorkload, _ settings: ScenarioSettings
  ) -> ArrivalSlots {
    let length = settings.time.duration.nanoseconds
    let fine: Bool =
      switch workload.volume {
      case .payments(let count): Double(count) / Double(length) * 1e9 > 1_000
      case .rate(let rate): rate > 1_000
      }
    let wanted: Int64 = fine || !workload.bursts.isEmpty ? 1_000_000_000 : 60_000_000_000
    return ArrivalSlots(slot: min(wanted, length), total: length)
  }

  /// The weight of a slot, by the market's clock in its middle.
  private static func curve(
    _ workload: GeneratedWorkload, market: Int, _ slots: ArrivalSlots, _ index: Int,
    _ deployment: Deployment
  ) -> Double {
    let middle = slots.start(of: index) + slots.length(of: index) / 2
    let (day, local) = deployment.zones[market].localDayAndSecond(
      atUTC: deployment.epochSecond + middle / 1_000_000_000)
    let weekday = CivilDate(dayNumber: day).weekday
    return workload.hourWeights[local / 3_600] * workload.weekdayWeights[weekday]
  }

  private static func burst(_ workload: GeneratedWorkload, begin: Int64) -> Double {
    workload.bursts.reduce(1) { factor, burst in
      let since = begin - burst.start.nanoseconds
      guard since >= 0, since % burst.every.nanoseconds < burst.length.nanoseconds else {
        return factor
      }
      return factor * burst.factor
    }
  }
}

extension Deployment {
  /// Whether the workload gives its payments, if it has any, to merchants that the run has drawn.
  public func hasArrivals(_ workload: GeneratedWorkload) -> Bool {
    if case .payments(0) = workload.volume { return true }
    return TrafficPlan.hasArrivals(workload, self)
  }
}

/// The arrivals of one market in one cell, in order.
enum ArrivalProcess {
  case counted(CountedArrivals)
  case poisson(PoissonArrivals)

  init(_ process: TrafficPlan.Process, _ slots: ArrivalSlots, random: RandomStream) {
    switch process {
    case .counted(let counts):
      self = .counted(CountedArrivals(slots: slots, counts: counts, random: random))
    case .poisson(let means):
      self = .poisson(PoissonArrivals(slots: slots, perSlot: means, random: random))
    }
  }

  mutating func next() -> VirtualInstant? {
    switch self {
    case .counted(var arrivals):
      let instant = arrivals.next()
      self = .counted(arrivals)
      return instant
    case .poisson(var arrivals):
      let instant = arrivals.next()
      self = .poisson(arrivals)
      return instant
    }
  }
}
