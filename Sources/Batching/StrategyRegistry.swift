import Declared
import Scenario

/// Why a strategy of a scenario cannot be used.
public enum StrategyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No strategy has this name.
  case unknownStrategy(String)
  /// The strategy declares no such parameter.
  case unknownParameter(strategy: String, name: String)
  /// A value does not fit.
  case parameter(strategy: String, ParameterError)
  /// The strategy's cost is known only where it is used, not by a shadow price.
  case notPriced(String)

  /// One line that says what was expected.
  public var description: String {
    switch self {
    case .unknownStrategy(let name):
      "expected a strategy (\(StrategyRegistry.names.joined(separator: ", "))), found \(name)"
    case .unknownParameter(let strategy, let name): "\(strategy) has no parameter \(name)"
    case .parameter(let strategy, let error): "\(strategy).\(error)"
    case .notPriced(let name):
      "expected a strategy whose cost is known without simulating it "
        + "(\(StrategyRegistry.priced.joined(separator: ", "))), found \(name)"
    }
  }
}

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

  /// Their names, in the same order.
  public static var names: [String] { all.map { $0.name } }

  /// The names of those that have a shadow price.
  public static var priced: [String] {
    all.filter { $0 is any ShadowPriced.Type }.map { $0.name }
  }

  /// The strategy with this name; nil if there is none.
  public static func type(named name: String) -> (any BatchingStrategy.Type)? {
    all.first { $0.name == name }
  }

  /// The strategy `name` with `parameters`, defaults for those not given.
  public static func make(
    _ name: String, parameters: [String: ParameterValue] = [:]
  ) throws(StrategyError) -> any BatchingStrategy {
    guard let type = type(named: name) else { throw .unknownStrategy(name) }
    let declared = type.parameters.map(\.name)
    if let unknown = parameters.keys.filter({ !declared.contains($0) }).min() {
      throw .unknownParameter(strategy: name, name: unknown)
    }
    do {
      return try type.init(parameters: parameters)
    } catch {
      throw .parameter(strategy: name, error)
    }
  }

  /// The strategy `name` with `parameters`, for pricing beside the one that a run uses.
  public static func makePriced(
    _ name: String, parameters: [String: ParameterValue] = [:]
  ) throws(StrategyError) -> any ShadowPriced {
    guard let strategy = try make(name, parameters: parameters) as? any ShadowPriced else {
      throw .notPriced(name)
    }
    return strategy
  }
}
