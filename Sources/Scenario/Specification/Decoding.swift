/// Collects what is wrong while nodes are turned into values, so that one run shows all of it.
struct Decoding {
  /// Problems kept before sorting; a hostile file may have 100,000.
  private static let limit = 1_000

  private(set) var problems: [ScenarioProblem] = []
  private(set) var omitted = 0
  /// What is no problem, and the reader should know.
  private(set) var notes: [ScenarioProblem] = []

  /// Notes a problem. The message is made only if it is kept.
  mutating func report(
    at position: SourcePosition, path: NodePath, _ message: @autoclosure () -> String
  ) {
    guard problems.count < Self.limit else {
      omitted += 1
      return
    }
    let problem = ScenarioProblem(
      position: position, path: path.description, message: message())
    if !problems.contains(problem) { problems.append(problem) }
  }

  /// Notes something that is no problem.
  mutating func remark(at position: SourcePosition, path: NodePath, _ message: String) {
    notes.append(ScenarioProblem(position: position, path: path.description, message: message))
  }

  /// Notes a problem of a value.
  mutating func report(_ node: ScenarioNode, _ message: String) {
    report(at: node.position, path: node.path, message)
  }

  /// Notes that a value is not what its field takes.
  mutating func expected(_ what: String, at node: ScenarioNode, hint: String = "") {
    report(node, "expected \(what), found \(node.found)\(hint)")
  }

  /// Notes a problem between values, at the first of `paths` that the file gives; if it gives none,
  /// at the nearest mapping around the first.
  mutating func report(in root: ScenarioNode, at paths: [NodePath], _ message: String) {
    precondition(!paths.isEmpty, "a problem has a place")
    for path in paths {
      let (node, found) = root.deepest(path.steps)
      if found == path.steps.count { return report(at: node.position, path: path, message) }
    }
    report(at: root.deepest(paths[0].steps).node.position, path: paths[0], message)
  }

  /// Throws what was noted, if anything was.
  func check() throws(ScenarioError) {
    guard problems.isEmpty else {
      throw ScenarioError(kind: .invalid, problems: problems, omitted: omitted)
    }
  }
}

extension Decoding {
  /// Notes a problem between values of a section, at the key that is given below `node`, else at
  /// the key `other`, else at the section.
  mutating func report(
    in node: ScenarioNode, under keys: [String], or other: String? = nil, _ message: String
  ) {
    let steps = keys.map { NodePath.Step.key($0) }
    if let other, node.deepest(steps).found < steps.count, let given = node[other] {
      return report(given, message)
    }
    let path = steps.reduce(node.path) { $0.appending($1) }
    report(at: node.deepest(steps).node.position, path: path, message)
  }
}
