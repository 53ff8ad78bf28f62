import Declared
import Foundation
import Testing

@testable import Interbank

/// The interbank cases of a collection of worked examples, where it is at hand.
struct WorkedExample: Decodable, CustomTestStringConvertible, Sendable {
  struct Examples: Decodable { var cases: [WorkedExample] }
  var name: String
  var balances: [Int64]
  var credit: [Int64]?
  var payments: [[Int64]]
  var expected_balances: [Int64]?
  var added_later: [[Int64]]?

  var testDescription: String { name }

  static let path = UbinCase.path.replacing("ubin_lsm/cases", with: "worked_examples/interbank")
  static let isAtHand = FileManager.default.isReadableFile(atPath: path)
  /// Those in which all payments wait at once.
  static let all: [WorkedExample] =
    isAtHand
    ? (try! JSONDecoder().decode(
      Examples.self, from: Data(contentsOf: URL(fileURLWithPath: path)))).cases : []

  var terms: [ParticipantTerms] {
    balances.indices.map {
      ParticipantTerms(openingBalance: balances[$0], creditCap: credit?[$0] ?? 0)
    }
  }

  /// The system after all payments were handed in, with nothing settled but one by one.
  func driver(_ parameters: [String: ParameterValue] = [:]) throws -> SettlementDriver {
    var driver = try SettlementDriver("rtgs", parameters, terms)
    for (number, payment) in payments.enumerated() {
      driver.pay(
        Int64(number), Int(payment[1]), Int(payment[2]), payment[3], at: payment[0] * second)
    }
    return driver
  }
}

@Suite("Gridlock and deadlock of worked examples", .enabled(if: WorkedExample.isAtHand))
struct WorkedStallTests {
  private func example(_ name: String) throws -> WorkedExample {
    try #require(WorkedExample.all.first { $0.name == name })
  }

  @Test("a queue that can be netted is in gridlock, one that cannot in deadlock")
  func states() throws {
    for (name, state) in [
      ("bilateral, unequal", Gridlock.State.gridlock),
      ("three each way, no money", .gridlock), ("cycle of three, equal", .gridlock),
      ("cycle of three, net covered by credit", .none),
      ("cycle of three, net above the credit: fails whole", .deadlock),
      ("queue in order, money arrives in two parts", .deadlock),
      ("set-off of a cycle", .deadlock), ("bilateral netting", .gridlock),
      ("two periods, second bank brings 0.20", .none),
      ("many to many within pairs", .gridlock),
    ] {
      var system = try example(name).driver().system
      #expect(system.state.stall() == state, "\(name)")
    }
  }

  @Test("a queue of which parts circulate is in gridlock where parts may settle")
  func parts() throws {
    let saving: [String: ParameterValue] = ["liquidity_saving": .choice("maximum_circulation")]
    var system = try example("set-off of a cycle").driver(saving).system
    #expect(system.state.stall() == .gridlock)
  }

  @Test("what would settle, and how much is missing, is what the example says")
  func standing() throws {
    let unequal = try #require(try example("bilateral, unequal").driver().system.standingQueue)
    #expect(unequal.inOrder.count == 2 && unequal.missingLiquidity == 0)
    let fails = try example("cycle of three, net above the credit: fails whole").driver()
    let queue = try #require(fails.system.standingQueue)
    // B pays 300,000 net and has 100,000 and as much credit.
    #expect(queue.inOrder.count == 0 && queue.outOfOrder.count == 0)
    #expect(queue.shortfalls.map(\.participant) == [1] && queue.missingLiquidity == 100_000)
    let pairs = try #require(
      try example("many to many within pairs").driver().system.standingQueue)
    #expect(pairs.inOrder.count == 0)
    #expect(pairs.outOfOrder.count == 4 && pairs.outOfOrder.value == 22)
    #expect(pairs.missingLiquidity == 100)
  }

  @Test("the time in each state ends with the payment that brings the money")
  func times() throws {
    let example = try example("queue in order, money arrives in two parts")
    var driver = try example.driver()
    for added in try #require(example.added_later) {
      #expect(driver.adjust(Int(added[1]), by: added[2], at: added[0] * second) == nil)
    }
    driver.endDay(at: 10 * second)
    // From 1 s, when the first could not settle, to the end, as the third waits for ever.
    #expect(driver.system.indicators.counts.deadlockTime == 9 * second)
    #expect(driver.system.indicators.counts.gridlockTime == 0)
    #expect(driver.system.balance(1) == example.expected_balances?[1])
  }
}

@Suite("Stalls of a running system")
struct StallTests {
  /// The state by trying every set of what waits, with the engine's own check of a group.
  private func exact(_ system: InterbankSystem) -> Gridlock.State {
    var state = system.state
    let candidates = state.waiting()
    let order = state.rule.order
    for pick in candidates where !order.isStrict || pick.index == 0 {
      let payment = state.payment(pick)
      let part = min(pick.amount, state.maximumPart(of: payment))
      if state.accounts.obstacle(
        payment.payer, to: payment.payee, amount: part, payment.priority) == nil
      {
        return .none
      }
    }
    for mask in 1..<max(1, 1 << candidates.count) {
      let set = candidates.indices.filter { mask >> $0 & 1 == 1 }.map { candidates[$0] }
      if state.obstacle(of: state.legs(set)) == nil { return .gridlock }
    }
    return candidates.isEmpty ? .none : .deadlock
  }

  @Test("the state is right after every step, though most are not searched for anew")
  func everyStep() throws {
    var seen: Set<Gridlock.State> = []
    for seed in 0..<400 {
      for mode in ["rtgs", "continuous_net", "hybrid_offset"] {
        var world = try RandomWorld(seed: seed, mode: mode)
        if world.mayRun("maximum_circulation") {
          world.parameters["liquidity_saving"] = .choice("none")
        }
        try world.run { driver in
          guard driver.system.state.isOpen, driver.system.state.queuedCount < 9 else { return }
          let found = driver.system.state.stall()
          let exact = exact(driver.system)
          // What is reserved for urgent payments makes a search one-sided.
          let isReserved = driver.terms.contains { $0.reservedForUrgent > 0 }
          #expect(found == exact || (found == .unknown && isReserved), "\(world)")
          seen.insert(found)
        }
      }
    }
    #expect(seen.isSuperset(of: [.none, .gridlock, .deadlock]))
  }

  @Test("time in each state is exact, however the moments lie")
  func exactTime() throws {
    var driver = try SettlementDriver("rtgs", [:], [having(0), having(0), having(0)])
    driver.pay(1, 0, 1, 10, at: 1 * second)
    driver.pay(2, 1, 0, 10, at: 8 * second)
    #expect(driver.adjust(0, by: 10, at: 11 * second) == nil)
    driver.pay(3, 2, 0, 4, at: 12 * second)
    driver.endDay(at: 20 * second)
    let counts = driver.system.indicators.counts
    #expect(counts.deadlockTime == (7 + 8) * second)
    #expect(counts.gridlockTime == 3 * second)
    #expect(counts.unknownStallTime == 0)
  }

  @Test("payments that could settle only out of order are in gridlock, not short of money")
  func outOfOrder() throws {
    var driver = try SettlementDriver("rtgs", [:], [having(8), having(0), having(0)])
    driver.pay(1, 0, 2, 50, at: 0)
    driver.pay(2, 0, 1, 8, at: 0)
    driver.endDay(at: second)
    #expect(driver.system.indicators.counts.gridlockTime == second)
  }

  @Test("what cannot be told within the work allowed is unknown, and no deadlock")
  func unknown() throws {
    // Whole payments of 70 and 110 never match 1,001, in part they would.
    var driver = try SettlementDriver("rtgs", [:], [having(0), having(0)])
    for index in 0..<60 {
      driver.pay(Int64(index), 0, 1, index % 2 == 0 ? 70 : 110, at: 0)
    }
    driver.pay(60, 1, 0, 1_001, at: 0)
    driver.endDay(at: second)
    let counts = driver.system.indicators.counts
    #expect(counts.unknownStallTime == second && counts.deadlockTime == 0)
  }

  @Test("an unchanged queue is not searched again, and a changed one only where it can matter")
  func work() throws {
    var driver = try SettlementDriver("rtgs", [:], [having(0), having(0), having(0), having(0)])
    driver.pay(1, 0, 1, 10, at: 0)
    driver.pay(2, 1, 2, 10, at: 0)
    driver.advance(to: second)
    let number = driver.system.state.stalls.number
    for step in 2..<50 {
      driver.advance(to: Int64(step) * second)
      // Nobody pays these: more of the same cannot settle either.
      driver.pay(Int64(step + 10), 0, 1, 10, at: Int64(step) * second)
    }
    #expect(driver.system.state.stalls.number == number)
    driver.pay(3, 2, 0, 10, at: 60 * second)
    driver.advance(to: 61 * second)
    #expect(driver.system.state.stalls.number == number + 1)
    #expect(driver.system.indicators.counts.gridlockTime == second)
  }
}

@Suite("What waits at the end")
struct StandingQueueTests {
  @Test("nothing waits: there is nothing to say")
  func empty() throws {
    var driver = try SettlementDriver("rtgs", [:], [having(0), having(0)])
    driver.pay(1, 0, 1, 10, at: 0)
    #expect(driver.adjust(0, by: 10, at: second) == nil)
    #expect(driver.system.standingQueue == nil)
  }

  @Test("what binds is named: cover, cap, limit, order")
  func causes() throws {
    var capped = having(100)
    capped.netDebitCap = 5
    var limited = having(100)
    limited.bilateralLimits = [0: 7]
    var driver = try SettlementDriver("rtgs", [:], [having(0), capped, limited])
    driver.pay(1, 0, 1, 10, at: 0)
    driver.pay(2, 0, 1, 20, at: 0)
    driver.pay(3, 1, 2, 40, at: 0)
    driver.pay(4, 2, 0, 9, at: 0)
    let queue = try #require(driver.system.standingQueue)
    #expect(
      queue.causes.map(\.reason) == [
        .liquidityCoverMissing, .netDebitCapExceeded, .bilateralLimitExceeded,
      ])
    #expect(queue.causes.map(\.count) == [2, 1, 1] && queue.all.value == 79)
    // 0 pays 21 net, 1 pays 10 net, 2 pays 9 to 0.
    #expect(
      queue.shortfalls == [
        .init(participant: 0, kind: .liquidity, amount: 21),
        .init(participant: 1, kind: .netDebitCap, amount: 5),
        .init(participant: 2, kind: .bilateralLimit(payee: 0), amount: 2),
      ])
    #expect(queue.missingLiquidity == 21)
  }

  @Test(
    "with exactly what is missing all of it settles net, and with a unit less not",
    arguments: 0..<300)
  func missing(seed: Int) throws {
    let world = NettingWorld(seed: seed)
    let terms = world.available.map { having(max(0, $0)) }
    func settled(_ more: (Int, Int128) -> Int64) throws -> (StandingQueue?, Int) {
      var driver = try SettlementDriver("deferred_net", [:], terms)
      for (id, payment) in world.queue.enumerated() {
        driver.pay(Int64(id), payment.payer, payment.payee, payment.amount, at: 0)
      }
      let queue = driver.system.standingQueue
      for shortfall in queue?.shortfalls ?? [] {
        let amount = more(shortfall.participant, shortfall.amount)
        #expect(driver.adjust(shortfall.participant, by: amount, at: 0) == nil)
      }
      driver.endDay(at: second)
      return (queue, driver.log.settledIDs.count)
    }
    let (queue, count) = try settled { Int64($1) }
    #expect(count == world.queue.count, "\(world)")
    guard let queue, queue.missingLiquidity > 0 else { return }
    let first = queue.shortfalls[0].participant
    let fewer = try settled { $0 == first ? Int64($1) - 1 : Int64($1) }
    #expect(fewer.1 < world.queue.count, "\(world)")
  }
}
