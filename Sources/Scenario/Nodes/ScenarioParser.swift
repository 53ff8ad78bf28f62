import CYAML

/// Turns YAML (and so JSON) into nodes with positions.
public enum ScenarioParser {
  /// Reads and parses a file.
  ///
  /// - Throws: `.missing` if there is no such file, `.invalid` for anything but a small regular
  ///   file with one plain YAML document.
  public static func parse(path: String) throws(ScenarioError) -> ScenarioNode {
    try parse(try ScenarioFile.read(path), file: path)
  }

  /// Parses bytes; `file` names them in errors.
  ///
  /// CRLF line ends are accepted. A byte-order mark, control and direction characters, anchors,
  /// aliases, merge keys, tags, directives, several documents, duplicate keys and empty values are
  /// refused.
  public static func parse(_ bytes: [UInt8], file: String) throws(ScenarioError) -> ScenarioNode {
    try parse(bytes, origin: .file(file))
  }

  /// Parses the value of an override; only the origin differs.
  static func parse(
    _ bytes: [UInt8], origin: ScenarioOrigin, path: NodePath = .root
  ) throws(ScenarioError) -> ScenarioNode {
    let start = SourcePosition(origin: origin, line: 1, column: 1)
    guard bytes.count <= ScenarioLimits.bytes else {
      throw ScenarioFile.tooLarge(at: start, size: bytes.count)
    }
    if var problem = TextGuard.firstProblem(in: bytes, file: "") {
      problem.position.origin = origin
      problem.path = path.description
      throw ScenarioError(kind: .invalid, problems: [problem])
    }
    var reader = YAMLReader(origin: origin)
    return try reader.read(bytes, path: path)
  }
}

/// One pass of libyaml over a text.
///
/// 1. Start libyaml on the bytes, as UTF-8.
/// 2. Expect the start of the stream and of a document.
/// 3. Build the root node, recursively: depth and number of nodes are limited on the way.
/// 4. Expect the end of the document and of the stream.
private struct YAMLReader {
  let origin: ScenarioOrigin
  private var nodeCount = 0

  init(origin: ScenarioOrigin) { self.origin = origin }

  mutating func read(_ bytes: [UInt8], path: NodePath) throws(ScenarioError) -> ScenarioNode {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else {
      throw ScenarioError(at: SourcePosition(origin: origin), "libyaml: out of memory")
    }
    defer { yaml_parser_delete(parser) }
    let input = UnsafeMutablePointer<UInt8>.allocate(capacity: max(bytes.count, 1))
    defer { input.deallocate() }
    input.initialize(from: bytes, count: bytes.count)
    yaml_parser_set_input_string(parser, input, bytes.count)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)

    var events = YAMLEvents(parser: parser, origin: origin)
    defer { events.finish() }
    try events.advance()
    try events.advance()
    guard events.kind == YAML_DOCUMENT_START_EVENT else {
      throw ScenarioError(
        at: events.start, path: path.description,
        "expected a \(path.steps.isEmpty ? "scenario" : "value"), found nothing")
    }
    if events.hasDirective {
      throw ScenarioError(at: events.start, "expected no directive (`%YAML`, `%TAG`)")
    }
    try events.advance()
    let root = try node(&events, path: path, depth: 1)
    try events.advance()
    try events.advance()
    guard events.kind == YAML_STREAM_END_EVENT else {
      throw ScenarioError(at: events.start, "expected one document, found a second one")
    }
    return root
  }

  /// Builds the node whose first event is the current one.
  private mutating func node(
    _ events: inout YAMLEvents, path: NodePath, depth: Int
  ) throws(ScenarioError) -> ScenarioNode {
    nodeCount += 1
    let position = events.start
    func refuse(_ message: String) -> ScenarioError {
      ScenarioError(at: position, path: path.description, message)
    }
    guard nodeCount <= ScenarioLimits.nodes else {
      throw refuse("expected at most \(ScenarioLimits.nodes) values, found more")
    }
    if let decoration = events.decoration { throw refuse(decoration) }
    switch events.kind {
    case YAML_SCALAR_EVENT:
      let content = try scalar(events, refuse: refuse)
      return ScenarioNode(content: content, position: position, path: path)
    case YAML_SEQUENCE_START_EVENT, YAML_MAPPING_START_EVENT:
      guard depth <= ScenarioLimits.depth else {
        throw refuse("expected at most \(ScenarioLimits.depth) levels of nesting, found more")
      }
      let content =
        events.kind == YAML_SEQUENCE_START_EVENT
        ? try sequence(&events, path: path, depth: depth)
        : try mapping(&events, path: path, depth: depth)
      return ScenarioNode(content: content, position: position, path: path)
    default:
      throw refuse("expected a value")
    }
  }

  private func scalar(
    _ events: YAMLEvents, refuse: (String) -> ScenarioError
  ) throws(ScenarioError) -> ScenarioNode.Content {
    let (text, isQuoted) = events.scalar
    guard text.utf8.count <= ScenarioLimits.scalarBytes else {
      throw refuse("expected at most \(ScenarioLimits.scalarBytes) bytes, found \(text.utf8.count)")
    }
    if let forbidden = TextGuard.firstForbidden(in: text) {
      throw refuse(
        "expected plain text, found \(TextGuard.kind(of: forbidden)) "
          + "(\(TextGuard.name(of: forbidden)))")
    }
    if !isQuoted, PlainText.kind(of: text) == .null {
      throw refuse("expected a value, found \(text.isEmpty ? "nothing" : text)")
    }
    return .scalar(text: text, isQuoted: isQuoted)
  }

  private mutating func sequence(
    _ events: inout YAMLEvents, path: NodePath, depth: Int
  ) throws(ScenarioError) -> ScenarioNode.Content {
    var elements: [ScenarioNode] = []
    while true {
      try events.advance()
      if events.kind == YAML_SEQUENCE_END_EVENT { return .sequence(elements) }
      let child = path.appending(.index(elements.count))
      elements.append(try node(&events, path: child, depth: depth + 1))
    }
  }

  private mutating func mapping(
    _ events: inout YAMLEvents, path: NodePath, depth: Int
  ) throws(ScenarioError) -> ScenarioNode.Content {
    var entries: [ScenarioNode.Entry] = []
    var lines: [String: Int] = [:]
    while true {
      try events.advance()
      if events.kind == YAML_MAPPING_END_EVENT { return .mapping(entries) }
      let key = try key(events, path: path)
      let position = events.start
      if let line = lines[key] {
        let first = line > 0 ? ", first given on line \(line)" : ""
        throw ScenarioError(
          at: position, path: path.appending(.key(key)).description,
          "expected each key once, found a duplicate\(first)")
      }
      lines[key] = position.line
      try events.advance()
      let value = try node(&events, path: path.appending(.key(key)), depth: depth + 1)
      entries.append(ScenarioNode.Entry(key: key, keyPosition: position, value: value))
    }
  }

  private func key(_ events: YAMLEvents, path: NodePath) throws(ScenarioError) -> String {
    func refuse(_ message: String) -> ScenarioError {
      ScenarioError(at: events.start, path: path.description, message)
    }
    if let decoration = events.decoration { throw refuse(decoration) }
    guard events.kind == YAML_SCALAR_EVENT else {
      throw refuse("expected a key that is a word, found a list or mapping")
    }
    let (text, isQuoted) = events.scalar
    if text == "<<", !isQuoted { throw refuse("expected no merge key (`<<`)") }
    guard !text.isEmpty else { throw refuse("expected a key, found nothing") }
    guard text.utf8.count <= ScenarioLimits.keyBytes else {
      throw refuse("expected a key of at most \(ScenarioLimits.keyBytes) bytes")
    }
    if let forbidden = TextGuard.firstForbidden(in: text) {
      throw refuse("expected a plain key, found \(TextGuard.kind(of: forbidden))")
    }
    return text
  }
}
