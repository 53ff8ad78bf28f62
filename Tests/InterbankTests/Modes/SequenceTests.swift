import Declared
import Foundation
import Interbank
import Scenario
import Testing

@Suite("Mechanisms in sequence")
struct SequenceTests {
  private func rtgs(
    _ saving: ParameterValue, _ balances: [Int64], order: String = "fifo"
  ) throws -> SettlementDriver {
    try SettlementDriver(
      "rtgs", ["liquidity_saving": saving, "queue_order": .choice(order)], balances.map(having))
  }

  private func list(_ entries: (String, [String: ParameterValue])...) -> ParameterValue {
    .members(entries.map { MemberChoice($0.0, $0.1) })
  }

  private static let minute = 60 * second

  /// The mechanism of each settlement, in order.
  private func ways(_ events: [SettlementEvent]) -> [SettlementMechanism] {
    events.settlements.map(\.settlement.mechanism)
  }

  @Test("every file of Mechanisms declares one that is registered and explains itself")
  func files() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let files = try FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: "Sources/Interbank/Mechanisms").path)
    let types = LiquiditySavingRegistry.all.map { "\($0)" }.sorted()
    #expect(files.map { String($0.dropLast(".swift".count)) }.sorted() == types)
    for type in LiquiditySavingRegistry.all {
      #expect(type.explanation.count > 300)
      #expect(type.explanation.split(separator: "\n").allSatisfy { $0.count <= 100 })
      for parameter in type.parameters {
        #expect(type.explanation.contains(parameter.name), "\(type.name) \(parameter.name)")
      }
    }
  }

  @Test("one word, and a list of that word, give the same events", arguments: 0..<40)
  func oneWord(seed: Int) throws {
    for type in LiquiditySavingRegistry.all {
      let every = ParameterValue.duration(.seconds(7))
      var world = try RandomWorld(seed: seed, mode: "rtgs")
      world.parameters["offset_limit"] = nil
      world.parameters["interval"] = every
      world.parameters["liquidity_saving"] = .choice(type.name)
      let word = try world.run()
      world.parameters["interval"] = nil
      world.parameters["liquidity_saving"] = list((type.name, ["every": every]))
      #expect(try world.run().log == word.log, "\(world)")
    }
  }

  @Test("each is run at its own times, in the order of the list where they meet")
  func times() throws {
    var driver = try rtgs(
      list(
        ("bilateral", ["every": .duration(.seconds(60))]),
        ("gridlock_resolution", ["every": .duration(.seconds(120))])), [0, 0, 0])
    // A circle of three with a pair in it.
    driver.pay(1, 0, 1, 10, at: 1)
    driver.pay(2, 1, 2, 10, at: 2)
    driver.pay(3, 2, 0, 10, at: 3)
    #expect(driver.system.nextTimer == Self.minute)
    #expect(driver.advance(to: Self.minute).settledIDs == [])
    #expect(driver.system.nextTimer == 2 * Self.minute)
    driver.pay(4, 1, 0, 10, at: Self.minute + 1)
    let events = driver.advance(to: 2 * Self.minute)
    // The pair comes first and takes the circle its first side.
    #expect(events.settledIDs == [1, 4])
    #expect(ways(events) == [.bilateral, .bilateral])
    #expect(driver.check.violation == nil)

    driver = try rtgs(list(("gridlock_resolution", [:]), ("bilateral", [:])), [0, 0, 0])
    for (id, payer, payee) in [(1, 0, 1), (2, 1, 2), (3, 2, 0), (4, 1, 0)] {
      driver.pay(Int64(id), payer, payee, 10, at: 1)
    }
    #expect(
      ways(driver.advance(to: 5 * Self.minute)) == Array(repeating: .gridlockResolution, count: 3))
  }

  @Test("fifo between two lets what the first brought in be spent before the second")
  func fifo() throws {
    // 1 has 5 and pays 0 its 5 with the offset; then 0 can pay 2, and nothing is left to resolve.
    func run(_ saving: ParameterValue) throws -> [SettlementMechanism] {
      var driver = try rtgs(saving, [0, 5, 0])
      driver.pay(1, 0, 1, 10, at: 1)
      driver.pay(2, 1, 0, 15, at: 1)
      driver.pay(3, 0, 2, 5, at: 1)
      defer { #expect(driver.check.violation == nil) }
      return ways(driver.advance(to: 5 * Self.minute))
    }
    let offset: SettlementMechanism = .bilateral
    #expect(
      try run(list(("bilateral", [:]), ("fifo", [:]), ("gridlock_resolution", [:])))
        == [offset, offset, .queue])
    #expect(
      try run(list(("bilateral", [:]), ("gridlock_resolution", [:])))
        == [offset, offset, .gridlockResolution])
  }

  @Test("two kinds of offsets do not take each other's searches for their own")
  func offsets() throws {
    var driver = try rtgs(
      list(
        ("bilateral_offset", ["every": .duration(.seconds(60))]),
        ("one_to_many_offset", ["every": .duration(.seconds(120))])), [0, 0],
      order: "fifo_bypass")
    #expect(driver.adjust(1, by: 40, at: 0) == nil)
    driver.pay(1, 1, 0, 101, at: 1)
    driver.pay(2, 0, 1, 30, at: 2)
    driver.pay(3, 0, 1, 31, at: 3)
    #expect(driver.advance(to: Self.minute).settledIDs == [])
    driver.advance(to: 2 * Self.minute)
    #expect(ways(driver.log) == Array(repeating: .bilateralOffset, count: 3))
    #expect(driver.check.violation == nil)
  }

  @Test("many to many within a pair passes what waits for ever, whole payments alone")
  func manyToMany() throws {
    var driver = try rtgs(.choice("bilateral"), [0, 0, 0])
    driver.pay(1, 0, 2, 100, at: 1)
    for (id, payer, amount) in [(2, 0, 5), (3, 0, 6), (4, 1, 7), (5, 1, 4), (6, 1, 50)] {
      driver.pay(Int64(id), payer, 1 - payer, Int64(amount), at: 1)
    }
    let events = driver.advance(to: 5 * Self.minute)
    #expect(events.settledIDs.sorted() == [2, 3, 4, 5])
    #expect(Set(events.settlements.map(\.settlement.group)).count == 1)
    #expect(driver.check.violation == nil)
  }

  @Test("whole payments settle out of order where none that keeps the order can")
  func wholePayments() throws {
    var driver = try rtgs(.choice("whole_payment"), [0, 0, 0, 0])
    driver.pay(1, 0, 3, 100, at: 1)
    driver.pay(2, 0, 1, 10, at: 1)
    driver.pay(3, 1, 2, 10, at: 1)
    driver.pay(4, 2, 0, 10, at: 1)
    let events = driver.advance(to: 5 * Self.minute)
    #expect(events.settledIDs == [2, 3, 4])
    #expect(Set(ways(events)) == [.wholePayment])
    #expect(driver.check.violation == nil)
  }

  @Test("a batch settles gross, each payment by itself, and takes less liquidity than as it came")
  func reordering() throws {
    // Each of 35 pays the next, and the last is paid first: in turn it goes round with one amount.
    let count = 71
    func run(_ saving: ParameterValue) throws -> SettlementDriver {
      var driver = try rtgs(saving, Array(repeating: 10, count: count))
      for id in (0..<count).reversed() {
        driver.pay(Int64(id), id, (id + 1) % count, 10, at: Int64(count - id))
      }
      return driver
    }
    var driver = try run(.choice("reordering"))
    #expect(driver.log.settledIDs.count == 70 && ways(driver.log).allSatisfy { $0 == .reordering })
    #expect(Set(driver.log.settlements.map(\.settlement.group)).count == 70)
    #expect(driver.system.queueCount == 1)
    // The one above the batch waits for the next multiple.
    driver.advance(to: 5 * Self.minute)
    #expect(driver.system.queueCount == 0 && driver.check.violation == nil)
    driver.endDay(at: 6 * Self.minute)
    var gross = try run(.choice("none"))
    gross.endDay(at: 6 * Self.minute)
    let (batched, direct) = (driver.system.indicators.days[0], gross.system.indicators.days[0])
    #expect(direct.liquidityUsed == 10 * Int64(count - 1) && batched.liquidityUsed <= 20)
    #expect(driver.check.violation == nil && gross.check.violation == nil)
  }

  @Test("urgent payments do not wait for a batch, others until it is full, the time or the close")
  func batches() throws {
    var driver = try rtgs(.choice("reordering"), [100, 0])
    #expect(driver.pay(1, 0, 1, 10, at: 1, .urgent).settledIDs == [1])
    #expect(driver.pay(2, 0, 1, 10, at: 2).reasons == [.awaitingBatch])
    #expect(driver.pay(3, 1, 0, 5, at: 3).reasons == [.awaitingBatch])
    // Money that comes in does not break the batch up.
    #expect(driver.adjust(0, by: 5, at: 4) == nil)
    #expect(driver.system.queueCount == 2)
    driver.endDay(at: 5)
    #expect(driver.log.settledIDs.sorted() == [1, 2, 3])
    #expect(driver.check.violation == nil)
  }

  @Test("a value of the mode that a list's entries have themselves is refused beside it")
  func modeValues() {
    let error = #expect(throws: FamilyError.self) {
      try SettlementModeRegistry.make(
        "rtgs",
        parameters: [
          "liquidity_saving": list(("fifo", [:])), "interval": .duration(.seconds(60)),
        ])
    }
    #expect("\(error!)".hasPrefix("rtgs.interval: expected no other value than 5min with a list"))
  }
}
