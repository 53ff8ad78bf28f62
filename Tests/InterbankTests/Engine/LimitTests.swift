import Interbank
import Testing

@Suite("Credit, caps, limits and reservations")
struct LimitTests {
  @Test("secured credit is collateral after the haircut, beside unsecured credit")
  func credit() throws {
    let terms = ParticipantTerms(
      openingBalance: 10, creditCap: 5, collateral: 101, haircut: 100_000)
    #expect(terms.securedCredit == 90)
    var driver = try SettlementDriver("rtgs", [:], [terms, having(0)])
    #expect(driver.pay(1, 0, 1, 106, at: 0).reasons == [.liquidityCoverMissing])
    driver.cancel(1, payer: 0, at: 0)
    #expect(driver.pay(2, 0, 1, 105, at: 0).settledIDs == [2])
    #expect(driver.system.balance(0) == -95)
    driver.endDay(at: second)
    let participant = driver.system.indicators.participants[0]
    #expect(participant.peakCredit == 95)
    #expect(participant.peakSecuredCredit == 90)
    #expect(participant.peakUnsecuredCredit == 5)
    #expect(participant.creditTime == Int128(95 * second))
  }

  @Test("what a dealer or a clearing house owes is nobody's credit")
  func served() throws {
    let dealer = ParticipantTerms(openingBalance: 0, creditCap: 1_000, isServed: false)
    let bank = ParticipantTerms(openingBalance: 0, creditCap: 1_000)
    var driver = try SettlementDriver("rtgs", [:], [dealer, bank])
    #expect(driver.pay(1, 0, 1, 70, at: 0).settledIDs == [1])
    #expect(driver.pay(2, 1, 0, 100, at: second).settledIDs == [2])
    driver.endDay(at: 3 * second)
    // The dealer owed 70 for a second; the bank owes 30 for two.
    let inputs = driver.system.indicators.costInputs
    #expect(inputs.creditTime == Int128(30 * 2 * second))
    #expect(inputs.peakUnsecuredCredit == 30)
    #expect(driver.system.indicators.participants.map(\.peakCredit) == [0, 30])
  }

  @Test("a net debit cap counts what was received, and anew each day")
  func cap() throws {
    let terms = ParticipantTerms(openingBalance: 1_000, netDebitCap: 50)
    var driver = try SettlementDriver("rtgs", [:], [terms, having(100)])
    #expect(driver.pay(1, 0, 1, 50, at: 0).settledIDs == [1])
    #expect(driver.pay(2, 0, 1, 30, at: 1).reasons == [.netDebitCapExceeded])
    #expect(driver.pay(3, 1, 0, 30, at: 2).settledIDs == [3, 2])
    #expect(driver.pay(4, 0, 1, 40, at: 3).reasons == [.netDebitCapExceeded])
    driver.endDay(at: 10)
    driver.startDay(at: 20)
    #expect(driver.log.settledIDs == [1, 3, 2, 4])
    #expect(driver.check.violation == nil)
  }

  @Test("a bilateral limit stops payments to one counterparty and not to others")
  func bilateral() throws {
    let terms = ParticipantTerms(openingBalance: 1_000, bilateralLimit: 50)
    var driver = try SettlementDriver(
      "rtgs", ["queue_order": .choice("fifo_bypass")], [terms, having(100), having(0)])
    #expect(driver.pay(1, 0, 1, 51, at: 0).reasons == [.bilateralLimitExceeded])
    #expect(driver.pay(2, 0, 2, 50, at: 0).settledIDs == [2])
    #expect(driver.pay(3, 1, 0, 1, at: 0).settledIDs == [3, 1])
    #expect(driver.check.violation == nil)
  }

  @Test("a limit towards a named counterparty is in place of the general one")
  func named() throws {
    let general = ParticipantTerms(
      openingBalance: 1_000, bilateralLimit: 50, bilateralLimits: [1: 10])
    let only = ParticipantTerms(openingBalance: 1_000, bilateralLimits: [0: 10])
    var driver = try SettlementDriver(
      "rtgs", ["queue_order": .choice("fifo_bypass")], [general, only, having(0)])
    #expect(driver.pay(1, 0, 1, 11, at: 0).reasons == [.bilateralLimitExceeded])
    #expect(driver.pay(2, 0, 2, 51, at: 0).reasons == [.bilateralLimitExceeded])
    #expect(driver.pay(3, 0, 2, 50, at: 0).settledIDs == [3])
    #expect(driver.pay(4, 1, 2, 900, at: 0).settledIDs == [4])
    #expect(driver.pay(5, 1, 0, 1, at: 0).settledIDs == [5, 1])
    #expect(driver.pay(6, 1, 0, 21, at: 1).reasons == [.bilateralLimitExceeded])
    #expect(driver.pay(7, 1, 0, 20, at: 1).settledIDs == [7])
    #expect(driver.check.violation == nil)
  }

  @Test("normal payments leave the reservation alone; urgent ones draw it down")
  func reservation() throws {
    let terms = ParticipantTerms(openingBalance: 100, reservedForUrgent: 60)
    var driver = try SettlementDriver(
      "rtgs", ["queue_order": .choice("priority")], [terms, having(0)])
    #expect(driver.pay(1, 0, 1, 41, at: 0).reasons == [.liquidityReserved])
    #expect(driver.system.available(0, for: .normal) == 40)
    #expect(driver.pay(2, 0, 1, 30, at: 0, .urgent).settledIDs == [2])
    #expect(driver.system.available(0, for: .normal) == 40)
    #expect(driver.pay(3, 0, 1, 30, at: 0, .high).settledIDs == [3])
    #expect(driver.system.available(0, for: .normal) == 40)
    #expect(driver.log.settledIDs == [2, 3])
    #expect(driver.check.violation == nil)
  }

  @Test("payments that are none are rejected, each with its reason, and leave no trace")
  func defects() throws {
    var driver = try SettlementDriver("rtgs", [:], [having(10), having(10)])
    let defects: [(Int, Int, Int64, SettlementReason)] = [
      (0, 0, 1, .invalidParticipants), (0, 2, 1, .invalidParticipants),
      (-1, 0, 1, .invalidParticipants), (0, 1, 0, .invalidAmount), (0, 1, -5, .invalidAmount),
      (0, 1, InterbankPayment.maximumAmount + 1, .invalidAmount),
    ]
    for (index, (payer, payee, amount, reason)) in defects.enumerated() {
      let payment = InterbankPayment(
        id: Int64(index), payer: payer, payee: payee, amount: amount, submitted: 0)
      #expect(
        driver.system.submit(payment, at: 0) == [.rejected(id: Int64(index), reason, at: 0)])
    }
    driver.endDay(at: 1)
    #expect(driver.system.indicators.counts.rejected == defects.count)
    #expect(driver.system.indicators.counts.submitted == 0)
    #expect(driver.system.indicators.days[0].upperBound == 0)
  }

  @Test("every reason has a code of its own")
  func codes() {
    #expect(
      Set(SettlementReason.allCases.map(\.rawValue)).count == SettlementReason.allCases.count)
    #expect(
      Set(SettlementReason.allCases.map(\.description)).count == SettlementReason.allCases.count)
  }
}
