/// One line of `validate --resolved`: a value of a scenario and what gave it.
public struct ResolvedValue: Sendable, Equatable {
  /// Key path as `--set` takes it: `acquirers[0].latency`.
  public var path: String
  /// The value as a scenario writes it, on one line.
  public var value: String
  /// The value as JSON, on one or more lines.
  public var json: String
  /// The file's line, the flag, the variable, or `default`.
  public var position: SourcePosition

  /// Lists the values of `shown`; each origin is the node at its path.
  static func list(_ shown: SchemaJSON, in root: ScenarioNode) -> [ResolvedValue] {
    var result: [ResolvedValue] = []
    collect(shown, at: [], in: root, &result)
    return result
  }

  private static func collect(
    _ shown: SchemaJSON, at steps: [NodePath.Step], in root: ScenarioNode,
    _ result: inout [ResolvedValue]
  ) {
    switch shown {
    case .object(let members):
      for member in members {
        collect(member.value, at: steps + [.key(member.key)], in: root, &result)
      }
    case .array(let values) where values.contains(where: \.hasLines):
      for (index, value) in values.enumerated() {
        collect(value, at: steps + [.index(index)], in: root, &result)
      }
    default:
      result.append(
        ResolvedValue(
          path: NodePath(steps).description, value: shown.line, json: shown.text(),
          position: origin(of: steps, in: root)))
    }
  }

  /// The node itself or, below a scalar or a list, the node that stands for it; a key that a
  /// mapping does not have is a default.
  private static func origin(of steps: [NodePath.Step], in root: ScenarioNode) -> SourcePosition {
    let (node, found) = root.deepest(steps)
    if found < steps.count, node.entries != nil { return SourcePosition(origin: .defaultValue) }
    return node.firstOverride ?? node.position
  }
}

extension SchemaJSON {
  /// Whether a listing shows this entry of a list on lines of its own.
  fileprivate var hasLines: Bool {
    switch self {
    case .object, .map: true
    default: false
    }
  }
}
