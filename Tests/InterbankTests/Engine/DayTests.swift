import Declared
import Interbank
import Testing

@Suite("Days, batches and release rules")
struct DayTests {
  @Test("what waits at the close is carried over, or goes back, as the parameter says")
  func close() throws {
    for (rule, reasons) in [
      ("carry_over", []), ("return", [SettlementReason.unsettledAtClose]),
    ] {
      var driver = try SettlementDriver(
        "rtgs", ["at_close": .choice(rule)], [having(0), having(0)])
      driver.pay(1, 0, 1, 5, at: 0)
      driver.endDay(at: 10)
      #expect(Array(driver.log.reasons.dropFirst()) == reasons)
      #expect(driver.system.indicators.days[0].unsettledAtClose == 5)
      driver.startDay(at: 20)
      #expect(driver.adjust(0, by: 5, at: 30) == nil)
      #expect(driver.log.settledIDs == (rule == "return" ? [] : [1]))
      #expect(driver.check.violation == nil)
    }
  }

  @Test("a day that is stopped is recorded as far as it came, and what waits stays as it is")
  func stop() throws {
    for rule in ["carry_over", "return"] {
      let mode = try SettlementModeRegistry.make("rtgs", parameters: ["at_close": .choice(rule)])
      var system = InterbankSystem(mode: mode, participants: [having(3), having(0)])
      _ = system.startDay(at: 0)
      for (id, payer, amount) in [(1, 0, 3), (2, 0, 5), (3, 1, 4)] as [(Int64, Int, Int64)] {
        let payment = InterbankPayment(
          id: id, payer: payer, payee: 1 - payer, amount: amount, submitted: 1)
        _ = system.submit(payment, at: 1)
      }
      #expect(system.stop(at: 10).isEmpty && !system.isOpen && system.nextTimer == nil)
      #expect(system.waiting.map(\.id) == [2, 3] && system.waiting.map(\.remaining) == [5, 4])
      #expect((0..<2).map(system.balance) == [0, 3])
      let day = try #require(system.indicators.days.first)
      #expect(day.unsettledAtClose == 9 && day.close == 10 && day.settledValue == 3)
    }
  }

  @Test("what is handed in while the system is closed is taken up when the day starts")
  func warehoused() throws {
    let mode = try SettlementModeRegistry.make("rtgs")
    var driver = SettlementDriver(mode, [having(10), having(0)])
    #expect(driver.pay(1, 0, 1, 10, at: 5).reasons == [.systemClosed])
    driver.startDay(at: 100)
    #expect(driver.log.settlements.map(\.at) == [100])
    driver.endDay(at: 200)
    #expect(driver.system.indicators.counts.delay.max == 95)
    #expect(driver.system.indicators.days[0].settlementDelay == 0)
    #expect(driver.check.violation == nil)
  }

  @Test("a batch settles net on the same accounts, all or nothing, and sets queues free")
  func batch() throws {
    var driver = try SettlementDriver("rtgs", [:], [having(10), having(0), having(0)])
    driver.pay(1, 2, 0, 3, at: 0)
    func payment(_ id: Int64, _ payer: Int, _ payee: Int, _ amount: Int64) -> InterbankPayment {
      InterbankPayment(id: id, payer: payer, payee: payee, amount: amount, submitted: 0)
    }
    let tooMuch = [payment(2, 0, 1, 100), payment(3, 1, 0, 89)]
    #expect(
      driver.settleTogether(tooMuch, at: 1)
        == GroupObstacle(participant: 0, reason: .liquidityCoverMissing, missing: 1))
    #expect(driver.log.settledIDs == [])
    #expect((0..<3).map(driver.system.balance) == [10, 0, 0])
    let fits = [payment(4, 0, 1, 100), payment(5, 1, 0, 95), payment(6, 1, 2, 5)]
    #expect(driver.settleTogether(fits, at: 2) == nil)
    #expect(driver.log.settledIDs == [4, 5, 6, 1])
    #expect((0..<3).map(driver.system.balance) == [8, 0, 2])
    #expect(driver.check.violation == nil)
  }

  @Test("what is taken back while the system is closed sets nothing free before it opens")
  func cancelAtNight() throws {
    var driver = try SettlementDriver("rtgs", [:], [having(10), having(0)])
    driver.pay(1, 0, 1, 11, at: 0)
    driver.pay(2, 0, 1, 10, at: 0)
    driver.endDay(at: 10)
    #expect(
      driver.cancel(1, payer: 0, at: 20) == [
        .returned(id: 1, amount: 11, .cancelled, at: 20)
      ])
    driver.startDay(at: 30)
    #expect(driver.log.settlements.map(\.at) == [30])
    #expect(driver.check.violation == nil)
  }

  @Test("a payment that is taken back goes to its payer, and sets those behind it free")
  func cancel() throws {
    var driver = try SettlementDriver("rtgs", [:], [having(10), having(0)])
    driver.pay(1, 0, 1, 11, at: 0)
    driver.pay(2, 0, 1, 10, at: 1)
    let events = driver.cancel(1, payer: 0, at: 2)
    #expect(events.first == .returned(id: 1, amount: 11, .cancelled, at: 2))
    #expect(events.settledIDs == [2])
    #expect(driver.cancel(1, payer: 0, at: 3) == [])
    #expect(driver.check.violation == nil)
  }

  @Test("money that leaves may use credit, and no more")
  func adjust() throws {
    let terms = ParticipantTerms(openingBalance: 10, creditCap: 5)
    var driver = try SettlementDriver("rtgs", [:], [terms, having(0)])
    #expect(driver.adjust(0, by: -16, at: 0)?.missing == 1)
    #expect(driver.adjust(0, by: -15, at: 0) == nil)
    #expect(driver.system.totalBalance == -5)
    #expect(driver.check.violation == nil)
  }

  @Test("urgency: normal payments are released shortly before their deadline, or at the close")
  func urgency() throws {
    var terms = having(100)
    terms.releaseRule = .urgency(lead: 10)
    var driver = try SettlementDriver("rtgs", [:], [terms, having(0)])
    #expect(driver.pay(1, 0, 1, 1, at: 0, .urgent).settledIDs == [1])
    #expect(driver.pay(2, 0, 1, 1, at: 0, deadline: 50).reasons == [.heldByPayer])
    driver.pay(3, 0, 1, 1, at: 1)
    #expect(driver.system.nextTimer == 40)
    driver.endDay(at: 100)
    #expect(driver.log.settlements.map(\.at) == [0, 40, 100])
    #expect(driver.check.violation == nil)
  }

  @Test("time: nothing is released before the participant's own hour")
  func time() throws {
    var terms = having(100)
    terms.releaseRule = .time(opening: 30)
    var driver = try SettlementDriver("rtgs", [:], [terms, having(0)], startAt: 1_000)
    driver.pay(1, 0, 1, 1, at: 1_010, .urgent)
    driver.pay(2, 0, 1, 1, at: 1_030)
    #expect(driver.log.settlements.map(\.at) == [1_030, 1_030])
    #expect(driver.check.violation == nil)
  }

  @Test("time: the day tells when, as clocks are set on some days")
  func toldTime() throws {
    var terms = having(100)
    terms.releaseRule = .time(opening: 30)
    let mode = try SettlementModeRegistry.make("rtgs")
    var driver = SettlementDriver(mode, [terms, terms])
    driver.startDay(at: 1_000, SettlementDay(opening: 900, releases: [1_040, nil]))
    driver.pay(1, 0, 1, 1, at: 1_010)
    // 30 after the opening has passed for the other.
    driver.pay(2, 1, 0, 1, at: 1_020)
    driver.advance(to: 1_050)
    #expect(driver.log.settlements.map(\.at) == [1_020, 1_040])
    #expect(driver.check.violation == nil)
  }

  @Test("cycles, intervals and hours count from the opening, not from the first payment")
  func opening() throws {
    for mode in ["deferred_net", "rtgs"] {
      let name = mode == "rtgs" ? "interval" : "cycle"
      var parameters: [String: ParameterValue] = [name: .duration(.seconds(100))]
      if mode == "rtgs" { parameters["liquidity_saving"] = .choice("gridlock_resolution") }
      var driver = SettlementDriver(
        try SettlementModeRegistry.make(mode, parameters: parameters), [having(0), having(0)])
      driver.startDay(at: 250 * second, SettlementDay(opening: 30 * second))
      driver.pay(1, 0, 1, 5, at: 250 * second)
      driver.pay(2, 1, 0, 5, at: 260 * second)
      driver.endDay(at: 10_000 * second)
      #expect(driver.log.settlements.map(\.at) == [330 * second, 330 * second], "\(mode)")
    }
    var late = SettlementDriver(try SettlementModeRegistry.make("rtgs"), [having(9), having(0)])
    late.startDay(at: 7_300 * second, SettlementDay(opening: 0))
    late.pay(1, 0, 1, 9, at: 7_300 * second)
    late.endDay(at: 10_000 * second)
    #expect(late.system.indicators.throughput.prefix(4) == [0, 0, 1, 1])
  }

  @Test("position: payments follow what was received, in order")
  func position() throws {
    var terms = having(100)
    terms.releaseRule = .position(share: 1_000_000)
    var driver = try SettlementDriver("rtgs", [:], [terms, having(100)])
    driver.pay(1, 0, 1, 20, at: 0)
    driver.pay(2, 0, 1, 20, at: 1)
    driver.pay(3, 0, 1, 20, at: 2)
    #expect(driver.log.settledIDs == [1])
    driver.pay(4, 1, 0, 19, at: 3)
    #expect(driver.log.settledIDs == [1, 4])
    driver.pay(5, 1, 0, 1, at: 4)
    #expect(driver.log.settledIDs == [1, 4, 5, 2])
    driver.endDay(at: 5)
    #expect(driver.log.settledIDs == [1, 4, 5, 2, 3])
    #expect(driver.check.violation == nil)
  }
}
