import Declared
import Scenario

extension StrategyRegistry {
  /// The strategies as a scenario sees them: for checking `settlement`, and for the schema.
  public static var declarations: [StrategyDeclaration] {
    all.map { type in
      StrategyDeclaration(
        name: type.name, description: type.summary, explanation: type.explanation,
        isPriced: type is any ShadowPriced.Type, parameters: type.parameters
      ) { values throws(ParameterError) in _ = try type.init(parameters: values) }
    }
  }
}
