import Declared
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
    }
  }

  /// A field of the strategy's mapping.
  var field: Field<[String: ParameterValue]> {
    let name = name
    return .computed(
      name, get: { $0[name] }, set: { $0[name] = $1 }, base: defaultValue, syntax, description
    ).changing(effect)
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
    case .choice(let word): .string(word)
    case .members(let entries): .strings(entries.map(\.name))
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
    let section = Section("Parameters.", declarations.map(\.field))
    let values = section.decode(node, over: defaults, &decoding)
    try decoding.check()
    return values ?? defaults
  }

  static func defaults(of declarations: [ParameterDeclaration]) -> [String: ParameterValue] {
    Dictionary(uniqueKeysWithValues: declarations.map { ($0.name, $0.defaultValue) })
  }
}
