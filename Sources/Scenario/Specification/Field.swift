import Declared

/// One key of a section: declared once, read by the decoder, the schema, the listing and `--set`.
struct Field<Root: Sendable>: Sendable {
  let key: String
  let description: String
  var isRequired = false
  /// Fields of a mapping with the same mark exclude each other.
  var exclusive: String?
  /// What another value shows in; of a section, its own keys say it.
  private(set) var effect = SettingEffect.simulation
  /// The schema of the value, given the section's defaults.
  let schema: @Sendable (Root) -> SchemaJSON
  let decode: @Sendable (ScenarioNode, inout Root, inout Decoding) -> Void
  /// The value in a section; nil if the section has none.
  let show: @Sendable (Root) -> SchemaJSON?

  private init(
    key: String, description: String, schema: @escaping @Sendable (Root) -> SchemaJSON,
    decode: @escaping @Sendable (ScenarioNode, inout Root, inout Decoding) -> Void,
    show: @escaping @Sendable (Root) -> SchemaJSON?
  ) {
    self.key = key
    self.description = description
    self.schema = schema
    self.decode = decode
    self.show = show
  }

  /// A property that always has a value.
  init<Value: Sendable>(
    _ key: String, _ property: Property<Root, Value>, _ syntax: Syntax<Value>,
    _ description: String
  ) {
    self.init(
      key: key, description: description,
      schema: { syntax.schema($0[keyPath: property]) },
      decode: { node, root, decoding in
        if let value = syntax.decode(node, root[keyPath: property], &decoding) {
          root[keyPath: property] = value
        }
      },
      show: { syntax.show($0[keyPath: property]) })
  }

  /// The field as one of a section that has this one's values under `property`.
  func within<Outer: Sendable>(_ property: Property<Outer, Root>) -> Field<Outer> {
    var field = Field<Outer>(
      key: key, description: description, schema: { schema($0[keyPath: property]) },
      decode: { node, root, decoding in decode(node, &root[keyPath: property], &decoding) },
      show: { show($0[keyPath: property]) })
    field.isRequired = isRequired
    field.exclusive = exclusive
    field.effect = effect
    return field
  }

  /// The field of a key that moves less than the simulation.
  func changing(_ effect: SettingEffect) -> Field {
    var field = self
    field.effect = effect
    return field
  }

  /// A property that must be given.
  static func required<Value: Sendable>(
    _ key: String, _ property: Property<Root, Value>, _ syntax: Syntax<Value>,
    _ description: String
  ) -> Field {
    var field = Field(key, property, syntax, description)
    field.isRequired = true
    return field
  }

  /// A property that may be absent.
  static func optional<Value: Sendable>(
    _ key: String, _ property: Property<Root, Value?>, base: Value,
    _ syntax: Syntax<Value>, _ description: String
  ) -> Field {
    computed(
      key, get: { $0[keyPath: property] }, set: { $0[keyPath: property] = $1 }, base: base, syntax,
      description)
  }

  /// A value behind two functions, such as one case of an enumeration; `base` fills it up where the
  /// section has none.
  static func computed<Value: Sendable>(
    _ key: String, get: @escaping @Sendable (Root) -> Value?,
    set: @escaping @Sendable (inout Root, Value) -> Void, base: Value, _ syntax: Syntax<Value>,
    _ description: String, excludes mark: String? = nil
  ) -> Field {
    var field = Field(
      key: key, description: description,
      schema: { syntax.schema(get($0) ?? base) },
      decode: { node, root, decoding in
        if let value = syntax.decode(node, get(root) ?? base, &decoding) { set(&root, value) }
      },
      show: { get($0).map(syntax.show) })
    field.exclusive = mark
    return field
  }

  /// Fields of the same section that read better under a key of their own.
  static func group(_ key: String, _ description: String, _ fields: [Field]) -> Field {
    let syntax = Section(description, fields).syntax
    return Field(
      key: key, description: description, schema: syntax.schema,
      decode: { node, root, decoding in
        if let value = syntax.decode(node, root, &decoding) { root = value }
      },
      show: { syntax.show($0) })
  }
}

/// A key path that may be kept by a declaration shared between threads.
typealias Property<Root, Value> = any WritableKeyPath<Root, Value> & Sendable
