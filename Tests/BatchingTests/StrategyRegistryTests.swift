import Batching
import Money
import Scenario
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
      for parameter in type.parameters { #expect(!parameter.description.isEmpty) }
    }
  }

  @Test("strategies release when they say")
  func release() throws {
    #expect(try StrategyRegistry.make("one_wire_per_payment").release == .onCapture)
    #expect(try StrategyRegistry.make("fixed_window").release == .every(.seconds(3_600)))
    #expect(try StrategyRegistry.make("merchant_day").release == .atMerchantCutOff)
  }

  @Test("an unknown strategy or parameter is refused by name")
  func unknown() {
    #expect(throws: StrategyError.unknownStrategy("magic")) { try StrategyRegistry.make("magic") }
    #expect(
      throws: StrategyError.unknownParameter(strategy: "merchant_day", name: "window")
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
    #expect(throws: StrategyError.self) {
      try StrategyRegistry.make("fixed_window", parameters: ["window": value])
    }
  }

  @Test("errors say what was expected")
  func errorTexts() throws {
    let error = #expect(throws: StrategyError.self) {
      try StrategyRegistry.make(
        "fixed_window", parameters: ["window": .duration(.seconds(7 * 3_600))])
    }
    #expect(
      error?.description
        == "fixed_window.window: expected a duration that divides 24 h, not 25200.0 seconds")
    #expect(
      StrategyError.unknownStrategy("magic").description
        == "expected a strategy (one_wire_per_payment, fixed_window, merchant_day), found magic")
  }

  @Test("time slots are as long as all windows allow")
  func slots() throws {
    func windows(_ seconds: [Int]) throws -> [any BatchingStrategy] {
      try seconds.map {
        try StrategyRegistry.make(
          "fixed_window", parameters: ["window": .duration(.seconds($0))])
      }
    }
    #expect(TimeSlots.length(for: []) == 86_400_000_000_000)
    #expect(TimeSlots.length(for: [try StrategyRegistry.make("merchant_day")]) == TimeSlots.day)
    #expect(try TimeSlots.length(for: windows([3_600, 5_400])) == 1_800_000_000_000)
    #expect(try TimeSlots.length(for: windows([900, 86_400])) == 900_000_000_000)
  }
}
