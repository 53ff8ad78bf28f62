import Declared
import Money
import Text

extension ParameterDeclaration {
  /// How the parameter is written in a scenario.
  var syntax: Syntax<ParameterValue> {
    switch kind {
    case .duration(let range):
      return wrap(
        .duration(from: range.lowerBound, to: range.upperBound), base: range.lowerBound,
        take: ParameterValue.duration)
    case .integer(let range):
      return wrap(.integer(range), base: 0, take: ParameterValue.integer)
    case .decimal(let range):
      return wrap(.decimal(range), base: 0, take: ParameterValue.decimal)
    case .choice(let words):
      let expected = expected
      let schema = SchemaJSON.object([.init("enum", .strings(words))])
      return Syntax(scalar: schema, show: Self.show) { node, decoding in
        guard let text = node.text, words.contains(text) else {
          decoding.expected(
            expected, at: node,
            hint: node.text.map { EditDistance.hint($0, among: words) } ?? "")
          return nil
        }
        return .choice(text)
      }
    case .members(let list): return .members(list)
    case .times(let most):
      return wrap(
        .list(
          of: .timeOfDay, base: TimeOfDay(hour: 12, minute: 0), count: 1...most,
          identity: { "\($0)" }),
        base: [], take: ParameterValue.times)
    case .timeZone:
      return wrap(.timeZone, base: "UTC", take: ParameterValue.timeZone)
    }
  }

  /// The fields of a mapping of parameters. One of those that exclude each other puts the default
  /// of another out of force.
  static func fields(
    of declarations: [ParameterDeclaration]
  ) -> [Field<[String: ParameterValue]>] {
    declarations.map { declaration in
      let name = declaration.name
      let others = declarations.filter {
        $0.exclusive != nil && $0.exclusive == declaration.exclusive && $0.name != name
      }.map(\.name)
      return .computed(
        name, get: { $0[name] },
        set: { values, value in
          for other in others { values[other] = nil }
          values[name] = value
        }, base: declaration.base, declaration.syntax, declaration.description,
        excludes: declaration.exclusive
      ).changing(declaration.effect)
    }
  }

  /// What fills up a value that the scenario leaves out, for the schema.
  private var base: ParameterValue {
    if let defaultValue { return defaultValue }
    return switch kind {
    case .duration(let range): .duration(range.lowerBound)
    case .integer(let range): .integer(range.lowerBound)
    case .decimal(let range): .decimal(range.lowerBound)
    case .choice(let words): .choice(words[0])
    case .members(let list): .choice(list.words[0])
    case .times: .times([])
    case .timeZone: .timeZone("UTC")
    }
  }

  private func wrap<Value: Sendable>(
    _ inner: Syntax<Value>, base: Value,
    take: @escaping @Sendable (Value) -> ParameterValue
  ) -> Syntax<ParameterValue> {
    Syntax(scalar: inner.schema(base), show: Self.show) { node, decoding in
      inner.decode(node, base, &decoding).map(take)
    }
  }

  static let show: @Sendable (ParameterValue) -> SchemaJSON = { value in
    switch value {
    case .duration(let duration): .string(DurationText.text(duration))
    case .integer(let integer): .integer(integer)
    case .decimal(let decimal): .decimal(decimal)
    case .choice(let word), .timeZone(let word): .string(word)
    case .members(let entries): .strings(entries.map(\.name))
    case .times(let times): .strings(times.map { "\($0)" })
    }
  }

  /// Reads a mapping of parameters: every declared one has a value, given or default.
  ///
  /// - Parameter node: the mapping, as kept in `StrategyChoice.parameters`; nil stands for none.
  /// - Throws: `.invalid` with the position of each unknown key and each value out of range.
  public static func values(
    of node: ScenarioNode?, declared declarations: [ParameterDeclaration]
  ) throws(ScenarioError) -> [String: ParameterValue] {
    var decoding = Decoding()
    let defaults = defaults(of: declarations)
    guard let node else { return defaults }
    let section = Section("Parameters.", fields(of: declarations))
    let values = section.decode(node, over: defaults, &decoding)
    try decoding.check()
    return values ?? defaults
  }

  static func defaults(of declarations: [ParameterDeclaration]) -> [String: ParameterValue] {
    Dictionary(
      uniqueKeysWithValues: declarations.compactMap { declaration in
        declaration.defaultValue.map { (declaration.name, $0) }
      })
  }
}
