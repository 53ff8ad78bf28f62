import Declared
import Interbank
import Testing

@Suite("Mechanisms on worked examples", .enabled(if: WorkedExample.isAtHand))
struct WorkedMechanismTests {
  /// Mechanisms that settle payments of two banks alone.
  private static let ofPairs = ["bilateral_offset", "one_to_many_offset", "bilateral"]
  /// Those that settle whole payments of many.
  private static let ofMany = ["gridlock_resolution", "whole_payment"]
  private static let inParts = ["maximum_circulation"]
  private static let alone = ["none", "fifo", "reordering"]
  /// Which mechanisms reach the stated balances, by case; all others settle nothing.
  private static let reaching: [String: [String]] = [
    "bilateral, unequal": ofPairs + ofMany + inParts,
    "three each way, no money": ofPairs + ofMany + inParts,
    "cycle of three, equal": ofMany + inParts,
    "bilateral netting": ofPairs + ofMany + inParts,
    "many to many within pairs": ["bilateral", "whole_payment"] + inParts,
  ]

  private func run(_ example: WorkedExample, _ saving: ParameterValue) throws -> SettlementDriver {
    var driver = try example.driver(["liquidity_saving": saving])
    for added in example.added_later ?? [] {
      #expect(driver.adjust(Int(added[1]), by: added[2], at: added[0] * second) == nil)
    }
    driver.endDay(at: 600 * second)
    #expect(driver.check.violation == nil, "\(example.name), \(saving)")
    return driver
  }

  private func balances(_ driver: SettlementDriver) -> [Int64] {
    (0..<driver.system.participants).map(driver.system.balance)
  }

  @Test(
    "each reaches what the example states, or settles nothing where it cannot",
    arguments: LiquiditySavingRegistry.family.names + ["none"])
  func single(mechanism: String) throws {
    for (name, reaching) in Self.reaching {
      let example = try #require(WorkedExample.all.first { $0.name == name })
      let driver = try run(example, .choice(mechanism))
      let payable = example.payments.indices.filter {
        name != "many to many within pairs" || $0 > 0
      }
      let isReached = reaching.contains(mechanism)
      #expect(
        driver.log.settledIDs.sorted() == (isReached ? payable.map(Int64.init) : []),
        "\(name), \(mechanism)")
      #expect(balances(driver) == (isReached ? example.expected_balances : example.balances))
    }
  }

  @Test("a sequence of all but splitting reaches the stated balances of every example")
  func sequence() throws {
    let saving = ParameterValue.members(
      (["fifo"] + Self.ofPairs + Self.ofMany).map { MemberChoice($0) })
    for example in WorkedExample.all {
      guard let expected = example.expected_balances else { continue }
      #expect(balances(try run(example, saving)) == expected, "\(example.name)")
    }
  }

  @Test("what settles by itself is the same with every mechanism")
  func byItself() throws {
    for name in [
      "cycle of three, net covered by credit", "two periods, second bank brings 0.20",
      "queue in order, money arrives in two parts",
    ] {
      let example = try #require(WorkedExample.all.first { $0.name == name })
      for mechanism in LiquiditySavingRegistry.family.names {
        let driver = try run(example, .choice(mechanism))
        // Parts of what waits for more money settle where they may, and pass nothing.
        guard
          name != "queue in order, money arrives in two parts" || mechanism != "maximum_circulation"
        else { continue }
        #expect(balances(driver) == example.expected_balances, "\(name), \(mechanism)")
      }
    }
  }

  @Test("a net above the credit fails whole; of a set-off 30, 30 and 0 remain")
  func inParts() throws {
    let fails = try #require(
      WorkedExample.all.first { $0.name == "cycle of three, net above the credit: fails whole" })
    for mechanism in Self.ofPairs + Self.ofMany + Self.alone {
      #expect(balances(try run(fails, .choice(mechanism))) == fails.expected_balances)
    }
    let setOff = try #require(WorkedExample.all.first { $0.name == "set-off of a cycle" })
    let driver = try run(setOff, .choice("maximum_circulation"))
    #expect(driver.log.settlements.map(\.settlement.amount) == [70, 70, 70])
    #expect(driver.log.settlements.map(\.settlement.remaining) == [30, 30, 0])
    #expect(balances(driver) == [0, 0, 0])
  }
}

@Suite("Mechanisms on the cases of Project Ubin", .enabled(if: UbinCase.isAtHand))
struct UbinMechanismTests {
  private func run(_ ubin: UbinCase, _ saving: ParameterValue) throws -> SettlementDriver {
    let world = ubin.world
    var driver = try SettlementDriver(
      "rtgs", ["liquidity_saving": saving], world.available.map(having))
    for (id, payment) in world.queue.enumerated() {
      driver.pay(Int64(id), payment.payer, payment.payee, payment.amount, at: 0)
    }
    driver.endDay(at: 600 * second)
    #expect(driver.check.violation == nil, "\(ubin.name)")
    return driver
  }

  @Test("resolution in order ends with the derived balances", arguments: UbinCase.all)
  func inOrder(ubin: UbinCase) throws {
    let derived = try #require(ubin.derived)
    for saving in [
      ParameterValue.choice("gridlock_resolution"),
      .members([MemberChoice("fifo"), MemberChoice("gridlock_resolution")]),
    ] {
      let driver = try run(ubin, saving)
      let final = ubin.banks.indices.map(driver.system.balance)
      #expect(Dictionary(uniqueKeysWithValues: zip(ubin.banks, final)) == derived.fifo_final)
    }
  }

  @Test("out of order no less settles, and no more than the best subset", arguments: UbinCase.all)
  func outOfOrder(ubin: UbinCase) throws {
    let derived = try #require(ubin.derived)
    let driver = try run(
      ubin, .members([MemberChoice("gridlock_resolution"), MemberChoice("whole_payment")]))
    let value = driver.log.settlements.reduce(Int64(0)) { $0 + $1.settlement.amount }
    let best = derived.max_value_subset ?? derived.fifo_bech_soramaki_settled
    #expect((derived.fifo_bech_soramaki_settled...best).contains(value), "\(ubin.name)")
  }
}
