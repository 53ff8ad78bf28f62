/// A value of a scenario as it was written: a scalar, a list or a mapping, with its place.
public struct ScenarioNode: Sendable {
  /// What stands at the place.
  public enum Content: Sendable {
    /// Text of a scalar, and whether it stood in quotes or in a block (then it is never a number).
    case scalar(text: String, isQuoted: Bool)
    /// Entries of a list, in order.
    case sequence([ScenarioNode])
    /// Entries of a mapping, in the order of the file; keys are unique.
    case mapping([Entry])
  }

  /// One key of a mapping, with its value.
  public struct Entry: Sendable {
    /// The key.
    public var key: String
    /// Where the key stands.
    public var keyPosition: SourcePosition
    /// The value.
    public var value: ScenarioNode
    /// Makes an entry.
    public init(key: String, keyPosition: SourcePosition, value: ScenarioNode) {
      self.key = key
      self.keyPosition = keyPosition
      self.value = value
    }
  }

  /// What stands here.
  public var content: Content
  /// Where the value begins.
  public var position: SourcePosition
  /// The keys that lead here.
  public var path: NodePath

  /// Makes a node.
  public init(content: Content, position: SourcePosition, path: NodePath) {
    self.content = content
    self.position = position
    self.path = path
  }

  /// The value of `key`, if this is a mapping that has it.
  public subscript(key: String) -> ScenarioNode? {
    entries?.first { $0.key == key }?.value
  }

  /// The entries, if this is a mapping.
  public var entries: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// The elements, if this is a list.
  public var elements: [ScenarioNode]? {
    if case .sequence(let elements) = content { elements } else { nil }
  }

  /// The text, if this is a scalar.
  public var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// The text of a scalar without quotes: the only form in which numbers and booleans are read.
  var plainText: String? {
    if case .scalar(let text, false) = content { text } else { nil }
  }

  /// The node at `steps`, and how many of them exist: the deepest node that does.
  func deepest(_ steps: some Sequence<NodePath.Step>) -> (node: ScenarioNode, found: Int) {
    var node = self
    var found = 0
    for step in steps {
      switch step {
      case .key(let key):
        guard let child = node[key] else { return (node, found) }
        node = child
      case .index(let index):
        guard let elements = node.elements, elements.indices.contains(index) else {
          return (node, found)
        }
        node = elements[index]
      }
      found += 1
    }
    return (node, found)
  }

  /// What stands here, for the second half of "expected ..., found ...".
  var found: String {
    switch content {
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .scalar(let text, true): "\"\(printable(text))\""
    case .scalar(let text, false):
      PlainText.kind(of: text) == .text ? "`\(printable(text))`" : printable(text)
    }
  }
}
