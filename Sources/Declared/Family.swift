/// One of a family of rules: a scenario chooses it by its name and sets its parameters.
public protocol FamilyMember: Sendable {
  /// Name in scenarios and results, in snake case.
  static var name: String { get }
  /// One line for people.
  static var summary: String { get }
  /// A page for people: what it does, what its parameters mean, where it is used and where it comes
  /// from. Paragraphs are separated by an empty line.
  static var explanation: String { get }
  /// Parameters that a scenario may set.
  static var parameters: [ParameterDeclaration] { get }

  /// The rule with the given parameters, defaults for those not given; an error names a parameter
  /// whose value does not fit its declaration or a rule of the member.
  init(parameters: [String: ParameterValue]) throws(ParameterError)
}

/// Why a member of a family cannot be used.
public enum FamilyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No member has this name, or it is not one of those that can be used here; `expected` says
  /// which can.
  case unexpected(String, expected: String)
  /// The member declares no such parameter.
  case unknownParameter(member: String, name: String)
  /// A value does not fit.
  case parameter(member: String, ParameterError)

  /// One line that says what was expected.
  public var description: String {
    switch self {
    case .unexpected(let name, let expected): "expected \(expected), found \(name)"
    case .unknownParameter(let member, let name): "\(member) has no parameter \(name)"
    case .parameter(let member, let error): "\(member).\(error)"
    }
  }
}

/// The rules of one kind, among which a scenario chooses by name: batching strategies, settlement
/// modes. `Rule` is what all of them are.
public struct Family<Rule>: Sendable {
  private let kind: String
  private let types: [any FamilyMember.Type]

  /// A family.
  /// - Parameters:
  ///   - kind: what its members are, with an article, as in `expected a strategy`.
  ///   - types: each is a `Rule`, in the order in which they are listed.
  public init(_ kind: String, _ types: [any FamilyMember.Type]) {
    self.kind = kind
    self.types = types
  }

  /// The names, in the order in which the members are listed.
  public var names: [String] { types.map { $0.name } }

  /// The member with this name; nil if there is none.
  public func type(named name: String) -> (any FamilyMember.Type)? {
    types.first { $0.name == name }
  }

  /// That `name` is none of the family.
  public func unknown(_ name: String) -> FamilyError {
    .unexpected(name, expected: "\(kind) (\(names.joined(separator: ", ")))")
  }

  /// The member `name` with `parameters`, defaults for those not given.
  public func make(
    _ name: String, parameters: [String: ParameterValue] = [:]
  ) throws(FamilyError) -> Rule {
    guard let type = type(named: name) else { throw unknown(name) }
    let declared = type.parameters.map(\.name)
    if let unknown = parameters.keys.filter({ !declared.contains($0) }).min() {
      throw .unknownParameter(member: name, name: unknown)
    }
    let member: any FamilyMember
    do {
      member = try type.init(parameters: parameters)
    } catch {
      throw .parameter(member: name, error)
    }
    guard let rule = member as? Rule else { preconditionFailure("\(name) is not \(kind)") }
    return rule
  }

  /// The members as a scenario sees them: for checking, and for the schema.
  /// - Parameter isPriced: whether the cost of a member is known without simulating it.
  public func declarations(
    isPriced: (any FamilyMember.Type) -> Bool = { _ in false }
  ) -> [StrategyDeclaration] {
    types.map { type in
      StrategyDeclaration(
        name: type.name, description: type.summary, explanation: type.explanation,
        isPriced: isPriced(type), parameters: type.parameters
      ) { values throws(ParameterError) in _ = try type.init(parameters: values) }
    }
  }
}
