import Money
import Scenario
import Testing

@testable import Pipeline

@Suite("Traffic plan")
struct TrafficPlanTests {
  static func workload(_ volume: GeneratedWorkload.Volume) -> GeneratedWorkload {
    var workload = GeneratedWorkload()
    workload.volume = volume
    return workload
  }

  /// Counts by slot of every process, by cell and market.
  static func counts(_ plan: TrafficPlan) -> [[[Double]]] {
    plan.processes.map {
      $0.map { process in
        switch process {
        case .counted(let counts): counts.map { Double($0) }
        case .poisson(let means): means
        }
      }
    }
  }

  @Test("a fixed number of payments is met exactly", arguments: [1, 17, 5_000, 40_000])
  func exact(count: Int) throws {
    let laidOut = try deployment()
    let plan = TrafficPlan(Self.workload(.payments(count)), deployment: laidOut)
    #expect(Self.counts(plan).joined().joined().reduce(0, +) == Double(count))
    #expect(laidOut.cells.indices.reduce(0) { $0 + plan.expectedPayments(cell: $1) } == count)
  }

  @Test("payments fall on hours of local time, days of the week and merchants as their weights say")
  func slots() throws {
    let laidOut = try deployment()
    let workload = Self.workload(.payments(40_000))
    let counts = Self.counts(TrafficPlan(workload, deployment: laidOut))
    // The run begins on Monday, 2 March 2026, at 00:00 UTC, in winter time everywhere.
    let offsets = [-5, 1, 0, 9]
    var (observed, expected): ([Int], [Double]) = ([], [])
    for cell in laidOut.cells {
      for market in 0..<4 {
        let merchants = cell.merchants.filter { $0.market == market }
        for hour in 0..<24 {
          let local = hour + offsets[market]
          let weekday = local < 0 ? 6 : local / 24
          expected.append(
            merchants.reduce(0) { $0 + $1.weight } * workload.hourWeights[(local + 24) % 24]
              * workload.weekdayWeights[weekday])
          let slots = counts[cell.index][market][hour * 60..<hour * 60 + 60]
          observed.append(Int(slots.reduce(0, +)))
        }
      }
    }
    let total = expected.reduce(0, +)
    let statistic = chiSquare(observed, expected.map { $0 / total * 40_000 })
    let freedom = Double(expected.filter { $0 > 0 }.count - 1)
    #expect(abs(statistic - freedom) < 5 * (2 * freedom).squareRoot(), "\(statistic), \(freedom)")
    #expect(zip(observed, expected).allSatisfy { $0 == 0 || $1 > 0 })
  }

  @Test("minutes of one hour are alike")
  func uniformMinutes() throws {
    let plan = TrafficPlan(Self.workload(.payments(40_000)), deployment: try deployment())
    #expect(plan.slots.slot == 60_000_000_000)
    var minutes = [Int](repeating: 0, count: 60)
    for process in Self.counts(plan).joined() {
      for (slot, count) in process.enumerated() { minutes[slot % 60] += Int(count) }
    }
    #expect(chiSquare(minutes, Array(repeating: 40_000.0 / 60, count: 60)) < 115)
  }

  @Test("a rate comes to its mean over the run, and follows the same curve as a number")
  func rate() throws {
    let laidOut = try deployment()
    let plan = TrafficPlan(Self.workload(.rate(0.4)), deployment: laidOut)
    let means = Self.counts(plan)
    #expect(isClose(means.joined().joined().reduce(0, +), 0.4 * 86_400, within: 1e-9))
    // Berlin's 15:00 against its 05:00, in any cell that has merchants there.
    let berlin = try #require(means.map { $0[1] }.first { $0[0] > 0 })
    let olist = GeneratedWorkload.olistHours
    #expect(isClose(berlin[14 * 60] / berlin[4 * 60], olist[15] / olist[5], within: 1e-9))
  }

  @Test("bursts multiply the rate while they last, and leave it alone in between")
  func bursts() throws {
    var workload = Self.workload(.rate(0.4))
    workload.hourWeights = Array(repeating: 1, count: 24)
    workload.weekdayWeights = Array(repeating: 1, count: 7)
    workload.bursts = [
      .init(start: .seconds(100), every: .seconds(600), length: .seconds(30), factor: 8)
    ]
    let plan = TrafficPlan(
      workload, deployment: try deployment { $0.time.duration = .seconds(3_600) })
    #expect(plan.slots.slot == 1_000_000_000)
    for process in Self.counts(plan).joined() where process[0] > 0 {
      for second in 0..<3_600 {
        let isBurst = second >= 100 && (second - 100) % 600 < 30
        #expect(isClose(process[second], process[0] * (isBurst ? 8 : 1), within: 1e-12))
      }
    }
  }

  @Test("a last slot that is cut short has its part of the payments")
  func shortSlot() throws {
    var workload = Self.workload(.rate(2))
    workload.hourWeights = Array(repeating: 1, count: 24)
    let plan = TrafficPlan(
      workload, deployment: try deployment { $0.time.duration = .seconds(150) })
    for process in Self.counts(plan).joined() where process[0] > 0 {
      #expect(process.count == 3)
      #expect(isClose(process[2], process[0] / 2, within: 1e-12))
    }
  }

  @Test("slots are seconds where payments are many")
  func fineSlots() throws {
    let laidOut = try deployment { $0.time.duration = .seconds(10) }
    #expect(
      TrafficPlan(Self.workload(.rate(1_001)), deployment: laidOut).slots.slot == 1_000_000_000)
    #expect(
      TrafficPlan(Self.workload(.rate(1_000)), deployment: laidOut).slots.slot == 10_000_000_000)
  }
}
