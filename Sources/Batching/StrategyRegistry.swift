import Declared

/// All batching strategies; a new one is one more line here.
public enum StrategyRegistry {
  /// The strategies in the order in which they are listed.
  public static let all: [any BatchingStrategy.Type] = [
    OneWirePerPayment.self,
    FixedWindow.self,
    SizeThreshold.self,
    MerchantDay.self,
    CounterpartyConsolidation.self,
    BilateralNetting.self,
    MultilateralNetting.self,
    Hybrid.self,
    Optimised.self,
  ]

  /// The strategies as a family, of which one is chosen by its name.
  public static let family = Family<any BatchingStrategy>("a strategy", all)

  /// Their names, in the same order.
  public static var names: [String] { family.names }

  /// The names of those that have a shadow price.
  public static var priced: [String] {
    all.filter(isPriced).map { $0.name }
  }

  /// Whether the cost of such strategies is known without simulating them.
  public static func isPriced(_ type: any BatchingStrategy.Type) -> Bool {
    type is any ShadowPriced.Type || type is any SequencePriced.Type
  }

  /// The strategy with this name; nil if there is none.
  public static func type(named name: String) -> (any FamilyMember.Type)? {
    family.type(named: name)
  }

  /// The strategy `name` with `parameters`, defaults for those not given.
  public static func make(
    _ name: String, parameters: [String: ParameterValue] = [:]
  ) throws(FamilyError) -> any BatchingStrategy {
    try family.make(name, parameters: parameters)
  }

  /// The strategy `name` with `parameters`, for pricing groups of obligations.
  public static func makePriced(
    _ name: String, parameters: [String: ParameterValue] = [:]
  ) throws(FamilyError) -> any ShadowPriced {
    guard let strategy = try make(name, parameters: parameters) as? any ShadowPriced else {
      throw notPriced(name)
    }
    return strategy
  }

  /// That the cost of the strategy `name` is known only where it is used, not by a shadow price.
  public static func notPriced(_ name: String) -> FamilyError {
    .unexpected(
      name,
      expected: "a strategy whose cost is known without simulating it "
        + "(\(priced.joined(separator: ", ")))")
  }

  /// The strategies as a scenario sees them: for checking `settlement`, and for the schema.
  public static var declarations: [StrategyDeclaration] {
    family.declarations { ($0 as? any BatchingStrategy.Type).map(isPriced) ?? false }
  }
}
