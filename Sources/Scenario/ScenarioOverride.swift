import Text

/// A value that replaces one of the file: `--set path.to.key=value`, another flag, or a variable.
public struct ScenarioOverride: Sendable, Equatable {
  /// Where it goes: `authorization.retries`, `acquirers.northbank.latency`, `acquirers[0].latency`.
  public var path: String
  /// The value, in the notation of the file.
  public var value: String
  /// What gave it.
  public var origin: ScenarioOrigin

  /// Makes an override.
  public init(path: String, value: String, origin: ScenarioOrigin = .flag("--set")) {
    self.path = path
    self.value = value
    self.origin = origin
  }

  /// Reads `path.to.key=value`; nil if there is no `=` or nothing before it.
  public init?(assignment: String, origin: ScenarioOrigin = .flag("--set")) {
    guard let equals = assignment.firstIndex(of: "="), equals > assignment.startIndex else {
      return nil
    }
    self.init(
      path: String(assignment[..<equals]),
      value: String(assignment[assignment.index(after: equals)...]), origin: origin)
  }

  /// The tree with this value in its place. `defaults` are the shown defaults: a default list or
  /// table is copied into the tree before an entry of it is replaced.
  func applied(
    to root: ScenarioNode, defaults: SchemaJSON
  ) throws(ScenarioError) -> ScenarioNode {
    let steps = path.replacing("[", with: ".").replacing("]", with: "").split(
      separator: ".", omittingEmptySubsequences: false
    ).map(String.init)
    guard steps.allSatisfy({ !$0.isEmpty }), steps.count <= ScenarioLimits.depth,
      path.utf8.count <= 1_000, TextGuard.firstForbidden(in: path) == nil
    else { throw refuse(.root, "expected path.to.key=value, found path `\(printable(path))`") }
    return try replacing(root, default: defaults, steps: steps[...], path: .root)
  }

  private func replacing(
    _ node: ScenarioNode?, default shown: SchemaJSON?, steps: ArraySlice<String>, path: NodePath
  ) throws(ScenarioError) -> ScenarioNode {
    guard let step = steps.first else {
      var leaf = try ScenarioParser.parse(Array(value.utf8), origin: origin, path: path)
      leaf.position = SourcePosition(origin: origin)
      return leaf
    }
    var node = node ?? start(shown, path: path)
    if case .scalar = node.content, isNamed(shown) { node = named(node) }
    switch node.content {
    case .mapping(var entries):
      let childPath = path.appending(.key(step))
      let index = entries.firstIndex { $0.key == step }
      let child = try replacing(
        index.map { entries[$0].value }, default: shown?[step], steps: steps.dropFirst(),
        path: childPath)
      if let index {
        entries[index].value = child
      } else {
        entries.append(.init(key: step, keyPosition: SourcePosition(origin: origin), value: child))
      }
      node.content = .mapping(entries)
    case .sequence(var elements):
      let index = try position(of: step, in: elements, path: path)
      var prototype: SchemaJSON?
      if case .array(let values)? = shown { prototype = values.first }
      elements[index] = try replacing(
        elements[index], default: prototype, steps: steps.dropFirst(),
        path: path.appending(.index(index)))
      node.content = .sequence(elements)
    case .scalar:
      throw refuse(path, "expected a mapping or list to hold `\(step)`, found \(node.found)")
    }
    return node
  }

  /// What stands for a node that the file does not give.
  private func start(_ shown: SchemaJSON?, path: NodePath) -> ScenarioNode {
    switch shown {
    case .array?: ScenarioNode(shown ?? .array([]), path: path)
    case .map(let members)? where isNamed(shown):
      ScenarioNode(.map(Array(members.prefix(1))), path: path)
    case .map?: ScenarioNode(shown ?? .map([]), path: path)
    default:
      ScenarioNode(content: .mapping([]), position: SourcePosition(origin: origin), path: path)
    }
  }

  /// Whether a mapping with a name may also be written as the name alone.
  private func isNamed(_ shown: SchemaJSON?) -> Bool {
    if case .map(let members)? = shown { members.first?.key == "name" } else { false }
  }

  private func named(_ scalar: ScenarioNode) -> ScenarioNode {
    var name = scalar
    name.path = scalar.path.appending(.key("name"))
    let entry = ScenarioNode.Entry(key: "name", keyPosition: scalar.position, value: name)
    return ScenarioNode(
      content: .mapping([entry]), position: scalar.position, path: scalar.path)
  }

  /// An entry of a list: by its index from 0, or by its name, country or code.
  private func position(
    of step: String, in elements: [ScenarioNode], path: NodePath
  ) throws(ScenarioError) -> Int {
    if let index = NumberText.integer(step).flatMap({ Int(exactly: $0) }),
      elements.indices.contains(index)
    {
      return index
    }
    let names = elements.map { element in
      ["name", "country", "code"].lazy.compactMap { element[$0]?.text }.first ?? element.text ?? ""
    }
    if let index = names.firstIndex(of: step) { return index }
    let known = names.filter { !$0.isEmpty }
    let hint = EditDistance.hint(step, among: known)
    throw refuse(
      path,
      "expected an index below \(elements.count) or one of \(known.joined(separator: ", ")), "
        + "found `\(step)`\(hint)")
  }

  private func refuse(_ path: NodePath, _ message: String) -> ScenarioError {
    ScenarioError(at: SourcePosition(origin: origin), path: path.description, message)
  }
}

extension ScenarioNode {
  /// A default as nodes, so that one entry of it can be replaced.
  init(_ shown: SchemaJSON, path: NodePath) {
    let content: Content
    switch shown {
    case .boolean(let value): content = .scalar(text: "\(value)", isQuoted: false)
    case .number(let text): content = .scalar(text: text, isQuoted: false)
    case .string(let text): content = .scalar(text: text, isQuoted: true)
    case .array(let values):
      content = .sequence(
        values.enumerated().map { ScenarioNode($1, path: path.appending(.index($0))) })
    case .object(let members), .map(let members):
      content = .mapping(
        members.map {
          Entry(
            key: $0.key, keyPosition: SourcePosition(origin: .defaultValue),
            value: ScenarioNode($0.value, path: path.appending(.key($0.key))))
        })
    }
    self.init(content: content, position: SourcePosition(origin: .defaultValue), path: path)
  }
}
