import Declared
import Text

extension Syntax where Value == StrategyChoice {
  /// `merchant_day`, or `{name: fixed_window, length: 15min}` with the strategy's own parameters.
  ///
  /// Without declarations any name and any parameters are taken as they are.
  static func strategy(_ strategies: [StrategyDeclaration]) -> Syntax<StrategyChoice> {
    Syntax(
      schema: { _ in schema(strategies) },
      decode: { node, _, decoding in decode(node, strategies, &decoding) },
      show: { show($0, strategies) })
  }

  /// The same for strategies that are priced without being simulated; another is refused with the
  /// reason.
  static func pricedStrategy(_ strategies: [StrategyDeclaration]) -> Syntax<StrategyChoice> {
    let priced = strategies.filter(\.isPriced)
    return Syntax(
      schema: { _ in schema(priced) },
      decode: { node, _, decoding in
        guard let choice = decode(node, strategies, &decoding) else { return nil }
        guard strategies.isEmpty || priced.contains(where: { $0.name == choice.name }) else {
          decoding.expected(
            "a strategy whose cost is known without simulating it "
              + "(\(priced.map(\.name).joined(separator: ", ")))", at: node["name"] ?? node,
            hint: "; use `settlement.strategy` to run \(choice.name)")
          return nil
        }
        return choice
      },
      show: { show($0, strategies) })
  }

  private static func decode(
    _ node: ScenarioNode, _ strategies: [StrategyDeclaration], _ decoding: inout Decoding
  ) -> StrategyChoice? {
    let nameNode: ScenarioNode
    if let entries = node.entries {
      guard let name = entries.first(where: { $0.key == "name" })?.value else {
        decoding.report(
          at: node.position, path: node.path.appending(.key("name")),
          Section<Int>.missing("Name of the strategy."))
        return nil
      }
      nameNode = name
    } else {
      nameNode = node
    }
    guard let name = Syntax<String>.name.decode(nameNode, "", &decoding) else { return nil }
    let parameters = parameters(of: node)
    guard !strategies.isEmpty else { return StrategyChoice(name: name, parameters: parameters) }
    guard let strategy = strategies.first(where: { $0.name == name }) else {
      let names = strategies.map(\.name)
      decoding.expected(
        "one of \(names.joined(separator: ", "))", at: nameNode,
        hint: EditDistance.hint(name, among: names))
      return nil
    }
    if let parameters {
      guard check(parameters, of: strategy, &decoding) else { return nil }
    }
    return StrategyChoice(name: name, parameters: parameters)
  }

  /// Whether the parameters are right each by itself and, to the strategy, together.
  private static func check(
    _ parameters: ScenarioNode, of strategy: StrategyDeclaration, _ decoding: inout Decoding
  ) -> Bool {
    let section = Section(
      strategy.description, ParameterDeclaration.fields(of: strategy.parameters))
    let defaults = ParameterDeclaration.defaults(of: strategy.parameters)
    guard let values = section.decode(parameters, over: defaults, &decoding) else { return false }
    do throws(ParameterError) {
      try strategy.check(values)
      return true
    } catch {
      decoding.expected(error.expected, at: parameters[error.name] ?? parameters)
      return false
    }
  }

  /// The mapping without its name; nil if nothing is left.
  private static func parameters(of node: ScenarioNode) -> ScenarioNode? {
    guard let entries = node.entries else { return nil }
    let rest = entries.filter { $0.key != "name" }
    guard !rest.isEmpty else { return nil }
    return ScenarioNode(content: .mapping(rest), position: node.position, path: node.path)
  }

  private static func schema(_ strategies: [StrategyDeclaration]) -> SchemaJSON {
    guard !strategies.isEmpty else {
      return .any(
        .type("string"),
        .type("object", .init("required", .strings(["name"]))))
    }
    let names = SchemaJSON.object([.init("enum", .strings(strategies.map(\.name)))])
    let mappings = strategies.map { strategy -> SchemaJSON in
      let section = Section(
        strategy.description, ParameterDeclaration.fields(of: strategy.parameters))
      let own = section.schema(defaults: ParameterDeclaration.defaults(of: strategy.parameters))
      let name = SchemaJSON.Member("name", .object([.init("const", .string(strategy.name))]))
      let properties = (own["properties"] ?? .object([])).adding([name])
      return own.adding([
        .init("properties", properties), .init("required", .strings(["name"])),
      ])
    }
    return .object([.init("anyOf", .array([names] + mappings))])
  }

  private static func show(
    _ choice: StrategyChoice, _ strategies: [StrategyDeclaration]
  ) -> SchemaJSON {
    let name = SchemaJSON.Member("name", .string(choice.name))
    guard let strategy = strategies.first(where: { $0.name == choice.name }),
      let values = try? ParameterDeclaration.values(
        of: choice.parameters, declared: strategy.parameters)
    else {
      return .map([name] + (choice.parameters?.json.members ?? []))
    }
    let section = Section(
      strategy.description, ParameterDeclaration.fields(of: strategy.parameters))
    return .map([name] + (section.show(values).members ?? []))
  }
}

extension ScenarioNode {
  /// The node as JSON, where nothing is known about its types.
  var json: SchemaJSON {
    switch content {
    case .scalar(let text, let isQuoted):
      isQuoted || NumberText.decimal(text) == nil ? .string(text) : .number(text)
    case .sequence(let elements): .array(elements.map(\.json))
    case .mapping(let entries): .map(entries.map { .init($0.key, $0.value.json) })
    }
  }
}
