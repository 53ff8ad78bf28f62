extension Syntax where Value == [Double] {
  /// Weights of which at least one is above zero.
  static func weights(_ count: Int) -> Syntax<[Double]> {
    let list = Syntax<[Double]>.list(
      of: Syntax<Double>.decimal(0...1_000_000_000), base: 0, count: count...count)
    return Syntax(
      schema: list.schema,
      decode: { node, current, decoding in
        guard let weights = list.decode(node, current, &decoding) else { return nil }
        guard weights.contains(where: { $0 > 0 }) else {
          decoding.report(node, "expected at least one weight above zero, found zeros")
          return nil
        }
        return weights
      },
      show: list.show)
  }
}

extension Syntax where Value == [(probability: Double, value: Double)] {
  /// Pairs of a probability and a value, both ascending, from probability 0 to 1.
  static func quantiles(_ range: ClosedRange<Double>) -> Syntax<Value> {
    let decimal = Syntax<Double>.decimal(range)
    let pair = SchemaJSON.type(
      "array", .init("items", .array([Syntax<Double>.probability.schema(0), decimal.schema(0)])),
      .init("minItems", .integer(2)), .init("maxItems", .integer(2)))
    let schema = SchemaJSON.type(
      "array", .init("items", pair), .init("minItems", .integer(2)),
      .init("maxItems", .integer(1_000)))
    return Syntax(
      schema: { _ in schema },
      decode: { node, _, decoding in
        guard let nodes = node.elements, (2...1_000).contains(nodes.count) else {
          decoding.expected("a list of 2 to 1000 [probability, value] pairs", at: node)
          return nil
        }
        var points: Value = []
        for element in nodes {
          guard let parts = element.elements, parts.count == 2 else {
            decoding.expected("a pair such as [0.5, 100]", at: element)
            return nil
          }
          guard let probability = Syntax<Double>.probability.decode(parts[0], 0, &decoding),
            let value = decimal.decode(parts[1], 0, &decoding)
          else { return nil }
          points.append((probability: probability, value: value))
        }
        return ascending(points, nodes, &decoding) ? points : nil
      },
      show: { .array($0.map { .array([.decimal($0.probability), .decimal($0.value)]) }) })
  }

  private static func ascending(
    _ points: Value, _ nodes: [ScenarioNode], _ decoding: inout Decoding
  ) -> Bool {
    guard points[0].probability == 0 else {
      decoding.report(nodes[0], "expected a first quantile at probability 0")
      return false
    }
    guard points[points.count - 1].probability == 1 else {
      decoding.report(nodes[nodes.count - 1], "expected a last quantile at probability 1")
      return false
    }
    for index in points.indices.dropFirst() {
      let (left, right) = (points[index - 1], points[index])
      guard left.probability < right.probability, left.value <= right.value else {
        decoding.report(nodes[index], "expected ascending quantiles, found one below its neighbour")
        return false
      }
    }
    return true
  }
}
