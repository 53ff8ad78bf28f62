import Declared
import Batching
import Foundation
import Money
import Scenario
import PaymentModel
import Testing

@Suite("Registry of strategies")
struct StrategyRegistryTests {
  @Test("names are unlike each other, in snake case, and lead to their strategy")
  func names() throws {
    #expect(Set(StrategyRegistry.names).count == StrategyRegistry.all.count)
    for name in StrategyRegistry.names {
      #expect(name.wholeMatch(of: /[a-z]+(_[a-z]+)*/) != nil)
      #expect(StrategyRegistry.type(named: name)?.name == name)
      #expect(type(of: try StrategyRegistry.make(name)).name == name)
    }
  }

  @Test("every strategy says what it does and what its parameters mean")
  func texts() {
    for type in StrategyRegistry.all {
      #expect(!type.summary.isEmpty)
      #expect(type.explanation.split(separator: "\n\n").count >= 3, "\(type.name)")
      for parameter in type.parameters {
        #expect(!parameter.description.isEmpty)
        #expect(type.explanation.contains("`\(parameter.name)`"), "\(type.name)")
      }
    }
  }

  @Test("each file in Strategies holds a strategy that is registered under its name")
  func files() throws {
    let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Batching/Strategies")
    let files = try FileManager.default.contentsOfDirectory(atPath: directory.path)
      .filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(6)) }
    #expect(files.sorted() == StrategyRegistry.all.map { "\($0)" }.sorted())
    for type in StrategyRegistry.all {
      let snakeCase = "\(type)".replacing(/[A-Z]/) { "_" + $0.output.lowercased() }.dropFirst()
      #expect(type.name == snakeCase)
    }
  }

  @Test("only strategies with a shadow price can be priced beside a run")
  func priced() throws {
    #expect(StrategyRegistry.priced.contains("hybrid"))
    #expect(StrategyRegistry.priced.contains("size_threshold"))
    #expect(throws: StrategyRegistry.notPriced("optimised")) {
      try StrategyRegistry.makePriced("optimised")
    }
    for declaration in StrategyRegistry.declarations {
      #expect(declaration.isPriced == StrategyRegistry.priced.contains(declaration.name))
    }
  }

  @Test("strategies release when they say")
  func release() throws {
    #expect(try StrategyRegistry.make("one_wire_per_payment").release == .onCapture)
    #expect(
      try StrategyRegistry.make("fixed_window").release
        == .every(SettlementCycle(every: .seconds(3_600))))
    #expect(try StrategyRegistry.make("merchant_day").release == .atMerchantCutOff)
    #expect(
      try StrategyRegistry.make("size_threshold").release
        == .atCount(100, within: SettlementCycle(every: .seconds(86_400)))
    )
    #expect(
      try StrategyRegistry.make("hybrid").release
        == .urgentOnCapture(otherwiseEvery: SettlementCycle(every: .seconds(14_400))))
  }

  @Test("an unknown strategy or parameter is refused by name")
  func unknown() {
    #expect(throws: StrategyRegistry.family.unknown("magic")) { try StrategyRegistry.make("magic") }
    #expect(
      throws: FamilyError.unknownParameter(member: "merchant_day", name: "window")
    ) {
      try StrategyRegistry.make("merchant_day", parameters: ["window": .integer(1)])
    }
  }

  @Test(
    "a window that does not divide a day, or is no duration within range, is refused",
    arguments: [
      ParameterValue.duration(.seconds(7 * 3_600)), .duration(.seconds(59)), .duration(.zero),
      .duration(.seconds(-3_600)), .duration(.seconds(2 * 86_400)), .integer(3_600),
      .duration(.seconds(3_600) + .nanoseconds(1)), .duration(.seconds(3_600) + .microseconds(1)),
    ])
  func window(value: ParameterValue) {
    #expect(throws: FamilyError.self) {
      try StrategyRegistry.make("fixed_window", parameters: ["window": value])
    }
  }

  @Test("errors say what was expected")
  func errorTexts() throws {
    let error = #expect(throws: FamilyError.self) {
      try StrategyRegistry.make(
        "fixed_window", parameters: ["window": .duration(.seconds(7 * 3_600))])
    }
    #expect(
      error?.description
        == "fixed_window.window: expected a duration that divides 24 h, not 25200.0 seconds")
    #expect(
      StrategyRegistry.family.unknown("magic").description
        == "expected a strategy (\(StrategyRegistry.names.joined(separator: ", "))), found magic")
  }

  @Test("time slots are as long as all windows allow")
  func slots() throws {
    func windows(_ seconds: [Int]) throws -> [any BatchingStrategy] {
      try seconds.map {
        try StrategyRegistry.make(
          "fixed_window", parameters: ["window": .duration(.seconds($0))])
      }
    }
    #expect(TimeSlots.scale(for: []) == SlotScale(length: 86_400_000_000_000))
    #expect(
      TimeSlots.scale(for: [try StrategyRegistry.make("merchant_day")]).length == TimeSlots.day)
    #expect(try TimeSlots.scale(for: windows([3_600, 5_400])).length == 1_800_000_000_000)
    #expect(try TimeSlots.scale(for: windows([900, 86_400])).length == 900_000_000_000)
  }
}
