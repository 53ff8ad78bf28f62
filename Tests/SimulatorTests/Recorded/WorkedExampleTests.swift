import Foundation
import Reporting
import Testing

@testable import Simulator

/// Published examples of settlement between banks, at hand beside the package or not.
enum WorkedExamples {
  static let directory = TraceFiles.root + "/../shared/data"
  static let absence: Comment = "the published examples are not at hand"

  /// Whether a file is there.
  static func has(_ name: String) -> Bool {
    FileManager.default.isReadableFile(atPath: "\(directory)/\(name)")
  }

  static func read(_ name: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(TraceReplay.read("\(directory)/\(name)")))
  }

  /// A world with these banks, in minor units of dollars.
  static func world(
    _ banks: [(name: String, balance: Int, credit: Int)], _ mode: String
  ) -> RecordedWorld {
    func money(_ amount: Int) -> String {
      "{USD: \(amount / 100).\(amount % 100 < 10 ? "0" : "")\(amount % 100) USD}"
    }
    var world = RecordedWorld(mode: mode)
    world.banks = banks.map {
      "{name: \($0.name), balances: \(money($0.balance)), overdraft_limit: \(money($0.credit))}"
    }
    world.trace = "amount_unit: minor"
    return world
  }
}

@Suite(
  "Worked examples of settlement between banks",
  .enabled(if: WorkedExamples.has("worked_examples/interbank.json"), WorkedExamples.absence))
struct WorkedExampleTests {
  struct Case {
    var name: String
    var world: [(name: String, balance: Int, credit: Int)]
    var rows: [String]
    var expected: [Int]?
    /// What comes in from outside, and when: entries of the schedule.
    var schedule: String

    func run(_ mode: String) throws -> RunOutcome {
      var recorded = WorkedExamples.world(world, mode)
      recorded.rows = rows
      if !schedule.isEmpty { recorded.settings = ["interbank.schedule=[\(schedule)]"] }
      let outcome = try recorded.run()
      #expect(outcome.breach == nil)
      return outcome
    }
  }

  private static func cases() throws -> [Case] {
    let document = try #require(
      WorkedExamples.read("worked_examples/interbank.json") as? [String: Any])
    return try #require(document["cases"] as? [[String: Any]]).map { found in
      let balances = try #require(found["balances"] as? [Int])
      let credit = found["credit"] as? [Int] ?? balances.map { _ in 0 }
      let payments = try #require(found["payments"] as? [[Int]])
      return Case(
        name: try #require(found["name"] as? String),
        world: zip(balances, credit).enumerated().map { ("bank-\($0)", $1.0, $1.1) },
        rows: payments.enumerated().map { number, payment in
          "p\(number),\(payment[0]),bank-\(payment[1]),bank-\(payment[2]),\(payment[3]),USD"
        },
        expected: found["expected_balances"] as? [Int],
        schedule: (found["added_later"] as? [[Int]] ?? []).map { added in
          "{at: \(added[0])s, action: add_liquidity, bank: bank-\(added[1]), "
            + "amount: \(added[2] / 100) USD}"
        }.joined(separator: ", "))
    }
  }

  private static func saving(_ name: String) -> String {
    "{name: rtgs, liquidity_saving: \(name)}"
  }

  /// Searches that look past the first payments of a queue.
  private static let searching = ["bilateral", "whole_payment"].map {
    "{name: rtgs, queue_order: fifo_bypass, liquidity_saving: [{mechanism: \($0), every: 1min}]}"
  }

  /// The modes under which each example has its stated result.
  private static let modes = [
    "bilateral, unequal": [
      saving("bilateral_offset"), saving("gridlock_resolution"), "deferred_net",
    ],
    "three each way, no money": [
      saving("bilateral_offset"), saving("one_to_many_offset"), saving("gridlock_resolution"),
      saving("maximum_circulation"), "deferred_net",
    ],
    "cycle of three, equal": [
      saving("gridlock_resolution"), saving("maximum_circulation"), "deferred_net",
    ],
    "cycle of three, net covered by credit": [saving("gridlock_resolution"), "deferred_net"],
    "cycle of three, net above the credit: fails whole": [saving("gridlock_resolution")],
    "bilateral netting": [saving("bilateral_offset"), saving("gridlock_resolution")],
    "two periods, second bank brings 0.20": ["rtgs"],
    "queue in order, money arrives in two parts": ["rtgs"],
    "many to many within pairs": [saving("maximum_circulation")] + searching,
  ]

  @Test("every example ends with its stated balances")
  func stated() throws {
    var seen = 0
    for found in try Self.cases() where found.expected != nil {
      let modes = try #require(Self.modes[found.name], "no mode for \(found.name)")
      for mode in modes {
        let outcome = try found.run(mode)
        let balances = found.world.map { outcome.closing($0.name) ?? Int64($0.balance) }
        #expect(balances == found.expected?.map { Int64($0) }, "\(found.name) under \(mode)")
        seen += 1
      }
    }
    #expect(seen == 21)
  }

  private static func example(_ name: String) throws -> Case {
    try #require(cases().first { $0.name == name })
  }

  @Test("money in two parts settles the first at 4 s, the second at 5, the third never")
  func twoParts() throws {
    let outcome = try Self.example("queue in order, money arrives in two parts").run("rtgs")
    #expect(outcome.recorded.map(\.ended) == [4_000_000_000, 5_000_000_000, nil])
    #expect(outcome.recorded.map(\.end) == [.settled, .settled, .unsettled])
  }

  @Test("of five payments the four of one pair settle, whichever search finds them")
  func manyToMany() throws {
    for mode in Self.searching {
      let outcome = try Self.example("many to many within pairs").run(mode)
      let settled = outcome.recorded.map { $0.end == .settled }
      #expect(settled == [false, true, true, true, true], "\(mode)")
    }
  }

  @Test("a circle of three that bilateral offset cannot settle stays as it was")
  func bilateral() throws {
    let outcome = try Self.example("cycle of three, equal").run(Self.saving("bilateral_offset"))
    #expect(outcome.recorded.allSatisfy { $0.end == .unsettled })
  }

  @Test("a set-off of a cycle leaves 30, 30 and nothing, and no balance moves")
  func setOff() throws {
    let found = try Self.example("set-off of a cycle")
    let outcome = try found.run(Self.saving("maximum_circulation"))
    #expect(outcome.recorded.map { $0.amount.minorUnits - $0.moved.minorUnits } == [30, 30, 0])
    #expect(outcome.recorded.map(\.end) == [.unsettled, .unsettled, .settled])
    #expect(found.world.allSatisfy { outcome.closing($0.name) ?? 0 == 0 })
  }
}

@Suite(
  "Gridlocks of Project Ubin",
  .enabled(if: WorkedExamples.has("ubin_lsm/cases.json"), WorkedExamples.absence))
struct UbinTests {
  /// Cases of which one pass in the order of arrival does not give the balances that are stated.
  private static let derived: Set = [
    "Scenario 2_3", "Scenario 3_2", "Scenario 4_2", "Scenario 5_4", "Scenario 6_1", "Scenario 7_4",
    "viable Cycle After a Deadlock Scenario",
  ]

  @Test("every case ends with its stated balances, or with those derived for it")
  func cases() throws {
    let cases = try #require(WorkedExamples.read("ubin_lsm/cases.json") as? [[String: Any]])
    var seen = 0
    for found in cases {
      let name = try #require(found["name"] as? String)
      let obligations = try #require(found["obligations"] as? [[String: Any]])
      // One case has no obligations: there is nothing to replay.
      guard !obligations.isEmpty else { continue }
      seen += 1
      let balances = try #require(found["balances"] as? [String: Int])
      let named = obligations.flatMap { [$0["payer"], $0["payee"]] }.compactMap { $0 as? String }
      let banks = Set(named + balances.keys).sorted()
      var world = WorkedExamples.world(
        banks.map { ($0, balances[$0] ?? 0, 0) },
        "{name: rtgs, liquidity_saving: gridlock_resolution}")
      world.rows = obligations.enumerated().map { number, payment in
        "p\(number),0,\(payment["payer"]!),\(payment["payee"]!),\(payment["amount"]!),USD"
      }
      let outcome = try world.run()
      #expect(outcome.breach == nil)
      let facts = try #require(found["derived"] as? [String: Any])
      let final = try #require(facts["fifo_final"] as? [String: Int])
      for bank in banks {
        let closing = outcome.closing(bank) ?? Int64(balances[bank] ?? 0)
        #expect(closing == Int64(final[bank] ?? -1), "\(name): \(bank)")
      }
      let settled = outcome.recorded.filter { $0.end == .settled }
      #expect(settled.count == facts["fifo_bech_soramaki_count"] as? Int, "\(name)")
      #expect(
        settled.reduce(0) { $0 + $1.amount.minorUnits }
          == (facts["fifo_bech_soramaki_settled"] as? Int).map { Int64($0) }, "\(name)")
      guard !Self.derived.contains(name) else { continue }
      let stated = try #require(found["expected"] as? [[String: Any]])
      let last = stated.map { $0["run"] as? Int ?? 0 }.max()
      for entry in stated where entry["run"] as? Int == last {
        let bank = try #require(entry["bank"] as? String)
        let closing = outcome.closing(bank) ?? Int64(balances[bank] ?? 0)
        #expect(closing == (entry["balance"] as? Int).map { Int64($0) }, "\(name): \(bank)")
      }
    }
    #expect(seen == 17)
  }
}
