import Declared
import Scenario

/// The mechanisms of a mode, each with its own times, in the order in which they are run.
struct LiquiditySaving: Sendable {
  /// One mechanism and its times.
  private struct Step: Sendable {
    let mechanism: any LiquiditySavingMechanism
    /// Time between two runs, in ns, counted from the day's opening.
    let every: Int64
  }
  private let steps: [Step]

  private static let name = "liquidity_saving"
  static let none = "none"
  static let every = ModeParameters.interval(
    "every", default: .seconds(300), "Time between two runs, counted from the opening")

  // MARK: How it is given

  /// The parameter of a mode.
  /// - Parameter excluded: a mechanism that makes no sense in the mode.
  static func parameter(
    default word: String, besides excluded: String? = nil, _ description: String
  ) -> ParameterDeclaration {
    let mechanisms = LiquiditySavingRegistry.declarations.filter { $0.name != excluded }
    let members = mechanisms.map { mechanism in
      MemberList.Member(
        name: mechanism.name, description: mechanism.description,
        parameters: mechanism.parameters)
    }
    let list = MemberList(
      key: "mechanism", noun: "mechanisms", members: members, otherWords: [none])
    return ParameterDeclaration(
      name: name, kind: .members(list), defaultValue: .choice(word), description: description)
  }

  /// The mechanisms that were given.
  ///
  /// A single word stands for that mechanism at every `interval` (ns) of the mode, with the mode's
  /// own values for the parameters that both have; the entries of a list have theirs.
  init(
    _ parameter: ParameterDeclaration, interval: Int64, in given: [String: ParameterValue]
  ) throws(ParameterError) {
    switch try parameter.value(in: given) {
    case .choice(Self.none): steps = []
    case .choice(let word):
      guard let type = LiquiditySavingRegistry.family.type(named: word) else {
        preconditionFailure("\(word) is no mechanism")
      }
      let names = type.parameters.map(\.name)
      let own = given.filter { names.contains($0.key) }
      steps = [Step(mechanism: try Self.make(word, own), every: interval)]
    case .members(let entries):
      var steps: [Step] = []
      for entry in entries {
        let every = try Self.every.duration(in: entry.parameters)
        let own = entry.parameters.filter { $0.key != Self.every.name }
        steps.append(
          Step(
            mechanism: try Self.make(entry.name, own),
            every: ModeParameters.nanoseconds(every)))
      }
      self.steps = steps
    case let value: preconditionFailure("\(parameter.name) is \(value)")
    }
  }

  /// Refuses a value of the mode's own `parameter` beside a list, whose entries have their own.
  static func requireDefault(
    of parameter: ParameterDeclaration, besideListIn given: [String: ParameterValue]
  ) throws(ParameterError) {
    guard case .members? = given[name], try parameter.value(in: given) != parameter.defaultValue
    else { return }
    throw ParameterError(
      name: parameter.name,
      expected: "no other value than \(parameter.defaultText) with a list of mechanisms, whose "
        + "entries have their own")
  }

  private static func make(
    _ name: String, _ parameters: [String: ParameterValue]
  ) throws(ParameterError) -> any LiquiditySavingMechanism {
    do {
      return try LiquiditySavingRegistry.family.make(name, parameters: parameters)
    } catch {
      if case .parameter(_, let wrong) = error {
        throw ParameterError(name: self.name, expected: "\(wrong.name): \(wrong.expected)")
      }
      throw ParameterError(name: self.name, expected: error.description)
    }
  }

  // MARK: What it says of the queue

  /// Whether there is no mechanism.
  var isEmpty: Bool { steps.isEmpty }
  /// Whether the largest set that keeps the order settles.
  var resolvesGridlock: Bool { steps.contains { $0.mechanism is GridlockResolution } }
  /// Whether payments settle before others that the queue's order puts first.
  var passesOrder: Bool { steps.contains { $0.mechanism.passesOrder } }
  /// Whether payments settle in part.
  var netsInParts: Bool { steps.contains { $0.mechanism.netsInParts } }
  /// Whether payments are collected before they may settle by themselves.
  var collects: Bool { steps.contains { $0.mechanism.collects } }

  // MARK: What it does

  /// A payment has just come in and waits: the first mechanism that can settles it.
  func accept(_ payment: InterbankPayment, in state: inout SettlementState) {
    for step in steps where step.mechanism.accept(payment, in: &state) { return }
  }

  /// The next time (ns) at which a mechanism is run; nil if none is, or nothing waits.
  func nextTick(in state: SettlementState) -> Int64? {
    guard state.queuedCount > 0 else { return nil }
    return steps.map { state.nextMultiple(of: $0.every) }.min()
  }

  /// Runs the mechanisms whose time has come.
  func tick(in state: inout SettlementState) {
    for step in steps where state.isMultiple(of: step.every) { step.mechanism.run(in: &state) }
  }

  /// Runs all of them.
  func close(in state: inout SettlementState) {
    for step in steps { step.mechanism.run(in: &state) }
  }
}
