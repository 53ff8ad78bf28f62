import Declared
import Text

/// A mapping of a scenario: its keys, each declared once.
struct Section<Root: Sendable>: Sendable {
  let description: String
  let fields: [Field<Root>]
  /// Keys of earlier versions that nothing followed: files may keep them, and are told so.
  let retired: [String]
  /// Relations between the section's own values, looked at when each of them is right.
  let check: @Sendable (Root, ScenarioNode, inout Decoding) -> Void

  init(
    _ description: String, _ fields: [Field<Root>], retired: [String] = [],
    check: @escaping @Sendable (Root, ScenarioNode, inout Decoding) -> Void = { _, _, _ in }
  ) {
    precondition(
      Set(fields.map(\.key)).count == fields.count, "a key is declared twice: \(description)")
    self.description = description
    self.fields = fields
    self.retired = retired
    self.check = check
  }

  /// The section with keys that move less than the simulation.
  func changing(_ effect: SettingEffect) -> Section {
    Section(
      description, fields.map { $0.changing(effect) }, retired: retired, check: check)
  }

  /// The section as the value of a key.
  var syntax: Syntax<Root> {
    Syntax(
      schema: schema(defaults:),
      decode: { decode($0, over: $1, &$2) },
      show: show)
  }

  /// Reads a mapping over `defaults`. Everything wrong in it is noted.
  func decode(_ node: ScenarioNode, over defaults: Root, _ decoding: inout Decoding) -> Root? {
    guard let entries = node.entries else {
      decoding.expected("a mapping", at: node)
      return nil
    }
    let before = decoding.problems.count
    let keys = fields.map(\.key)
    for entry in entries where !keys.contains(entry.key) {
      guard !retired.contains(entry.key) else {
        decoding.remark(
          at: entry.keyPosition, path: entry.value.path,
          "means nothing any more and is not read; remove it")
        continue
      }
      decoding.report(
        at: entry.keyPosition, path: entry.value.path, Self.unknown(entry.key, among: keys))
    }
    var result = defaults
    let excluded = excludedKeys(node, &decoding)
    for field in fields where !excluded.contains(field.key) {
      if let value = node[field.key] {
        field.decode(value, &result, &decoding)
      } else if field.isRequired {
        decoding.report(
          at: node.position, path: node.path.appending(.key(field.key)),
          Self.missing(field.description))
      }
    }
    guard decoding.problems.count == before else { return nil }
    check(result, node, &decoding)
    return decoding.problems.count == before ? result : nil
  }

  /// The message for a key that the section does not have.
  private static func unknown(_ key: String, among keys: [String]) -> String {
    let hint = EditDistance.hint(key, among: keys)
    let all = keys.isEmpty ? "no key" : "one of \(keys.joined(separator: ", "))"
    return "unknown key `\(printable(key))`\(hint.isEmpty ? "; expected \(all)" : hint)"
  }

  /// The message for a key that must be given.
  static func missing(_ description: String) -> String {
    "missing key: \(description.hasSuffix(".") ? String(description.dropLast()) : description)"
  }

  /// Keys that lose against another of their group: an override beats the file; two of the file are
  /// a problem.
  private func excludedKeys(_ node: ScenarioNode, _ decoding: inout Decoding) -> Set<String> {
    var excluded: Set<String> = []
    for mark in exclusiveMarks {
      let given = fields.filter { $0.exclusive == mark && node[$0.key] != nil }
      guard given.count > 1 else { continue }
      let overriding = given.filter { node[$0.key]?.hasOverride == true }
      if overriding.count == 1 {
        excluded.formUnion(given.map(\.key).filter { $0 != overriding[0].key })
        continue
      }
      let all = fields.filter { $0.exclusive == mark }.map { "`\($0.key)`" }
      for field in given.dropFirst() {
        guard let entry = node.entries?.first(where: { $0.key == field.key }) else { continue }
        decoding.report(
          at: entry.keyPosition, path: entry.value.path,
          "expected only one of \(all.joined(separator: ", ")), found `\(given[0].key)` as well")
      }
    }
    return excluded
  }

  private var exclusiveMarks: [String] {
    fields.compactMap(\.exclusive).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The section with all its values, in the order of declaration.
  func show(_ root: Root) -> SchemaJSON {
    .object(
      fields.compactMap { field in field.show(root).map { SchemaJSON.Member(field.key, $0) } })
  }

  /// The section's schema: closed, with descriptions and defaults.
  func schema(defaults: Root) -> SchemaJSON {
    let properties = fields.map { field in
      let schema = field.schema(defaults)
      var members = [SchemaJSON.Member("description", .string(field.description))]
      let isLess = field.effect != .simulation && schema["properties"] == nil
      if isLess || !schema.statesEffect {
        members.append(.init(SettingEffect.keyword, .string(field.effect.rawValue)))
      }
      if !field.isRequired, let value = field.show(defaults) {
        if case .object = value {} else { members.append(.init("default", value)) }
      }
      return SchemaJSON.Member(field.key, schema.adding(members))
    }
    var members: [SchemaJSON.Member] = [
      .init("type", .string("object")), .init("description", .string(description)),
      .init("additionalProperties", .boolean(false)), .init("properties", .object(properties)),
    ]
    let required = fields.filter(\.isRequired).map(\.key)
    if !required.isEmpty { members.append(.init("required", .strings(required))) }
    let exclusions = exclusionSchemas
    if !exclusions.isEmpty { members.append(.init("allOf", .array(exclusions))) }
    return .object(members)
  }

  /// `not` both, for each pair of fields that exclude each other.
  private var exclusionSchemas: [SchemaJSON] {
    exclusiveMarks.flatMap { mark in
      let keys = fields.filter { $0.exclusive == mark }.map(\.key)
      return keys.indices.flatMap { first in
        keys[(first + 1)...].map { second in
          SchemaJSON.object([
            .init("not", .object([.init("required", .strings([keys[first], second]))]))
          ])
        }
      }
    }
  }
}

extension ScenarioNode {
  /// Whether this value, or a part of it, was set by a flag or the environment.
  var hasOverride: Bool { firstOverride != nil }

  /// Where the first part of this value that was set by a flag or the environment comes from.
  var firstOverride: SourcePosition? {
    if position.origin.isOverride { return position }
    switch content {
    case .scalar: return nil
    case .sequence(let elements): return elements.lazy.compactMap(\.firstOverride).first
    case .mapping(let entries): return entries.lazy.compactMap(\.value.firstOverride).first
    }
  }
}
