import Chance
import Money
import Scenario
import Testing
import VirtualTime

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
      $0.map { process -> [Double] in
        switch process {
        case .counted(let filled):
          var counts = [Double](repeating: 0, count: plan.slots.count)
          for slot in filled { counts[Int(slot.slot)] += Double(slot.count) }
          return counts
        case .poisson(let weights, let process, let factor):
          return weights.means(process: process, 0..<plan.slots.count, factor: factor)
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

  @Test("a run that is to stop draws no more than the next million payments")
  func stops() throws {
    var asked = 0
    let plan = TrafficPlan(Self.workload(.payments(1_000_000_000)), deployment: try deployment()) {
      asked += 1
      return asked > 1
    }
    #expect(Self.counts(plan).joined().joined().reduce(0, +) == Double(1 << 20))
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

  /// Weights of a year and a half in Berlin and New York, over the changes of the clocks, with an
  /// hour cut off at the end.
  private static func long(_ days: Int64, bursts: Bool = false) throws -> TrafficWeights {
    var workload = workload(.payments(1))
    if bursts {
      workload.bursts = [
        .init(start: .seconds(100), every: .seconds(7_000), length: .seconds(900), factor: 8)
      ]
    }
    let laidOut = try deployment { $0.time.duration = .seconds(days * 86_400 - 1_990) }
    let slots = ArrivalSlots(slot: 60_000_000_000, total: (days * 86_400 - 1_990) * 1_000_000_000)
    return TrafficWeights(workload, slots: slots, laidOut)
  }

  @Test("weights by blocks are those of each slot by the clock in its middle", arguments: [1, 540])
  func blocks(days: Int64) throws {
    let laidOut = try deployment()
    let weights = try Self.long(days)
    let workload = Self.workload(.payments(1))
    for process in weights.shares.indices where process % 3 == 0 && weights.shares[process] > 0 {
      let zone = laidOut.zones[process % weights.markets]
      let means = weights.means(process: process, 0..<weights.slots.count, factor: 1)
      let step = days == 1 ? 1 : 7
      for slot in stride(from: 0, to: weights.slots.count, by: step) {
        let middle = weights.slots.start(of: slot) + weights.slots.length(of: slot) / 2
        let local = zone.localDateAndSecond(
          atUTC: laidOut.epochSecond + middle / 1_000_000_000)
        let expected =
          weights.shares[process] * weights.slots.part(of: slot)
          * (workload.hourWeights[local.second / 3_600]
            * workload.weekdayWeights[local.date.weekday])
        guard means[slot] == expected else {
          Issue.record("slot \(slot) of process \(process): \(means[slot]), not \(expected)")
          return
        }
      }
    }
  }

  @Test("however many slots there are, the same draws give the same payments", arguments: [1, 30])
  func waysToDraw(days: Int64) throws {
    for bursts in [false, true] {
      let weights = try Self.long(days, bursts: bursts)
      var plain = [Double](repeating: 0, count: weights.count)
      plain.withUnsafeMutableBufferPointer { weights.fill($0, from: 0) }
      let table = AliasTable(weights: plain)
      var random = RandomStream(seed: 9, component: "traffic", purpose: "slots")
      var expected = [Int32](repeating: 0, count: weights.count)
      for _ in 0..<3_000 { expected[table.choose(random.next())] += 1 }
      for limits in [
        TrafficDraw.Limits(), TrafficDraw.Limits(table: 0, draws: 1_000),
        TrafficDraw.Limits(table: 0),
      ] {
        var draw = TrafficDraw(weights, seed: 9, limits: limits)
        var found = [Int32](repeating: 0, count: weights.count)
        for (process, filled) in draw.counts(of: 3_000).enumerated() {
          for slot in filled {
            found[process * weights.slots.count + Int(slot.slot)] = Int32(slot.count)
          }
        }
        #expect(found == expected)
      }
    }
  }

  @Test("where the process is drawn first, processes and hours have their parts all the same")
  func twoSteps() throws {
    let weights = try Self.long(10)
    var draw = TrafficDraw(weights, seed: 3, limits: .init(table: 0, whole: 0))
    let counts = draw.counts(of: 40_000)
    #expect(counts.joined().reduce(0) { $0 + Int($1.count) } == 40_000)
    var (observed, expected): ([Int], [Double]) = ([], [])
    for process in weights.shares.indices {
      let means = weights.means(process: process, 0..<weights.slots.count, factor: 1)
      for hour in 0..<24 {
        let slots = stride(from: 0, to: means.count, by: 60).filter { $0 / 60 % 24 == hour }
        expected.append(slots.reduce(0) { $0 + means[$1..<min(means.count, $1 + 60)].reduce(0, +) })
        observed.append(
          counts[process].reduce(0) { $0 + ($1.slot / 60 % 24 == hour ? Int($1.count) : 0) })
      }
    }
    let total = expected.reduce(0, +)
    let statistic = chiSquare(observed, expected.map { $0 / total * 40_000 })
    let freedom = Double(expected.filter { $0 > 0 }.count - 1)
    #expect(abs(statistic - freedom) < 5 * (2 * freedom).squareRoot(), "\(statistic), \(freedom)")
    #expect(zip(observed, expected).allSatisfy { $0 == 0 || $1 > 0 })
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
