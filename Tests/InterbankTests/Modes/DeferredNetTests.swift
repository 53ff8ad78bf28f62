import Declared
import Interbank
import Scenario
import Testing

@Suite("Deferred net settlement")
struct DeferredNetTests {
  private func driver(
    _ parameters: [String: ParameterValue], _ balances: [Int64]
  ) throws -> SettlementDriver {
    let cycle = ["cycle": ParameterValue.duration(.seconds(60))]
    return try SettlementDriver(
      "deferred_net", cycle.merging(parameters) { $1 }, balances.map(having))
  }

  @Test("a cycle settles net: 100 each way needs only the difference")
  func net() throws {
    var driver = try driver([:], [10, 0])
    driver.pay(1, 0, 1, 100, at: 1)
    driver.pay(2, 1, 0, 90, at: 2)
    #expect(driver.log.reasons == [.awaitingCycle, .awaitingCycle])
    #expect(driver.advance(to: 60 * second).settledIDs == [1, 2])
    #expect((0..<2).map(driver.system.balance) == [0, 10])
    driver.endDay(at: 60 * second)
    #expect(driver.system.indicators.days[0].liquidityUsed == 10)
    #expect(driver.check.violation == nil)
  }

  @Test("a debtor's last payments move to the next cycle, as few as suffice")
  func movePayments() throws {
    var driver = try driver([:], [50, 0, 0])
    driver.pay(1, 0, 1, 30, at: 1)
    driver.pay(2, 0, 1, 20, at: 2)
    driver.pay(3, 0, 1, 10, at: 3)
    let events = driver.advance(to: 60 * second)
    #expect(events.settledIDs == [1, 2])
    #expect(events.last == .deferred(id: 3, .liquidityCoverMissing, at: 60 * second))
    driver.pay(4, 1, 0, 10, at: 61 * second)
    #expect(driver.advance(to: 120 * second).settledIDs == [3, 4])
    #expect(driver.check.violation == nil)
  }

  @Test("the payments moved are the last in the queue order")
  func order() throws {
    var driver = try driver(["queue_order": .choice("smallest_first")], [30, 0])
    driver.pay(1, 0, 1, 30, at: 1)
    driver.pay(2, 0, 1, 20, at: 2)
    driver.pay(3, 0, 1, 10, at: 3)
    #expect(driver.advance(to: 60 * second).settledIDs == [3, 2])
    #expect(driver.check.violation == nil)
  }

  @Test("unwinding a debtor moves all its payments, and those of others that relied on them")
  func unwind() throws {
    var driver = try driver(["shortfall": .choice("unwind_debtor")], [50, 0, 20])
    driver.pay(1, 0, 1, 30, at: 1)
    driver.pay(2, 0, 1, 40, at: 2)
    driver.pay(3, 1, 2, 20, at: 3)
    driver.pay(4, 2, 0, 15, at: 4)
    #expect(driver.advance(to: 60 * second).settledIDs == [4])
    #expect((0..<3).map(driver.system.balance) == [65, 0, 5])
    #expect(driver.check.violation == nil)
  }

  @Test("bilateral netting settles pair by pair, again as long as money comes in")
  func bilateral() throws {
    var driver = try driver(["netting": .choice("bilateral")], [10, 0, 0])
    driver.pay(1, 1, 2, 10, at: 1)
    driver.pay(2, 0, 1, 30, at: 2)
    driver.pay(3, 1, 0, 20, at: 3)
    driver.pay(4, 0, 2, 5, at: 4)
    let events = driver.advance(to: 60 * second)
    // 0 pays 1 the net 10, with which 1 pays 2; nothing is left for the last.
    #expect(events.settledIDs == [2, 3, 1])
    #expect(Set(events.settlements.map(\.settlement.group)).count == 2)
    #expect(driver.check.violation == nil)
  }

  @Test("in every small world a cycle settles the largest set that keeps each payer's order")
  func largest() throws {
    for seed in 0..<400 {
      var world = try RandomWorld(seed: seed, mode: "deferred_net", extras: false)
      world.parameters = ["at_close": .choice("return")]
      for index in world.terms.indices { world.terms[index].reservedForUrgent = 0 }
      world.days = [world.days[0]]
      world.days[0].steps = Array(world.days[0].steps.prefix(8))
      let driver = try world.run()
      let settled = driver.log.settlements.reduce(Int64(0)) { $0 + $1.settlement.amount }
      #expect(settled == OrderedSets(driver).largestValue, "\(world)")
      #expect(driver.check.violation == nil, "\(world)")
    }
  }
}

/// Every set of payments that holds with each payment the earlier ones of its payer, tried out.
struct OrderedSets {
  private var queues: [[InterbankPayment]]
  private let terms: [ParticipantTerms]

  init(_ driver: SettlementDriver) {
    terms = driver.terms
    queues = terms.indices.map { payer in driver.payments.filter { $0.payer == payer } }
  }

  /// Value of the largest that can settle at one moment.
  var largestValue: Int64 {
    var best: Int64 = 0
    var lengths = queues.map { _ in 0 }
    func visit(_ payer: Int) {
      if payer == queues.count {
        best = max(best, value(lengths) ?? 0)
        return
      }
      for length in 0...queues[payer].count {
        lengths[payer] = length
        visit(payer + 1)
      }
    }
    visit(0)
    return best
  }

  /// Its value; nil if it cannot settle.
  private func value(_ lengths: [Int]) -> Int64? {
    let count = terms.count
    var sent = Array(repeating: Array(repeating: Int64(0), count: count), count: count)
    var total: Int64 = 0
    for payer in 0..<count {
      for payment in queues[payer].prefix(lengths[payer]) {
        sent[payer][payment.payee] += payment.amount
        total += payment.amount
      }
    }
    for payer in 0..<count {
      let net = sent[payer].reduce(0, +) - sent.map { $0[payer] }.reduce(0, +)
      guard net <= terms[payer].openingBalance + terms[payer].credit else { return nil }
      guard net <= terms[payer].netDebitCap ?? .max else { return nil }
      for payee in 0..<count {
        let pair = sent[payer][payee] - sent[payee][payer]
        guard pair <= terms[payer].limit(to: payee) ?? .max else { return nil }
      }
    }
    return total
  }
}
