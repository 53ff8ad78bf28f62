import Interbank
import Scenario
import Testing

@Suite("Interbank indicators")
struct IndicatorTests {
  @Test("a day worked out by hand")
  func byHand() throws {
    // 0 sends 60 at 0 s and has 40 left; its 50 of 10 s wait until 1 sends 30 at 30 s.
    var driver = try SettlementDriver("rtgs", [:], [having(100), having(0)])
    driver.pay(1, 0, 1, 60, at: 0, deadline: 5 * second)
    driver.pay(2, 0, 1, 50, at: 10 * second, deadline: 20 * second)
    driver.pay(3, 1, 0, 30, at: 30 * second)
    driver.endDay(at: 100 * second)
    let indicators = driver.system.indicators
    let day = indicators.days[0]
    #expect(day.availableAtStart == 100)
    #expect(day.submittedValue == 140 && day.settledValue == 140)
    // At worst 0 had sent 60, then 60 - 30 + 50 = 80; on arrival it would have been 110.
    #expect(day.liquidityUsed == 80)
    #expect(day.upperBound == 110)
    #expect(day.lowerBound == 80)
    #expect(day.relativeUsage == 0)
    #expect(day.turnover == 140.0 / 80)
    // 50 waited for 20 s; without settlement 60 x 100 + 50 x 90 + 30 x 70 s.
    #expect(day.delayedValueTime == Int128(1_000 * second))
    #expect(day.possibleValueTime == Int128(12_600 * second))
    #expect(day.settlementDelay == 1_000.0 / 12_600)
    #expect(day.bilateralEfficiency == 60.0 / 140)
    #expect(day.multilateralEfficiency == 60.0 / 140)
    #expect(indicators.meanValueDelay == Double(1_000 * second) / 140)
    #expect(indicators.counts.delay.p50 == 0)
    #expect(indicators.counts.delay.max == 20 * second)
    #expect(indicators.counts.timed == 2)
    #expect(indicators.counts.deadlinesMet == 1 && indicators.counts.deadlinesMissed == 1)
    #expect(indicators.deadlinesMissedValue == 50)
    #expect(indicators.maximumQueueValue == 50 && indicators.counts.maximumQueue == 1)
    #expect(indicators.queueValueTime == Int128(1_000 * second))
    #expect(indicators.counts.queueTime == Int128(20 * second))
    #expect(
      indicators.counts.share(.gross) == 2.0 / 3 && indicators.counts.share(.queue) == 1.0 / 3)
    #expect(indicators.valueShare(.queue) == 50.0 / 140)
    let first = indicators.participants[0]
    #expect(first.dailyMaximumUsage.extremes == [80])
    #expect(first.dailyUpperBound.extremes == [110] && first.dailyLowerBound.extremes == [80])
    #expect(
      indicators.usage == 80 && indicators.usageUpperBound == 110
        && indicators.usageLowerBound == 80 && indicators.relativeUsage == 0)
    #expect(first.availableAtStart.extremes == [100])
    #expect(first.paymentsSent.extremes == [110] && first.paymentsReceived.extremes == [30])
    #expect(first.deadlinesMetValue == 60 && first.timedValue == 110)
    #expect(indicators.costInputs.peakLiquidity == 80)
    // One payment without cover for 20 s: nothing could have helped but money.
    #expect(indicators.counts.deadlockTime == 20 * second)
    #expect(indicators.counts.gridlockTime == 0)
  }

  @Test("gridlock is told from deadlock")
  func stalls() throws {
    var driver = try SettlementDriver("rtgs", [:], [having(0), having(0)])
    driver.pay(1, 0, 1, 10, at: 0)
    driver.advance(to: 100 * second)
    driver.pay(2, 1, 0, 10, at: 100 * second)
    driver.advance(to: 400 * second)
    driver.endDay(at: 400 * second)
    let counts = driver.system.indicators.counts
    #expect(counts.deadlockTime == 100 * second)
    #expect(counts.gridlockTime == 300 * second)
  }

  @Test("throughput is the cumulative share by hour since the start of the day")
  func throughput() throws {
    var driver = try SettlementDriver("rtgs", [:], [having(100), having(0)], startAt: 500)
    driver.pay(1, 0, 1, 25, at: 500)
    driver.pay(2, 0, 1, 75, at: 500 + 2 * 3_600 * second)
    driver.endDay(at: 30 * 3_600 * second)
    #expect(driver.system.indicators.throughput.prefix(4) == [0.25, 0.25, 1, 1])
  }

  @Test("the three most extreme days are kept, and a mean is over the days that are asked for")
  func extremes() {
    var largest = DailyExtremes(.largest)
    var smallest = DailyExtremes(.smallest)
    for value in [5, 1, 9, 7, 3] as [Int64] {
      largest.note(value)
      smallest.note(value)
    }
    #expect(largest.extremes == [9, 7, 5] && largest.mean(over: 5) == 5)
    #expect(smallest.extremes == [1, 3, 5] && smallest.days == 5)
    // Twenty days on fifteen of which nothing happened.
    #expect(largest.mean(over: 20) == 1 && largest.mean(over: 0) == nil)
  }

  @Test("counts of several systems merge into those of both")
  func merge() throws {
    let first = try RandomWorld(seed: 1, mode: "rtgs").run().system.indicators.counts
    let second = try RandomWorld(seed: 2, mode: "hybrid_offset").run().system.indicators.counts
    var both = first
    both.merge(second)
    #expect(both.submitted == first.submitted + second.submitted)
    #expect(both.delay.count == first.delay.count + second.delay.count)
    #expect(both.byMechanism == zip(first.byMechanism, second.byMechanism).map(+))
    #expect(both.maximumQueue == max(first.maximumQueue, second.maximumQueue))
    var other = second
    other.merge(first)
    #expect(other == both)
  }

  @Test(
    "indicators equal a slow reckoning from the log alone",
    arguments: SettlementModeRegistry.names)
  func recomputed(mode: String) throws {
    for seed in 0..<500 {
      let world = try RandomWorld(seed: seed, mode: mode)
      let driver = try world.run()
      let found = driver.system.indicators
      let slow = SlowIndicators(driver, days: world.days.map { ($0.start, $0.close) })
      for (day, figures) in found.days.enumerated() {
        let usages = world.terms.indices.map { slow.usage(day, $0) }
        #expect(figures.liquidityUsed == usages.reduce(0, +), "\(world) day \(day)")
        #expect(figures.settledValue == slow.settledValue(day), "\(world) day \(day)")
        #expect(figures.lowerBound == slow.lowerBound(day), "\(world) day \(day)")
        #expect(figures.bilateralNet == slow.bilateralNet(day), "\(world) day \(day)")
        #expect(figures.delayedValueTime == slow.delayedValueTime(day), "\(world) day \(day)")
        #expect(figures.possibleValueTime == slow.possibleValueTime(day), "\(world) day \(day)")
        #expect(figures.lowerBound <= figures.liquidityUsed, "\(world) day \(day)")
        #expect((0...1).contains(figures.settlementDelay ?? 0), "\(world) day \(day)")
        #expect(figures.upperBound == slow.upperBound(day), "\(world) day \(day)")
      }
      let served = world.terms.indices.filter { world.terms[$0].isServed }
      let largest = served.map { bank in found.days.indices.map { slow.usage($0, bank) }.max()! }
      #expect(found.usage == largest.reduce(0, +), "\(world)")
      #expect(found.usageLowerBound <= found.usage, "\(world)")
      #expect(found.usageLowerBound >= found.days.map(\.lowerBound).max()!, "\(world)")
      for participant in world.terms.indices {
        let usages = found.days.indices.map { slow.usage($0, participant) }.sorted(by: >)
        let extremes = found.participants[participant].dailyMaximumUsage.extremes
        #expect(extremes == Array(usages.prefix(3)), "\(world)")
      }
      for mechanism in SettlementMechanism.allCases {
        #expect(found.counts.count(mechanism) == slow.count(mechanism), "\(world)")
        #expect(
          found.valueByMechanism[Int(mechanism.rawValue)] == slow.value(mechanism), "\(world)")
      }
      #expect(found.valueDelay == slow.valueDelay, "\(world)")
      #expect(found.counts.delay.count == slow.settledDelays.count, "\(world)")
      #expect(
        found.counts.delay.sum == slow.settledDelays.reduce(0) { $0 + Int128($1) }, "\(world)")
      #expect(found.counts.delay.max == slow.settledDelays.last, "\(world)")
      #expect(found.counts.deadlinesMet == slow.deadlinesMet, "\(world)")
    }
  }
}
