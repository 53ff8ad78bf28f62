/// How a value of one type is written: read from a node, shown in a listing, described in the
/// schema.
struct Syntax<Value: Sendable>: Sendable {
  /// The fragment of the JSON Schema, given the default.
  let schema: @Sendable (Value) -> SchemaJSON
  /// Reads a node; the second argument is the default, from which a section is filled up. Notes
  /// what is wrong and returns nil if there is no usable value.
  let decode: @Sendable (ScenarioNode, Value, inout Decoding) -> Value?
  /// The value as `decode` reads it.
  let show: @Sendable (Value) -> SchemaJSON

  init(
    schema: @escaping @Sendable (Value) -> SchemaJSON,
    decode: @escaping @Sendable (ScenarioNode, Value, inout Decoding) -> Value?,
    show: @escaping @Sendable (Value) -> SchemaJSON
  ) {
    self.schema = schema
    self.decode = decode
    self.show = show
  }

  /// A syntax of scalars, which needs no default. The schema is built where one is asked for, not
  /// where a scenario is read.
  init(
    scalar schema: @autoclosure @escaping @Sendable () -> SchemaJSON,
    show: @escaping @Sendable (Value) -> SchemaJSON,
    decode: @escaping @Sendable (ScenarioNode, inout Decoding) -> Value?
  ) {
    self.schema = { _ in schema() }
    self.decode = { node, _, decoding in decode(node, &decoding) }
    self.show = show
  }
}

extension SchemaJSON {
  /// A schema object of `type`, with more members.
  static func type(_ name: String, _ members: Member...) -> SchemaJSON {
    .object([Member("type", .string(name))] + members)
  }

  /// Text that matches a pattern, with examples.
  static func text(pattern: String, examples: [String]) -> SchemaJSON {
    .type("string", Member("pattern", .string(pattern)), Member("examples", .strings(examples)))
  }

  /// Any one of several schemas.
  static func any(_ schemas: SchemaJSON...) -> SchemaJSON {
    .object([Member("anyOf", .array(schemas))])
  }
}
