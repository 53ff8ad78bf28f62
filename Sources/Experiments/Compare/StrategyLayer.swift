import Declared
import Batching
import Interbank
import Scenario

/// A place of the scenario that names of `--strategies` may fill. A further registry is one more
/// line in `all`.
struct StrategyLayer: Sendable {
  /// What its names are, for messages.
  let kind: String
  /// Where the chosen one goes.
  let path: String
  /// What may be chosen.
  let declarations: [StrategyDeclaration]
  /// The name that a scenario has there.
  let chosen: @Sendable (ScenarioSettings) -> String

  /// The layers, in the order in which names are looked up.
  static let all = [
    StrategyLayer(
      kind: "batching strategy", path: "settlement.strategy",
      declarations: StrategyRegistry.declarations, chosen: { $0.settlement.strategy.name }),
    StrategyLayer(
      kind: "interbank settlement mode", path: "interbank.mode",
      declarations: SettlementModeRegistry.declarations, chosen: { $0.interbank.mode.name }),
  ]

  /// The layer and the declaration behind `name`.
  static func find(_ name: String) -> (layer: StrategyLayer, declaration: StrategyDeclaration)? {
    for layer in all {
      if let declaration = layer.declarations.first(where: { $0.name == name }) {
        return (layer, declaration)
      }
    }
    return nil
  }

  /// Every name that may be given.
  static var names: [String] { all.flatMap { $0.declarations.map(\.name) } }
}
