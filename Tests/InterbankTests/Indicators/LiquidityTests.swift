import Testing

@testable import Interbank

@Suite("Liquidity by days")
struct LiquidityTests {
  private static let hour = 3_600 * second

  /// Bank 0 pays on the first day and bank 1 on the second; 60 wait over the night.
  private func twoDays() throws -> SettlementDriver {
    var driver = try SettlementDriver("rtgs", [:], [having(100), having(0), having(0)])
    driver.pay(1, 0, 1, 90, at: 0)
    driver.pay(2, 0, 2, 60, at: 10)
    driver.endDay(at: Self.hour)
    driver.startDay(at: 24 * Self.hour)
    driver.pay(3, 1, 0, 70, at: 24 * Self.hour)
    driver.endDay(at: 25 * Self.hour)
    return driver
  }

  @Test("usage is of each bank's own largest day, and so are its bounds")
  func ownDays() throws {
    let driver = try twoDays()
    let found = driver.system.indicators
    // Day 1: 0 uses 90. Day 2: 1 uses 70, 0 gives 60 of what it has just received.
    #expect(found.days.map(\.liquidityUsed) == [90, 70])
    #expect(found.usage == 160 && found.peakLiquidity == 90)
    #expect(found.usageLowerBound == 160)
    // On arrival 0 would have used 150 on the first day, and nothing on the second.
    #expect(found.usageUpperBound == 150 + 70)
    #expect(found.costInputs.liquidityDays == 160)
    #expect(driver.check.violation == nil)
  }

  @Test("what is carried over counts where it settles, in the upper bound where it came in")
  func carriedOver() throws {
    var driver = try SettlementDriver("rtgs", [:], [having(0), having(0)])
    driver.pay(1, 0, 1, 50, at: 0)
    driver.endDay(at: Self.hour)
    driver.startDay(at: 24 * Self.hour)
    #expect(driver.adjust(0, by: 100, at: 24 * Self.hour) == nil)
    driver.pay(2, 0, 1, 50, at: 24 * Self.hour)
    driver.endDay(at: 25 * Self.hour)
    let found = driver.system.indicators
    #expect(found.days.map(\.liquidityUsed) == [0, 100])
    #expect(found.days.map(\.upperBound) == [50, 50] && found.days.map(\.lowerBound) == [0, 100])
    #expect(found.usage == 100 && found.usageLowerBound == 100 && found.usageUpperBound == 50)
    // The bounds are not of the same payments: nothing lies between them.
    #expect(found.relativeUsage == nil && found.days.allSatisfy { $0.relativeUsage == nil })
  }

  @Test("days on which nothing came in count for what was available")
  func available() throws {
    let mode = try SettlementModeRegistry.make("rtgs")
    var driver = SettlementDriver(mode, [having(100), having(0)])
    driver.startDay(at: 0)
    driver.pay(1, 0, 1, 90, at: 0)
    driver.endDay(at: Self.hour)
    driver.startDay(
      at: 72 * Self.hour,
      SettlementDay(opening: 72 * Self.hour, silentDays: 2, silentTime: 3 * Self.hour))
    driver.pay(2, 1, 0, 30, at: 72 * Self.hour)
    driver.endDay(at: 73 * Self.hour)
    let bank = driver.system.indicators.participants[0]
    // 100, then 10 on three days, then 40.
    #expect(bank.availableAtStart.extremes == [10, 10, 10])
    #expect(bank.meanAvailable(over: 5) == Int64((100 + 3 * 10 + 40) / 5))
    #expect(bank.meanAvailable(over: 2) == Int64((100 + 3 * 10) / 4))
    #expect(bank.dailyMaximumUsage.mean(over: 5) == 18)
    #expect(bank.priced.allocated == 100 + 3 * 10)
    #expect(bank.priced.allocatedTime == Int128(100 + (3 + 1) * 10) * Int128(Self.hour))
  }

  @Test("a dealer's liquidity is nobody's")
  func dealer() throws {
    let dealer = ParticipantTerms(openingBalance: 0, creditCap: 1_000, isServed: false)
    var driver = try SettlementDriver("rtgs", [:], [having(10), dealer])
    driver.pay(1, 1, 0, 500, at: 0)
    driver.pay(2, 0, 1, 505, at: 1)
    driver.endDay(at: Self.hour)
    let found = driver.system.indicators
    #expect(found.usage == 5 && found.usageLowerBound == 5 && found.usageUpperBound == 5)
  }

  @Test("a system that says less was used than was sent net is found out")
  func invariant() throws {
    let driver = try twoDays()
    #expect(driver.check.liquidityBreach(driver.system.indicators) == nil)
    var lower = driver.system.indicators
    lower.days[1].liquidityUsed = 69
    #expect(driver.check.liquidityBreach(lower) != nil)
    var bound = driver.system.indicators
    bound.days[1].lowerBound = 0
    #expect(driver.check.liquidityBreach(bound) != nil)
    var bank = driver.system.indicators
    bank.participants[1].dailyMaximumUsage = DailyExtremes(.largest)
    #expect(driver.check.liquidityBreach(bank) != nil)
  }

  @Test("nothing saved is exactly nothing")
  func savings() throws {
    for amount in [Int64(1), 3, 7, 333_333_333_333] {
      var driver = try SettlementDriver("rtgs", [:], [having(1 << 50), having(0)])
      for id in 0..<3 { driver.pay(Int64(id), 0, 1, amount, at: 0) }
      driver.endDay(at: Self.hour)
      let total = driver.system.indicators.total
      #expect(total.bilateralEfficiency == 0 && total.multilateralEfficiency == 0)
    }
  }
}
