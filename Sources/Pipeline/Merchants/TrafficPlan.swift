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
  /// Length of a slot, nanoseconds.
  let slot: Int64
  /// By cell, then by market.
  let processes: [[Process]]

  init(_ workload: GeneratedWorkload, deployment: Deployment) {
    let settings = deployment.settings
    let length = settings.time.duration.nanoseconds
    slot = Self.slotLength(workload, length: length)
    let slots = Int((length + slot - 1) / slot)
    let markets = settings.merchants.markets.count
    var weights: [Double] = []
    var base = 0.0
    for cell in deployment.cells {
      for market in 0..<markets {
        let share = cell.merchants.reduce(0) { $0 + ($1.market == market ? $1.weight : 0) }
        for index in 0..<slots {
          let begin = Int64(index) * slot
          let part = Double(min(slot, length - begin)) / Double(slot)
          let curve =
            share * part
            * Self.curve(
              workload, zone: deployment.zones[market],
              second: deployment.epochSecond + (begin + slot / 2) / 1_000_000_000)
          base += curve
          weights.append(curve * Self.burst(workload, begin: begin))
        }
      }
    }
    let drawn: [Process]
    switch workload.volume {
    case .payments(let count):
      drawn = Self.counted(count, weights: weights, slots: slots, seed: settings.seed)
    case .rate(let rate):
      let factor = rate * Double(length) * 1e-9 / base
      drawn = stride(from: 0, to: weights.count, by: slots).map { first in
        .poisson(weights[first..<first + slots].map { $0 * factor })
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

  /// A minute, or a second where rates or bursts ask for it.
  private static func slotLength(_ workload: GeneratedWorkload, length: Int64) -> Int64 {
    let fine: Bool =
      switch workload.volume {
      case .payments(let count): Double(count) / Double(length) * 1e9 > 1_000
      case .rate(let rate): rate > 1_000
      }
    let wanted: Int64 = fine || !workload.bursts.isEmpty ? 1_000_000_000 : 60_000_000_000
    return min(wanted, length)
  }

  private static func curve(
    _ workload: GeneratedWorkload, zone: CivilTimeZone, second: Int64
  ) -> Double {
    let (day, local) = zone.localDayAndSecond(atUTC: second)
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

/// The arrivals of one market in one cell, in order.
enum ArrivalProcess {
  case counted(CountedArrivals)
  case poisson(PoissonArrivals)

  init(_ process: TrafficPlan.Process, slot: Int64, random: RandomStream) {
    switch process {
    case .counted(let counts):
      self = .counted(CountedArrivals(slot: slot, counts: counts, random: random))
    case .poisson(let means):
      self = .poisson(PoissonArrivals(slot: slot, perSlot: means, random: random))
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
