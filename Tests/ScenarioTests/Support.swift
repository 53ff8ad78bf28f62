import Declared
import Testing

@testable import Scenario

/// Loads a text as `s.yaml`.
func load(
  _ text: String, overrides: [ScenarioOverride] = [], strategies: [StrategyDeclaration] = [],
  modes: [StrategyDeclaration] = []
) throws(ScenarioError) -> LoadedScenario {
  try LoadedScenario.load(
    Array(text.utf8), file: "s.yaml", overrides: overrides, strategies: strategies, modes: modes)
}

/// The message of a refused text; nil if it was accepted.
func refusal(_ text: String, overrides: [ScenarioOverride] = []) -> String? {
  do throws(ScenarioError) {
    _ = try load(text, overrides: overrides)
    return nil
  } catch {
    return error.description
  }
}

/// Strategies as the simulator would declare them.
let sampleStrategies = [
  StrategyDeclaration(name: "one_wire_per_payment", description: "One wire for each payment."),
  StrategyDeclaration(
    name: "fixed_window", description: "Groups by window.",
    parameters: [
      ParameterDeclaration(
        name: "length", kind: .duration(.seconds(1) ... .seconds(86_400)),
        defaultValue: .duration(.seconds(900)), description: "Length of a window."),
      ParameterDeclaration(
        name: "order", kind: .choice(["time", "value"]), defaultValue: .choice("time"),
        description: "Order within a window."),
      ParameterDeclaration(
        name: "payments", kind: .integer(1...1_000), defaultValue: .integer(1_000),
        description: "Payments of a group at most."),
      ParameterDeclaration(
        name: "weight", kind: .decimal(0...1), defaultValue: .decimal(0.5),
        description: "Weight of urgency."),
    ]),
  StrategyDeclaration(name: "merchant_day", description: "One batch for a merchant and day."),
]

/// Settlement modes as the interbank layer would declare them.
let sampleModes = [
  StrategyDeclaration(name: "rtgs", description: "Each instruction by itself."),
  StrategyDeclaration(
    name: "deferred_net", description: "Net positions at the end of each cycle.",
    parameters: [
      ParameterDeclaration(
        name: "cycles", kind: .integer(1...96), defaultValue: .integer(4),
        description: "Cycles of a business day.")
    ]),
]
