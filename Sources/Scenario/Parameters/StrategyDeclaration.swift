/// A strategy as the scenario sees it: its name, what it does, and the parameters it takes.
public struct StrategyDeclaration: Sendable {
  /// A rule over all parameters, beyond the range of each.
  public typealias Check = @Sendable ([String: ParameterValue]) throws(ParameterError) -> Void

  /// Name in `settlement.strategy`.
  public var name: String
  /// One sentence for the schema.
  public var description: String
  /// Parameters beside `name`.
  public var parameters: [ParameterDeclaration]
  /// What the strategy says to the values together.
  public var check: Check

  /// Declares a strategy.
  public init(
    name: String, description: String, parameters: [ParameterDeclaration] = [],
    check: @escaping Check = { _ in }
  ) {
    self.name = name
    self.description = description
    self.parameters = parameters
    self.check = check
  }
}
