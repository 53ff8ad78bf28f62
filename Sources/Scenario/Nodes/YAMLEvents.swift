import CYAML

/// The event stream of libyaml, one event at a time.
struct YAMLEvents {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private var event = yaml_event_t()
  private let origin: ScenarioOrigin

  init(parser: UnsafeMutablePointer<yaml_parser_t>, origin: ScenarioOrigin) {
    self.parser = parser
    self.origin = origin
  }

  /// Frees the current event. The stream must not be used afterwards.
  mutating func finish() {
    yaml_event_delete(&event)
  }

  /// Goes to the next event, or throws libyaml's complaint.
  mutating func advance() throws(ScenarioError) {
    yaml_event_delete(&event)
    guard yaml_parser_parse(parser, &event) == 1 else { throw syntaxError() }
  }

  var kind: yaml_event_type_t { event.type }

  /// Where the current event begins.
  var start: SourcePosition { position(event.start_mark) }

  /// Whether a document begins with `%YAML` or `%TAG`.
  var hasDirective: Bool {
    event.data.document_start.version_directive != nil
      || event.data.document_start.tag_directives.start
        != event.data.document_start.tag_directives.end
  }

  /// Text of a scalar event, and whether it stood in quotes or in a block.
  var scalar: (text: String, isQuoted: Bool) {
    let scalar = event.data.scalar
    let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
    return (String(decoding: bytes, as: UTF8.self), !isPlain)
  }

  /// Why the current node is refused before its content is looked at: alias, anchor or tag.
  var decoration: String? {
    let anchor: UnsafeMutablePointer<yaml_char_t>?
    let tag: UnsafeMutablePointer<yaml_char_t>?
    switch event.type {
    case YAML_ALIAS_EVENT: return "expected a value, found an alias (`*`)"
    case YAML_SCALAR_EVENT: (anchor, tag) = (event.data.scalar.anchor, event.data.scalar.tag)
    case YAML_SEQUENCE_START_EVENT:
      (anchor, tag) = (event.data.sequence_start.anchor, event.data.sequence_start.tag)
    case YAML_MAPPING_START_EVENT:
      (anchor, tag) = (event.data.mapping_start.anchor, event.data.mapping_start.tag)
    default: return nil
    }
    if anchor != nil { return "expected no anchor (`&`)" }
    if tag != nil { return "expected no tag (`!`)" }
    return nil
  }

  private func position(_ mark: yaml_mark_t) -> SourcePosition {
    SourcePosition(origin: origin, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }

  private func syntaxError() -> ScenarioError {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "no reason given"
    if problem.hasPrefix("found character that cannot start"), state.unread > 0,
      state.buffer.pointer.pointee == UInt8(ascii: "\t")
    {
      return ScenarioError(
        at: position(state.problem_mark), "expected spaces as indentation, found a tab")
    }
    var message = "not YAML: \(problem)"
    if let context = state.context {
      message += " \(String(cString: context))"
      if state.context_mark.line != state.problem_mark.line {
        message += " that began on line \(state.context_mark.line + 1)"
      }
    }
    return ScenarioError(at: position(state.problem_mark), message)
  }
}
