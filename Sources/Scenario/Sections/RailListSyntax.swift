import Text
import Money

extension Syntax where Value == String {
  /// The name of a rail of the reference table.
  static var referenceName: Syntax<String> {
    let names = RailSettings.reference.map(\.name)
    let schema = SchemaJSON.object([.init("enum", .strings(names))])
    return Syntax(scalar: schema, show: { .string($0) }) { node, decoding in
      guard let name = node.text, names.contains(name) else {
        decoding.expected(
          "a rail of the reference table (\(names.joined(separator: ", ")))", at: node,
          hint: node.text.map { EditDistance.hint($0, among: names) } ?? "")
        return nil
      }
      return name
    }
  }
}

extension Syntax where Value == RailSettings {
  /// `fedwire`, `{reference: fedwire, fee: ...}` with changes, or a rail that is given whole.
  static var rail: Syntax<RailSettings> {
    let whole = Section<RailSettings>.rail
    return Syntax(
      schema: { base in
        .any(
          Syntax<String>.referenceName.schema(""), whole.schema(defaults: base), changedSchema)
      },
      decode: { node, base, decoding in
        let name = node.text == nil ? node["reference"] : node
        guard let name else { return whole.decode(node, over: base, &decoding) }
        guard let name = Syntax<String>.referenceName.decode(name, "", &decoding),
          let reference = RailSettings.reference.first(where: { $0.name == name })
        else { return nil }
        guard node.entries != nil else { return reference }
        return Section<RailSettings>.changedRail.decode(node, over: reference, &decoding)
      },
      show: whole.show)
  }

  /// The defaults are those of the reference, so the schema states none.
  private static var changedSchema: SchemaJSON {
    let schema = Section<RailSettings>.changedRail.schema(defaults: .base)
    let properties = (schema["properties"]?.members ?? []).map { member in
      let rest = (member.value.members ?? []).filter { $0.key != "default" }
      return SchemaJSON.Member(member.key, .object(rest))
    }
    return schema.adding([
      .init("properties", .object(properties)), .init("required", .strings(["reference"])),
    ])
  }
}

extension Syntax where Value == [RailSettings] {
  /// A list of rails, or `reference` for all of the reference table.
  static var rails: Syntax<[RailSettings]> {
    let list = Syntax<[RailSettings]>.list(
      of: .rail, base: .base, count: 1...200, identity: { $0.name })
    let word = SchemaJSON.object([.init("const", .string("reference"))])
    return Syntax(
      schema: { .any(word, list.schema($0)) },
      decode: { node, base, decoding in
        guard let text = node.text else { return list.decode(node, base, &decoding) }
        if text == "reference" { return RailSettings.reference }
        decoding.expected("a list of rails, or `reference` for the reference table", at: node)
        return nil
      },
      show: list.show)
  }
}
