import Declared
import Interbank
import Testing

@Suite("Managing a queue")
struct QueueManagementTests {
  @Test("a payment that becomes more urgent goes before those that came earlier")
  func reprioritise() throws {
    var driver = try SettlementDriver(
      "rtgs", ["queue_order": .choice("priority")], [having(0), having(0)])
    for id in 1...3 { driver.pay(Int64(id), 0, 1, 10, at: second) }
    let changed = driver.reprioritise(3, payer: 0, to: .urgent, at: 2 * second)
    #expect(changed == [.reprioritised(id: 3, .urgent, at: 2 * second)])
    // It is urgent already, another's, or unknown.
    for (id, payer, priority) in [(3, 0, PaymentPriority.urgent), (3, 1, .high), (9, 0, .high)] {
      let none = driver.reprioritise(Int64(id), payer: payer, to: priority, at: 2 * second)
      #expect(none == [])
    }
    let missing = driver.adjust(0, by: 20, at: 3 * second)
    #expect(missing == nil)
    #expect(driver.log.settledIDs == [3, 1])
    #expect(driver.check.violation == nil)
    #expect(driver.system.indicators.counts.reprioritised == 1)
  }

  @Test("what only urgent payments may use is there for one that becomes urgent, at once")
  func reserve() throws {
    var terms = having(10)
    terms.reservedForUrgent = 10
    var driver = try SettlementDriver("rtgs", [:], [terms, having(0)])
    driver.pay(1, 0, 1, 10, at: second)
    #expect(driver.log.reasons == [.liquidityReserved])
    driver.reprioritise(1, payer: 0, to: .urgent, at: 2 * second)
    #expect(driver.log.settlements.map(\.at) == [2 * second])
    #expect(driver.check.violation == nil)
  }

  @Test("a payment that its payer holds back is released when it becomes urgent")
  func held() throws {
    var terms = having(10)
    terms.releaseRule = .urgency(lead: second)
    var driver = try SettlementDriver("rtgs", [:], [terms, having(0)])
    driver.pay(1, 0, 1, 10, at: second, deadline: 100 * second)
    driver.reprioritise(1, payer: 0, to: .high, at: 2 * second)
    #expect(driver.system.heldCount == 1)
    let events = driver.reprioritise(1, payer: 0, to: .urgent, at: 3 * second)
    let first: [SettlementEvent] = [
      .reprioritised(id: 1, .urgent, at: 3 * second), .released(id: 1, at: 3 * second),
    ]
    #expect(Array(events.prefix(2)) == first)
    #expect(driver.log.settledIDs == [1])
    #expect(driver.check.violation == nil)
  }

  @Test("a payment that is handed in once more goes behind the others")
  func resubmit() throws {
    var driver = try SettlementDriver("rtgs", [:], [having(0), having(0)])
    for id in 1...3 { driver.pay(Int64(id), 0, 1, 10, at: second) }
    let again = driver.resubmit(1, payer: 0, at: 2 * second)
    #expect(again == [.resubmitted(id: 1, at: 2 * second)])
    let unknown = driver.resubmit(4, payer: 0, at: 2 * second)
    #expect(unknown == [])
    let missing = driver.adjust(0, by: 20, at: 3 * second)
    #expect(missing == nil)
    #expect(driver.log.settledIDs == [2, 3])
    #expect(driver.check.violation == nil)
    #expect(driver.system.indicators.counts.resubmitted == 1)
  }

  @Test("what stands in the way may be taken away or handed in again, and lets others go at once")
  func inTheWay() throws {
    for isResubmitted in [false, true] {
      var driver = try SettlementDriver("rtgs", [:], [having(20), having(0)])
      driver.pay(1, 0, 1, 50, at: second)
      driver.pay(2, 0, 1, 20, at: 2 * second)
      #expect(driver.log.settledIDs == [])
      if isResubmitted {
        driver.resubmit(1, payer: 0, at: 3 * second)
      } else {
        driver.cancel(1, payer: 0, at: 3 * second)
        #expect(driver.system.indicators.counts.cancelled == 1)
      }
      #expect(driver.log.settledIDs == [2])
      #expect(driver.check.violation == nil)
    }
  }

  @Test("caps and limits hold from the moment at which they change, and bind nobody backwards")
  func limits() throws {
    var driver = try SettlementDriver("rtgs", [:], [having(100), having(0), having(0)])
    driver.pay(1, 0, 1, 30, at: second)
    driver.change(0, .netDebitCap(20), at: 2 * second)
    driver.pay(2, 0, 1, 1, at: 3 * second)
    #expect(driver.log.reasons == [.netDebitCapExceeded])
    driver.change(0, .netDebitCap(nil), at: 4 * second)
    #expect(driver.log.settledIDs == [1, 2])
    driver.change(0, .bilateralLimit(40, to: 1), at: 5 * second)
    driver.change(0, .bilateralLimit(5, to: nil), at: 5 * second)
    driver.pay(3, 0, 1, 10, at: 6 * second)
    driver.pay(4, 0, 1, 5, at: 6 * second)
    driver.change(0, .bilateralLimit(41, to: 1), at: 7 * second)
    driver.endDay(at: 8 * second)
    #expect(driver.log.settledIDs == [1, 2, 3])
    #expect(driver.check.violation == nil)
  }

  @Test("collateral that is drawn on stays pledged")
  func collateral() throws {
    var terms = having(0)
    terms.collateral = 100
    terms.haircut = 100_000
    var driver = try SettlementDriver("rtgs", [:], [terms, having(0)])
    driver.pay(1, 0, 1, 45, at: second)
    // 45 drawn need 50 pledged, of which nine tenths are lent.
    let kept = driver.change(0, .collateral(10), at: 2 * second)
    #expect(kept == .collateral(50))
    driver.pay(2, 0, 1, 1, at: 3 * second)
    #expect(driver.log.settledIDs == [1])
    let raised = driver.change(0, .collateral(52), at: 4 * second)
    #expect(raised == .collateral(52))
    #expect(driver.log.settledIDs == [1, 2])
    driver.endDay(at: 5 * second)
    #expect(driver.check.violation == nil)
  }

  @Test("a payment becomes more urgent as its deadline nears, in steps, once it waits or at once")
  func rises() throws {
    let rises = [
      PriorityRise(within: 10 * second, priority: .high),
      PriorityRise(within: 4 * second, priority: .urgent),
    ]
    var driver = try SettlementDriver(
      "rtgs", ["queue_order": .choice("priority")], [having(0), having(0)], rises: rises)
    driver.pay(1, 0, 1, 10, at: second)
    driver.pay(2, 0, 1, 10, at: second, deadline: 20 * second)
    driver.pay(3, 0, 1, 10, at: second, deadline: 4 * second)
    driver.advance(to: 12 * second)
    driver.advance(to: 17 * second)
    let raised = driver.log.filter { if case .reprioritised = $0 { true } else { false } }
    #expect(
      raised == [
        .reprioritised(id: 3, .urgent, at: second), .reprioritised(id: 2, .high, at: 10 * second),
        .reprioritised(id: 2, .urgent, at: 16 * second),
      ])
    let missing = driver.adjust(0, by: 20, at: 18 * second)
    #expect(missing == nil)
    // Urgent both, they go in the order in which they came.
    #expect(driver.log.settledIDs == [2, 3])
    #expect(driver.check.violation == nil)
  }

  @Test("the check sees a rule broken that it was not told is another one")
  func judged() throws {
    var driver = try SettlementDriver("rtgs", [:], [having(10), having(0)])
    driver.change(0, .netDebitCap(5), at: second)
    let change = driver.system.change(0, .netDebitCap(nil), at: 2 * second)
    driver.check.observe(change.events)
    driver.pay(1, 0, 1, 10, at: 3 * second)
    #expect(driver.check.violation?.rule == .netDebitCap)
  }

  /// SimCash, test_rtgs_settlement.rs:461, where the data of the worked examples are present.
  @Test(
    "the queue in order to which money arrives in two parts gives its published times",
    .enabled(if: WorkedExample.isAtHand))
  func twoParts() throws {
    let name = "queue in order, money arrives in two parts"
    let example = try #require(WorkedExample.all.first { $0.name == name })
    var driver = try example.driver()
    for money in try #require(example.added_later) {
      let missing = driver.adjust(Int(money[1]), by: money[2], at: money[0] * second)
      #expect(missing == nil)
    }
    #expect(driver.log.settlements.map(\.at) == [4 * second, 5 * second])
    #expect(driver.log.settledIDs == [0, 1])
    #expect((0...1).map { driver.system.balance($0) } == example.expected_balances)
    #expect(driver.system.queueCount(0) == 1 && driver.check.violation == nil)
  }
}
