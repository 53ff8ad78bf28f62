import Declared
import Interbank
import Scenario
import Testing

/// A mode with parameters, for tests that hold in all of them.
struct ModeChoice: Sendable, CustomStringConvertible {
  var name: String
  var parameters: [String: ParameterValue]

  var description: String {
    let chosen = parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return "\(name) \(chosen.joined(separator: " "))"
  }

  /// Every mode with every combination of its choices, and with short intervals.
  static let all: [ModeChoice] = SettlementModeRegistry.all.flatMap { type in
    var choices = [ModeChoice(name: type.name, parameters: [:])]
    for parameter in type.parameters {
      let words: [String]
      switch parameter.kind {
      case .choice(let all): words = all
      case .members(let list): words = list.words
      default: continue
      }
      choices = choices.flatMap { choice in
        words.map { word in
          var choice = choice
          choice.parameters[parameter.name] = .choice(word)
          return choice
        }
      }
    }
    return choices.filter { $0.isPossible }
  }

  /// Where a payment above the cap is refused, none waits for a close that could give it back.
  private var isPossible: Bool {
    parameters["at_cap"] != .choice("reject") || parameters["at_close"] != .choice("return")
  }

  func driver(_ terms: [ParticipantTerms]) throws -> SettlementDriver {
    try SettlementDriver(name, parameters, terms)
  }
}

@Suite("Known failures of others")
struct KnownFailureTests {
  private static let minute = 60 * second
  private static let hour = 60 * minute

  @Test(
    "an account of 100 with three payments of 60 does not settle all three",
    arguments: ModeChoice.all)
  func threeOfSixty(choice: ModeChoice) throws {
    var driver = try choice.driver([having(100), having(0)])
    for id in 1...3 { driver.pay(Int64(id), 0, 1, 60, at: Int64(id) * second) }
    driver.advance(to: 20 * Self.hour)
    driver.endDay(at: 20 * Self.hour)
    // Unwinding takes all payments of a debtor out.
    let unwinds = choice.parameters["shortfall"] == .choice("unwind_debtor")
    #expect(driver.log.settledIDs.count == (unwinds ? 0 : 1))
    #expect(driver.system.balance(0) >= 0)
    #expect(driver.check.violation == nil)
  }

  @Test("a payment arriving 08:02 does not settle at 08:00", arguments: ModeChoice.all)
  func twoMinutesPast(choice: ModeChoice) throws {
    let (eight, past) = (8 * Self.hour, 8 * Self.hour + 2 * Self.minute)
    var driver = try choice.driver([having(100), having(100)])
    driver.pay(1, 0, 1, 60, at: 7 * Self.hour)
    driver.pay(2, 1, 0, 60, at: past)
    driver.endDay(at: 20 * Self.hour)
    for (settlement, at) in driver.log.settlements where settlement.id == 2 { #expect(at >= past) }
    #expect(driver.log.settledIDs.sorted() == [1, 2])
    #expect(driver.check.violation == nil)

    var early = try choice.driver([having(100), having(100)])
    let late = InterbankPayment(id: 2, payer: 1, payee: 0, amount: 60, submitted: past)
    #expect(early.submit(late, at: eight) == [.rejected(id: 2, .submittedInFuture, at: eight)])
  }

  @Test("what comes at the very end of a cycle belongs to the next")
  func atTheEnd() throws {
    var driver = try SettlementDriver(
      "deferred_net", ["cycle": .duration(.seconds(3_600))], [having(100), having(100)])
    driver.pay(1, 0, 1, 60, at: Self.hour - 1)
    #expect(driver.pay(2, 1, 0, 60, at: Self.hour).settledIDs == [1])
    #expect(driver.advance(to: 2 * Self.hour).settlements.map(\.at) == [2 * Self.hour])
  }

  /// Mojaloop issue 3482: participant 1 receives 500 in window 1 and sends them on in window 2.
  @Test("settling window 1 while window 2 is open does not break a participant's cover")
  func twoWindows() throws {
    var driver = try SettlementDriver(
      "continuous_net",
      ["window": .duration(.seconds(3_600)), "settlement_lag": .duration(.seconds(1_800))],
      [having(1_000), having(0), having(0)])
    driver.pay(1, 0, 1, 500, at: Self.minute)
    driver.advance(to: Self.hour)
    driver.pay(2, 1, 2, 500, at: Self.hour + Self.minute)
    #expect(driver.log.settledIDs == [1, 2])

    let paid = Self.hour + 30 * Self.minute
    #expect(
      driver.advance(to: paid) == [
        .positionSettled(participant: 0, amount: -500, at: paid),
        .positionSettled(participant: 1, amount: 500, at: paid),
      ])
    #expect(driver.system.balance(1) == 500)
    #expect(driver.system.position(1) == -500)
    // What window 2 needs can neither be sent again nor taken out.
    #expect(driver.pay(3, 1, 0, 1, at: paid).reasons == [.liquidityCoverMissing])
    #expect(driver.adjust(1, by: -1, at: paid)?.reason == .liquidityCoverMissing)
    driver.endDay(at: 3 * Self.hour)
    #expect((0..<3).map(driver.system.balance) == [500, 0, 500])
    #expect(driver.check.violation == nil)
  }

  @Test("what a closed and unpaid window needs cannot be taken out against a later one")
  func laterWindow() throws {
    var driver = try SettlementDriver(
      "continuous_net",
      ["window": .duration(.seconds(3_600)), "settlement_lag": .duration(.seconds(1_800))],
      [having(100), having(100)])
    driver.pay(1, 0, 1, 100, at: Self.minute)
    driver.advance(to: Self.hour)
    driver.pay(2, 1, 0, 100, at: Self.hour + Self.minute)
    #expect(driver.system.balance(0) == 100)
    #expect(driver.system.available(0, for: .normal) == 100)
    #expect(driver.adjust(0, by: -1, at: Self.hour + Self.minute)?.missing == 1)
    driver.endDay(at: 3 * Self.hour)
    #expect((0..<2).map(driver.system.balance) == [100, 100])
    #expect(driver.check.violation == nil)
  }

  @Test("a cycle that settles while the next is open takes no payment of that one")
  func deferredLag() throws {
    var driver = try SettlementDriver(
      "deferred_net",
      ["cycle": .duration(.seconds(3_600)), "settlement_lag": .duration(.seconds(1_800))],
      [having(500), having(0), having(0)])
    driver.pay(1, 0, 1, 500, at: Self.minute)
    driver.pay(2, 1, 2, 500, at: Self.hour + Self.minute)
    #expect(driver.advance(to: Self.hour + 30 * Self.minute).settledIDs == [1])
    #expect(driver.system.balance(1) == 500)
    #expect(driver.advance(to: 2 * Self.hour + 30 * Self.minute).settledIDs == [2])
    #expect(driver.check.violation == nil)
  }

  @Test("missing cover and an exceeded net debit cap have codes of their own")
  func distinctCodes() throws {
    let rich = ParticipantTerms(openingBalance: 1_000, netDebitCap: 50)
    let poor = ParticipantTerms(openingBalance: 10, netDebitCap: 500)
    var driver = try SettlementDriver(
      "continuous_net", ["at_cap": .choice("reject")], [rich, poor])
    #expect(
      driver.pay(1, 0, 1, 51, at: 0) == [.rejected(id: 1, .netDebitCapExceeded, at: 0)])
    #expect(
      driver.pay(2, 1, 0, 51, at: 0) == [.rejected(id: 2, .liquidityCoverMissing, at: 0)])
    #expect(driver.pay(3, 0, 1, 50, at: 0).settledIDs == [3])
    #expect(driver.pay(4, 1, 0, 60, at: 0).settledIDs == [4])
    #expect(driver.check.violation == nil)
  }
}
