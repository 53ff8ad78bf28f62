/// A strategy as the scenario sees it: its name, what it does, and the parameters it takes.
public struct StrategyDeclaration: Sendable {
  /// A rule over all parameters, beyond the range of each.
  public typealias Check = @Sendable ([String: ParameterValue]) throws(ParameterError) -> Void

  /// Name in `settlement.strategy`.
  public var name: String
  /// One sentence for the schema.
  public var description: String
  /// A page about the strategy: paragraphs separated by an empty line.
  public var explanation: String
  /// Whether `settlement.priced` may name it: whether its cost is known without simulating it.
  public var isPriced: Bool
  /// Parameters beside `name`.
  public var parameters: [ParameterDeclaration]
  /// What the strategy says to the values together.
  public var check: Check

  /// Declares a strategy.
  public init(
    name: String, description: String, explanation: String = "", isPriced: Bool = true,
    parameters: [ParameterDeclaration] = [], check: @escaping Check = { _ in }
  ) {
    self.name = name
    self.description = description
    self.explanation = explanation
    self.isPriced = isPriced
    self.parameters = parameters
    self.check = check
  }
}
