import Money

extension Syntax {
  /// A list of values, replacing the default list. `base` fills up an entry's missing keys;
  /// `identity` tells entries apart, and no two may have the same.
  static func list<Element: Sendable>(
    of element: Syntax<Element>, base: Element, count: ClosedRange<Int>,
    identity: (@Sendable (Element) -> String)? = nil
  ) -> Syntax<[Element]> where Value == [Element] {
    let size =
      count.lowerBound == count.upperBound
      ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
    return Syntax<[Element]>(
      schema: { _ in
        .type(
          "array", .init("items", element.schema(base)),
          .init("minItems", .integer(count.lowerBound)),
          .init("maxItems", .integer(count.upperBound)))
      },
      decode: { node, _, decoding in
        guard let nodes = node.elements else {
          decoding.expected("a list", at: node)
          return nil
        }
        guard count.contains(nodes.count) else {
          decoding.report(node, "expected a list of \(size) entries, found \(nodes.count)")
          return nil
        }
        let before = decoding.problems.count
        let values = nodes.compactMap { element.decode($0, base, &decoding) }
        guard decoding.problems.count == before else { return nil }
        if let identity { reportTwins(values.map(identity), nodes, &decoding) }
        return decoding.problems.count == before ? values : nil
      },
      show: { .array($0.map(element.show)) })
  }

  private static func reportTwins(
    _ names: [String], _ nodes: [ScenarioNode], _ decoding: inout Decoding
  ) {
    var seen: Set<String> = []
    for (name, node) in zip(names, nodes) where !seen.insert(name).inserted {
      let place = node.entries == nil ? node : node["name"] ?? node
      decoding.report(place, "expected different entries, found `\(name)` twice")
    }
  }

  /// A mapping given as a whole, replacing the default: each key and value makes one entry. The
  /// entries are sorted by key, since the order of a mapping has no meaning.
  static func table<Key: Sendable, Cell: Sendable>(
    keys: Syntax<Key>, key keyBase: Key, cells: Syntax<Cell>, base: Cell, minimum: Int = 0
  ) -> Syntax<[(Key, Cell)]> where Value == [(Key, Cell)] {
    Syntax<[(Key, Cell)]>(
      schema: { _ in
        .type(
          "object", .init("minProperties", .integer(minimum)),
          .init("propertyNames", keys.schema(keyBase)),
          .init("additionalProperties", cells.schema(base)))
      },
      decode: { node, _, decoding in
        guard let entries = node.entries, (minimum...1_000).contains(entries.count) else {
          decoding.expected("a mapping of \(minimum) to 1000 entries", at: node)
          return nil
        }
        var result: [(Key, Cell)] = []
        for entry in entries {
          let keyNode = ScenarioNode(
            content: .scalar(text: entry.key, isQuoted: false), position: entry.keyPosition,
            path: entry.value.path)
          let cell = cells.decode(entry.value, base, &decoding)
          guard let key = keys.decode(keyNode, keyBase, &decoding), let cell else { continue }
          result.append((key, cell))
        }
        return result.sorted { keys.show($0.0).line < keys.show($1.0).line }
      },
      show: { entries in
        .map(entries.map { .init(keys.show($0.0).line, cells.show($0.1)) })
      })
  }
}
