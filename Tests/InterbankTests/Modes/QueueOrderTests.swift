import Interbank
import Scenario
import Testing

@Suite("Queue orders")
struct QueueOrderTests {
  /// Five payments of a payer without money, which then comes in, 10 at a time.
  @Test(
    "waiting payments settle in the order that was chosen",
    arguments: [
      ("fifo", [1, 2, 3, 4, 5]), ("priority", [4, 2, 1, 3, 5]),
      ("earliest_deadline", [3, 5, 1, 2, 4]), ("smallest_first", [3, 2, 5, 1, 4]),
      ("fifo_bypass", [2, 3, 5, 1, 4]),
    ])
  func orders(order: String, expected: [Int64]) throws {
    var driver = try SettlementDriver(
      "rtgs", ["queue_order": .choice(order)], [having(0), having(0), having(1_000)])
    driver.pay(1, 0, 1, 30, at: 1)
    driver.pay(2, 0, 1, 8, at: 2, .high)
    driver.pay(3, 0, 1, 5, at: 3, deadline: 100)
    driver.pay(4, 0, 1, 40, at: 4, .urgent)
    driver.pay(5, 0, 1, 9, at: 5, deadline: 200)
    for step in 0..<10 { driver.pay(100 + Int64(step), 2, 0, 10, at: 10 + Int64(step)) }
    #expect(driver.log.settledIDs.filter { $0 < 100 } == expected)
    #expect(driver.check.violation == nil)
  }

  @Test("under a strict order a payment with cover waits behind one without; by-passing lets it go")
  func strictness() throws {
    for (order, reason) in [("fifo", SettlementReason.behindOthers), ("fifo_bypass", nil)] {
      var driver = try SettlementDriver(
        "rtgs", ["queue_order": .choice(order)], [having(10), having(0)])
      #expect(driver.pay(1, 0, 1, 11, at: 0).reasons == [.liquidityCoverMissing])
      let events = driver.pay(2, 0, 1, 10, at: 0)
      #expect(events.reasons == [reason].compactMap { $0 })
      #expect(events.settledIDs == (reason == nil ? [2] : []))
    }
  }

  @Test("an urgent payment goes before what waits under the priority order")
  func urgentPasses() throws {
    var driver = try SettlementDriver(
      "rtgs", ["queue_order": .choice("priority")], [having(10), having(0)])
    driver.pay(1, 0, 1, 11, at: 0)
    #expect(driver.pay(2, 0, 1, 10, at: 0, .urgent).settledIDs == [2])
  }

  @Test("a payment that brings money sets free what its payee has waiting, and so on")
  func cascade() throws {
    var driver = try SettlementDriver(
      "rtgs", [:], [having(10), having(0), having(0), having(0)])
    driver.pay(1, 2, 3, 10, at: 1)
    driver.pay(2, 1, 2, 10, at: 2)
    #expect(driver.pay(3, 0, 1, 10, at: 3).settledIDs == [3, 2, 1])
    #expect(driver.log.settlements.map(\.settlement.mechanism) == [.gross, .queue, .queue])
    #expect(driver.check.violation == nil)
  }

  @Test("a large payment settles in parts, as many as there is cover for")
  func splitting() throws {
    var driver = try SettlementDriver(
      "rtgs", ["maximum_part": .integer(30)], [having(70), having(100)])
    let events = driver.pay(1, 0, 1, 100, at: 0)
    #expect(events.settlements.map(\.settlement.amount) == [30, 30])
    #expect(events.settlements.allSatisfy { $0.settlement.mechanism == .split })
    #expect(driver.system.queueValue(0) == 40)
    #expect(driver.pay(2, 1, 0, 30, at: 1).settlements.map(\.settlement.amount) == [30, 30, 10])
    #expect(driver.check.violation == nil)
    let parts = PaymentSplitting.parts(of: 100, maximum: 30)
    let settled = driver.log.settlements.filter { $0.settlement.id == 1 }
    #expect(settled.map(\.settlement.amount) == parts)
  }

  @Test("no payment is cut into more than a thousand parts")
  func manyParts() throws {
    var driver = try SettlementDriver(
      "rtgs", ["maximum_part": .integer(1)], [having(1 << 50), having(0)])
    #expect(driver.pay(1, 0, 1, 1 << 50, at: 0).settlements.count <= 1_000)
    #expect(driver.log.settledIDs == [1])
  }
}
