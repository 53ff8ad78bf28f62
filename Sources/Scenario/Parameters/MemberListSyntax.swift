import Declared
import Text

extension Syntax where Value == ParameterValue {
  /// `fifo`; `[fifo, bilateral]`; or `[fifo, {mechanism: bilateral, every: 1min}]`: a word, or a
  /// list of members, each by its name alone or with its own parameters.
  static func members(_ list: MemberList) -> Syntax<ParameterValue> {
    Syntax(
      schema: { _ in schema(list) },
      decode: { node, _, decoding in decode(node, list, &decoding) },
      show: { show($0, list) })
  }

  private static func decode(
    _ node: ScenarioNode, _ list: MemberList, _ decoding: inout Decoding
  ) -> ParameterValue? {
    guard let entries = node.elements else {
      guard let word = node.text, list.words.contains(word) else {
        let words = list.words.joined(separator: ", ")
        decoding.expected(
          "one of \(words), or \(list.expectedList)", at: node,
          hint: node.text.map { EditDistance.hint($0, among: list.words) } ?? "")
        return nil
      }
      return .choice(word)
    }
    guard list.count.contains(entries.count) else {
      decoding.report(node, "expected \(list.expectedList), found \(entries.count)")
      return nil
    }
    let before = decoding.problems.count
    let members = entries.compactMap { member($0, list, &decoding) }
    return decoding.problems.count == before ? .members(members) : nil
  }

  /// One entry, with a value for each parameter of its member.
  private static func member(
    _ node: ScenarioNode, _ list: MemberList, _ decoding: inout Decoding
  ) -> MemberChoice? {
    var nameNode = node
    if node.entries != nil {
      guard let named = node[list.key] else {
        decoding.report(
          at: node.position, path: node.path.appending(.key(list.key)),
          Section<Int>.missing("One of \(list.names.joined(separator: ", "))."))
        return nil
      }
      nameNode = named
    }
    guard let name = nameNode.text, let member = list.member(name) else {
      decoding.expected(
        "one of \(list.names.joined(separator: ", "))", at: nameNode,
        hint: nameNode.text.map { EditDistance.hint($0, among: list.names) } ?? "")
      return nil
    }
    let defaults = ParameterDeclaration.defaults(of: member.parameters)
    guard let entries = node.entries else { return MemberChoice(name, defaults) }
    let rest = ScenarioNode(
      content: .mapping(entries.filter { $0.key != list.key }), position: node.position,
      path: node.path)
    return section(member).decode(rest, over: defaults, &decoding).map { MemberChoice(name, $0) }
  }

  private static func section(_ member: MemberList.Member) -> Section<[String: ParameterValue]> {
    Section(member.description, ParameterDeclaration.fields(of: member.parameters))
  }

  private static func schema(_ list: MemberList) -> SchemaJSON {
    func words(_ names: [String]) -> SchemaJSON { .object([.init("enum", .strings(names))]) }
    let mappings = list.members.map { member -> SchemaJSON in
      let own = section(member).schema(
        defaults: ParameterDeclaration.defaults(of: member.parameters))
      let name = SchemaJSON.Member(list.key, .object([.init("const", .string(member.name))]))
      return own.adding([
        .init("properties", (own["properties"] ?? .object([])).adding([name])),
        .init("required", .strings([list.key])),
      ])
    }
    let entry = SchemaJSON.object([.init("anyOf", .array([words(list.names)] + mappings))])
    return .any(
      words(list.words),
      .type(
        "array", .init("items", entry), .init("minItems", .integer(list.count.lowerBound)),
        .init("maxItems", .integer(list.count.upperBound))))
  }

  private static func show(_ value: ParameterValue, _ list: MemberList) -> SchemaJSON {
    guard case .members(let entries) = value else { return ParameterDeclaration.show(value) }
    return .array(
      entries.map { entry in
        let name = SchemaJSON.Member(list.key, .string(entry.name))
        guard let member = list.member(entry.name) else { return .object([name]) }
        return .object([name] + (section(member).show(entry.parameters).members ?? []))
      })
  }
}
