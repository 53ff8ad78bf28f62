import Interbank
import Testing

@Suite("Prices of settling")
struct BankPriceTests {
  private func costs(_ driver: SettlementDriver, _ prices: BankPrices) -> [BankCost] {
    driver.system.indicators.participants.map { prices.cost(of: $0.priced) }
  }

  /// Castro et al., section 4.1, by hand. Two periods of 10 s; a unit of liquidity that is put in
  /// costs 0.1 for the day, a unit that waits 0.2 a period, in hundredths of a cent.
  ///
  /// The second bank brings 0.20 (20,000) and owes 0.15 in the first period and 0.05 in the second;
  /// the first brings nothing and pays its 0.15 of the second period out of what it receives.
  /// Nothing waits: the second pays 0.1 x 20,000 = 2,000, the first nothing.
  /// If nobody brings anything the second's 15,000 waits both periods and its 5,000 one, the
  /// first's 15,000 one: 0.2 x (15,000 x 2 + 5,000) = 7,000 and 0.2 x 15,000 = 3,000; and each
  /// payment that waits at the close costs its bank 4,000 a piece: 8,000 and 4,000.
  @Test(
    "the two-period game costs what it costs by hand",
    arguments: [
      (Int64(20_000), [Int64(0), 2_000], [Int64(0), 0], [Int64(0), 0]),
      (Int64(0), [Int64(0), 0], [Int64(3_000), 7_000], [Int64(4_000), 8_000]),
      // 0.15 of its own is enough too, as 0.05 of what comes back pays for the rest.
      (Int64(15_000), [Int64(0), 1_500], [Int64(0), 0], [Int64(0), 0]),
    ])
  func game(
    _ brought: Int64, _ liquidity: [Int64], _ delay: [Int64], _ unsettled: [Int64]
  ) throws {
    var driver = try SettlementDriver("rtgs", [:], [having(0), having(brought)])
    driver.pay(1, 1, 0, 15_000, at: 0)
    driver.pay(2, 0, 1, 15_000, at: 10 * second)
    driver.pay(3, 1, 0, 5_000, at: 10 * second)
    driver.endDay(at: 20 * second)
    _ = driver.system.stop(at: 20 * second)
    let prices = BankPrices(
      liquidityRate: 0.1, isOnAllocated: true, delayRate: 0.2, delayPeriod: 10 * second,
      unsettled: 4_000)
    let found = costs(driver, prices)
    #expect(found.map(\.liquidity) == liquidity)
    #expect(found.map(\.delay) == delay)
    #expect(found.map(\.unsettled) == unsettled)
    #expect(found.map(\.total) == zip(zip(liquidity, delay), unsettled).map { $0.0 + $0.1 + $1 })
  }

  @Test("the game's end balances are those published", .enabled(if: WorkedExample.isAtHand))
  func published() throws {
    let name = "two periods, second bank brings 0.20"
    let example = try #require(WorkedExample.all.first { $0.name == name })
    var driver = try example.driver()
    driver.endDay(at: 20 * second)
    #expect((0...1).map { driver.system.balance($0) } == example.expected_balances)
    let prices = BankPrices(liquidityRate: 0.1, isOnAllocated: true, delayPeriod: second)
    #expect(costs(driver, prices).map(\.total) == [0, 2_000])
  }

  @Test("rates may exceed 1, and are pro rata of their period")
  func rates() throws {
    var driver = try SettlementDriver("rtgs", [:], [having(1_000), having(0)])
    driver.pay(1, 0, 1, 600, at: 0)
    driver.pay(2, 1, 0, 100, at: 5 * second)
    driver.endDay(at: 30 * second)
    // 600 were used, for 30 s of a period of 20 s, at 250 %: 600 x 1.5 x 2.5; 1,000 were there.
    let used = BankPrices(liquidityRate: 2.5, liquidityPeriod: 20 * second, delayPeriod: second)
    #expect(costs(driver, used).map(\.liquidity) == [2_250, 0])
    var there = used
    there.isOnAllocated = true
    #expect(costs(driver, there).map(\.liquidity) == [3_750, 0])
  }

  @Test("what is brought in or pledged on the way is put in from then on, what leaves until then")
  func allocated() throws {
    var driver = try SettlementDriver("rtgs", [:], [having(100)])
    let missing = driver.adjust(0, by: 50, at: 10 * second)
    #expect(missing == nil)
    let short = driver.adjust(0, by: -120, at: 20 * second)
    #expect(short == nil)
    driver.change(0, .collateral(7), at: 25 * second)
    driver.endDay(at: 30 * second)
    let prices = BankPrices(
      liquidityRate: 1, liquidityPeriod: second, isOnAllocated: true, delayPeriod: second)
    // 100 for 10 s, 150 for 10 s, 30 for 5 s, 37 for 5 s.
    #expect(costs(driver, prices)[0].liquidity == 1_000 + 1_500 + 150 + 185)
    let daily = BankPrices(liquidityRate: 1, isOnAllocated: true, delayPeriod: second)
    #expect(costs(driver, daily)[0].liquidity == 150)
    #expect(driver.system.indicators.participants[0].broughtIn == 50)
    #expect(driver.system.indicators.participants[0].takenOut == 120)
  }

  @Test("delay counts by the priority of the time, and dearer after the deadline")
  func delay() throws {
    var driver = try SettlementDriver("rtgs", [:], [having(0), having(0)])
    driver.pay(1, 0, 1, 10, at: 0, deadline: 6 * second)
    driver.reprioritise(1, payer: 0, to: .high, at: 4 * second)
    let missing = driver.adjust(0, by: 10, at: 9 * second)
    #expect(missing == nil)
    #expect(driver.log.settledIDs == [1])
    let prices = BankPrices(
      delayRate: 1, delayPeriod: second, multipliers: [100, 10, 1], afterDeadline: 3)
    // 4 s normal, 2 s high, 3 s high and late.
    #expect(costs(driver, prices)[0].delay == 10 * (4 + 2 * 10 + 3 * 30))
  }

  @Test("each part beside the last costs, and each close that a payment waits through")
  func parts() throws {
    var driver = try SettlementDriver(
      "rtgs", ["maximum_part": .integer(4)], [having(10), having(0)])
    driver.pay(1, 0, 1, 10, at: 0)
    driver.pay(2, 0, 1, 9, at: second)
    driver.endDay(at: 10 * second)
    driver.startDay(at: 20 * second)
    driver.endDay(at: 30 * second)
    let prices = BankPrices(delayPeriod: second, unsettled: 7, split: 5)
    // 10 settles as 4, 4 and 2.
    #expect(costs(driver, prices).map(\.splits) == [10, 0])
    #expect(costs(driver, prices).map(\.unsettled) == [14, 0])
  }

  @Test("a sum is rounded once, half to even")
  func rounding() {
    var times = PricedTimes()
    times.delayed = [5, 0, 10]
    let prices = BankPrices(delayRate: 1, delayPeriod: 10)
    #expect(prices.cost(of: times).delay == 2)
    times.late = [0, 10, 0]
    #expect(prices.cost(of: times).delay == 2)
    times.used = 1
    var half = prices
    half.liquidityRate = 0.5
    #expect(half.cost(of: times).liquidity == 0)
    half.liquidityRate = 1.5
    #expect(half.cost(of: times).liquidity == 2)
  }
}
