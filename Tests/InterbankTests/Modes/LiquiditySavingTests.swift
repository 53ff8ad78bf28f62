import Interbank
import Scenario
import Testing

@Suite("Liquidity saving")
struct LiquiditySavingTests {
  private func rtgs(
    _ saving: String, _ balances: [Int64], order: String = "fifo"
  ) throws -> SettlementDriver {
    try SettlementDriver(
      "rtgs",
      [
        "liquidity_saving": .choice(saving), "queue_order": .choice(order),
        "interval": .duration(.seconds(60)),
      ], balances.map(having))
  }

  @Test("two payments in opposite directions pay for each other without money")
  func pair() throws {
    var driver = try rtgs("bilateral_offset", [0, 0])
    driver.pay(1, 0, 1, 50, at: 0)
    let events = driver.pay(2, 1, 0, 50, at: 1)
    #expect(events.settledIDs == [1, 2])
    #expect(Set(events.settlements.map(\.settlement.group)).count == 1)
    #expect(events.settlements.allSatisfy { $0.settlement.mechanism == .bilateralOffset })
    #expect(driver.check.violation == nil)
  }

  @Test("without a mechanism the same two payments wait for ever")
  func none() throws {
    var driver = try rtgs("none", [0, 0])
    driver.pay(1, 0, 1, 50, at: 0)
    driver.pay(2, 1, 0, 50, at: 1)
    driver.endDay(at: 3_600 * second)
    #expect(driver.log.settledIDs == [])
  }

  @Test("one payment is offset with several only where that was chosen")
  func oneToMany() throws {
    for (saving, settled) in [("bilateral_offset", []), ("one_to_many_offset", [1, 2, 3, 4])] {
      var driver = try rtgs(saving, [0, 5], order: "fifo_bypass")
      for id in 1...3 { driver.pay(Int64(id), 0, 1, 20, at: Int64(id)) }
      driver.pay(4, 1, 0, 63, at: 4)
      #expect(driver.log.settledIDs == settled.map(Int64.init))
      #expect(driver.check.violation == nil)
    }
  }

  @Test("a strict order is kept by offsets: only what comes first in both queues is taken")
  func offsetsInOrder() throws {
    for (order, settled) in [("fifo", []), ("fifo_bypass", [2, 3])] {
      var driver = try rtgs("bilateral_offset", [0, 0, 0], order: order)
      driver.pay(1, 0, 2, 50, at: 0)
      driver.pay(2, 0, 1, 50, at: 1)
      driver.pay(3, 1, 0, 50, at: 2)
      #expect(driver.log.settledIDs == settled.map(Int64.init))
    }
  }

  @Test("three payments in a circle settle at the next interval, at one moment")
  func gridlock() throws {
    var driver = try rtgs("gridlock_resolution", [0, 0, 0])
    driver.pay(1, 0, 1, 10, at: 1)
    driver.pay(2, 1, 2, 10, at: 2)
    driver.pay(3, 2, 0, 10, at: 3)
    #expect(driver.system.nextTimer == 60 * second)
    #expect(driver.log.settledIDs == [])
    let events = driver.advance(to: 61 * second)
    #expect(events.settledIDs == [1, 2, 3])
    #expect(events.settlements.allSatisfy { $0.at == 60 * second })
    #expect(driver.system.nextTimer == nil)
    #expect(driver.check.violation == nil)
  }

  @Test("a circulation settles what goes round, payments in part")
  func circulation() throws {
    var driver = try rtgs("maximum_circulation", [0, 0, 0])
    driver.pay(1, 0, 1, 10, at: 1)
    driver.pay(2, 1, 2, 7, at: 2)
    driver.pay(3, 2, 0, 12, at: 3)
    let events = driver.advance(to: 60 * second)
    #expect(events.settlements.map(\.settlement.amount) == [7, 7, 7])
    #expect(events.settlements.map(\.settlement.remaining) == [3, 0, 5])
    #expect((0..<3).map(driver.system.balance) == [0, 0, 0])
    #expect(driver.check.violation == nil)
  }

  @Test("hybrid: urgent at once, the others offset, and after their patience by themselves")
  func hybrid() throws {
    var driver = try SettlementDriver(
      "hybrid_offset",
      ["interval": .duration(.seconds(60)), "patience": .duration(.seconds(600))],
      [having(100), having(0)])
    #expect(driver.pay(1, 0, 1, 10, at: 1, .urgent).settledIDs == [1])
    #expect(driver.pay(2, 0, 1, 40, at: 2).reasons == [.awaitingOffset])
    // 30 is more than half of 40, and leaves 10 to be paid.
    #expect(driver.pay(3, 1, 0, 30, at: 3).settledIDs == [2, 3])
    #expect(driver.system.balance(0) == 80)
    #expect(driver.check.violation == nil)
  }

  @Test("hybrid: an offset needs its minimum match")
  func minimumMatch() throws {
    for (percent, settled) in [(50, []), (25, [1, 2])] {
      var driver = try SettlementDriver(
        "hybrid_offset", ["minimum_match": .integer(percent)], [having(100), having(0)])
      driver.pay(1, 0, 1, 40, at: 1)
      driver.pay(2, 1, 0, 15, at: 2)
      #expect(driver.log.settledIDs == settled.map(Int64.init))
    }
  }
}
