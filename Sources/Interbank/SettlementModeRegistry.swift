import Declared

/// All settlement modes; a new one is one more line here.
public enum SettlementModeRegistry {
  /// The modes in the order in which they are listed.
  public static let all: [any SettlementMode.Type] = [
    RealTimeGross.self,
    DeferredNet.self,
    ContinuousNet.self,
    HybridSettlement.self,
  ]

  /// The modes as a family, of which one is chosen by its name.
  public static let family = Family<any SettlementMode>("a settlement mode", all)

  /// Their names, in the same order.
  public static var names: [String] { family.names }

  /// The mode with this name; nil if there is none.
  public static func type(named name: String) -> (any FamilyMember.Type)? {
    family.type(named: name)
  }

  /// The mode `name` with `parameters`, defaults for those not given.
  public static func make(
    _ name: String, parameters: [String: ParameterValue] = [:]
  ) throws(FamilyError) -> any SettlementMode {
    try family.make(name, parameters: parameters)
  }

  /// The modes as a scenario sees them: for checking, and for the schema.
  public static var declarations: [StrategyDeclaration] { family.declarations() }
}
