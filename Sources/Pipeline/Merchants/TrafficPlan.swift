import Chance
import Money
import Scenario
import VirtualTime

/// When payments arrive: one arrival process for each (cell, market), by time slots.
///
/// Every market follows the hour curve in its own time zone. With a fixed number of payments the
/// slots of all processes share one multinomial draw, so the run has exactly that many. Weights are
/// worked out where they are needed: what is kept grows with the payments, not with the slots.
struct TrafficPlan: Sendable {
  /// Arrivals of one market in one cell.
  enum Process: Sendable {
    /// Arrivals of the slots that have any, exactly, in order.
    case counted([CountedArrivals.Filled])
    /// Mean number of arrivals of each slot: its weight times a factor.
    case poisson(TrafficWeights, process: Int, factor: Double)
  }
  /// The slots of all processes.
  let slots: ArrivalSlots
  /// By cell, then by market.
  let processes: [[Process]]
  private let expected: [Int]
  private let memory = MemoryShare(of: .traffic)

  /// - Parameter shouldStop: asked while payments are drawn; if it says so, the rest is left out.
  init(
    _ workload: GeneratedWorkload, deployment: Deployment,
    shouldStop: @escaping () -> Bool = { false }
  ) {
    let weights = TrafficWeights(
      workload, slots: Self.slots(workload, deployment.settings), deployment)
    slots = weights.slots
    let drawn: [Process]
    switch workload.volume {
    case .payments(let count):
      var draw = TrafficDraw(
        weights, seed: deployment.settings.seed, shouldStop: shouldStop)
      let counts = draw.counts(of: count)
      drawn = counts.map { .counted($0) }
      expected = counts.map { $0.reduce(0) { $0 + Int($1.count) } }
      memory.grow(
        to: counts.reduce(0) { $0 + $1.count } * MemoryLayout<CountedArrivals.Filled>.stride)
    case .rate(let rate):
      var calm = weights
      calm.bursts = []
      let factor = rate * Double(slots.total) * 1e-9 / calm.totalWeight
      drawn = weights.shares.indices.map { .poisson(weights, process: $0, factor: factor) }
      expected = weights.shares.indices.map { weights.expected(process: $0, factor: factor) }
    }
    let markets = deployment.settings.merchants.markets.count
    processes = stride(from: 0, to: drawn.count, by: markets).map {
      Array(drawn[$0..<$0 + markets])
    }
  }

  /// Arrivals to be expected in a cell.
  func expectedPayments(cell: Int) -> Int {
    let markets = processes[cell].count
    return expected[cell * markets..<(cell + 1) * markets].reduce(0, +)
  }

  /// Whether any merchant that the layout has drawn gets a payment in any slot. A market may have
  /// stayed without merchants, or its hours lie outside of the run.
  static func hasArrivals(_ workload: GeneratedWorkload, _ deployment: Deployment) -> Bool {
    let weights = TrafficWeights(workload, slots: slots(workload, deployment.settings), deployment)
    var seen: Set<Int> = []
    return weights.shares.indices.contains { process in
      weights.shares[process] > 0 && seen.insert(process % weights.markets).inserted
        && weights.hasArrivals(process: process)
    }
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
    case .counted(let filled):
      self = .counted(CountedArrivals(slots: slots, filled: filled, random: random))
    case .poisson(let weights, let process, let factor):
      self = .poisson(
        PoissonArrivals(slots: slots, random: random) {
          weights.means(process: process, $0, factor: factor)
        })
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
