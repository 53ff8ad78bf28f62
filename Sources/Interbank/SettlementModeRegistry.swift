import Declared
import Scenario

/// Why a settlement mode of a scenario cannot be used.
public enum SettlementModeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No mode has this name.
  case unknownMode(String)
  /// The mode declares no such parameter.
  case unknownParameter(mode: String, name: String)
  /// A value does not fit.
  case parameter(mode: String, ParameterError)

  /// One line that says what was expected.
  public var description: String {
    switch self {
    case .unknownMode(let name):
      "expected a settlement mode (\(SettlementModeRegistry.names.joined(separator: ", "))), "
        + "found \(name)"
    case .unknownParameter(let mode, let name): "\(mode) has no parameter \(name)"
    case .parameter(let mode, let error): "\(mode).\(error)"
    }
  }
}

/// All settlement modes; a new one is one more line here.
public enum SettlementModeRegistry {
  /// The modes in the order in which they are listed.
  public static let all: [any SettlementMode.Type] = [
    RealTimeGross.self,
    DeferredNet.self,
    ContinuousNet.self,
    HybridSettlement.self,
  ]

  /// Their names, in the same order.
  public static var names: [String] { all.map { $0.name } }

  /// The mode with this name; nil if there is none.
  public static func type(named name: String) -> (any SettlementMode.Type)? {
    all.first { $0.name == name }
  }

  /// The mode `name` with `parameters`, defaults for those not given.
  public static func make(
    _ name: String, parameters: [String: ParameterValue] = [:]
  ) throws(SettlementModeError) -> any SettlementMode {
    guard let type = type(named: name) else { throw .unknownMode(name) }
    let declared = type.parameters.map(\.name)
    if let unknown = parameters.keys.filter({ !declared.contains($0) }).min() {
      throw .unknownParameter(mode: name, name: unknown)
    }
    do {
      return try type.init(parameters: parameters)
    } catch {
      throw .parameter(mode: name, error)
    }
  }

  /// The modes as a scenario sees them: for checking, and for the schema.
  public static var declarations: [StrategyDeclaration] {
    all.map { type in
      StrategyDeclaration(
        name: type.name, description: type.summary, explanation: type.explanation, isPriced: false,
        parameters: type.parameters
      ) { values throws(ParameterError) in _ = try type.init(parameters: values) }
    }
  }
}
