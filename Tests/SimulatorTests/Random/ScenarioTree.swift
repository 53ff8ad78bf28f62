@testable import Scenario

/// A scenario as a tree of JSON that can be changed at a path; its text is YAML too.
struct ScenarioTree: Sendable {
  typealias Step = NodePath.Step

  var root: SchemaJSON

  var text: String { root.text() + "\n" }
  var bytes: [UInt8] { Array(text.utf8) }

  /// What stands at a path; nil if nothing does.
  func value(at path: [Step]) -> SchemaJSON? {
    path.reduce(root as SchemaJSON?) { node, step in node.flatMap { Self.child(of: $0, step) } }
  }

  /// Puts a value at a path of which all but the last step stands.
  mutating func set(_ value: SchemaJSON, at path: [Step]) {
    root = Self.changed(root, path[...]) { _ in value }
  }

  /// Takes away what stands at a path.
  mutating func remove(at path: [Step]) {
    guard !path.isEmpty else { return }
    root = Self.changed(root, path[...]) { _ in nil }
  }

  private static func child(of node: SchemaJSON, _ step: Step) -> SchemaJSON? {
    switch (node, step) {
    case (.object, .key(let key)), (.map, .key(let key)): node[key]
    case (.array(let values), .index(let index)):
      values.indices.contains(index) ? values[index] : nil
    default: nil
    }
  }

  private static func changed(
    _ node: SchemaJSON, _ path: ArraySlice<Step>, _ change: (SchemaJSON?) -> SchemaJSON?
  ) -> SchemaJSON {
    guard let step = path.first else { return change(node) ?? .object([]) }
    let old = child(of: node, step)
    let new = path.count == 1 ? change(old) : old.map { changed($0, path.dropFirst(), change) }
    switch (node, step) {
    case (.array(var values), .index(let index)):
      guard values.indices.contains(index) else { return node }
      if let new { values[index] = new } else { values.remove(at: index) }
      return .array(values)
    case (.object(let members), .key(let key)), (.map(let members), .key(let key)):
      let kept = members.filter { $0.key != key }
      return .object(new.map { kept + [.init(key, $0)] } ?? kept)
    default: return node
    }
  }

  /// The steps of a path as a problem names it: `acquirers[1].latency`.
  static func steps(of path: String) -> [Step] {
    var steps: [Step] = []
    for part in path.split(separator: ".") {
      let pieces = part.split(separator: "[")
      if let key = pieces.first, part.first != "[" { steps.append(.key(String(key))) }
      for piece in pieces.dropFirst(part.first == "[" ? 0 : 1) {
        if let index = Int(piece.dropLast()) { steps.append(.index(index)) }
      }
    }
    return steps
  }

  /// The paths of everything that is given, positions in lists as `[]`.
  var givenPaths: Set<String> {
    var found: Set<String> = []
    Self.collect(root, "", &found)
    return found
  }

  private static func collect(_ node: SchemaJSON, _ path: String, _ found: inout Set<String>) {
    found.insert(path)
    switch node {
    case .object(let members), .map(let members):
      for member in members {
        collect(member.value, path.isEmpty ? member.key : "\(path).\(member.key)", &found)
      }
    case .array(let values):
      for value in values { collect(value, "\(path).[]", &found) }
    default: break
    }
  }
}
