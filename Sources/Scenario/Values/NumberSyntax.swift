import Text

extension Syntax where Value == Int {
  /// A plain decimal integer in a range.
  static func integer(_ range: ClosedRange<Int>) -> Syntax<Int> {
    let schema = SchemaJSON.type(
      "integer", .init("minimum", .integer(range.lowerBound)),
      .init("maximum", .integer(range.upperBound)))
    return Syntax(scalar: schema, show: { .integer($0) }) { node, decoding in
      guard let text = node.plainText, NumberText.isCanonicalInteger(text),
        let value = Int(text), range.contains(value)
      else {
        decoding.expected(
          "a whole number from \(range.lowerBound) to \(range.upperBound)", at: node)
        return nil
      }
      return value
    }
  }
}

extension Syntax where Value == UInt64 {
  /// A seed: 0 to 2^64-1.
  static var seed: Syntax<UInt64> {
    let schema = SchemaJSON.type(
      "integer", .init("minimum", .integer(0)), .init("maximum", .integer(UInt64.max)))
    return Syntax(scalar: schema, show: { .integer($0) }) { node, decoding in
      guard let value = node.plainText.flatMap(NumberText.unsigned) else {
        decoding.expected("a whole number from 0 to \(UInt64.max)", at: node)
        return nil
      }
      return value
    }
  }
}

extension Syntax where Value == Double {
  /// A plain decimal in a range; `above` excludes the lower bound itself.
  static func decimal(_ range: ClosedRange<Double>, above: Bool = false) -> Syntax<Double> {
    let schema = SchemaJSON.type(
      "number", .init(above ? "exclusiveMinimum" : "minimum", .decimal(range.lowerBound)),
      .init("maximum", .decimal(range.upperBound)))
    let low = NumberText.text(range.lowerBound)
    let high = NumberText.text(range.upperBound)
    let what =
      above ? "a number above \(low), at most \(high)" : "a number from \(low) to \(high)"
    return Syntax(scalar: schema, show: { .decimal($0) }) { node, decoding in
      guard let value = node.plainText.flatMap(NumberText.decimal), range.contains(value),
        !above || value > range.lowerBound
      else {
        decoding.expected(what, at: node)
        return nil
      }
      return value
    }
  }

  /// A probability or a part of a whole: `0.01` or `1/100`.
  static var probability: Syntax<Double> {
    let schema = SchemaJSON.any(
      .type("number", .init("minimum", .integer(0)), .init("maximum", .integer(1))),
      .text(pattern: #"^(0|[1-9][0-9]*)/[1-9][0-9]*$"#, examples: ["1/100"]))
    return Syntax(scalar: schema, show: { .decimal($0) }) { node, decoding in
      guard let value = node.plainText.flatMap(probabilityValue) ?? ratio(node) else {
        decoding.expected("a probability from 0 to 1 such as 0.01 or 1/100", at: node)
        return nil
      }
      return value
    }
  }

  private static func probabilityValue(_ text: String) -> Double? {
    NumberText.decimal(text).flatMap { (0...1).contains($0) ? $0 : nil }
  }

  /// `1/100`, quoted or not.
  private static func ratio(_ node: ScenarioNode) -> Double? {
    guard let text = node.text else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let part = NumberText.integer(String(parts[0])),
      let whole = NumberText.integer(String(parts[1])), whole > 0, (0...whole).contains(part)
    else { return nil }
    return Double(part) / Double(whole)
  }
}

extension Syntax where Value == Bool {
  /// `true` or `false`, and no other spelling.
  static var boolean: Syntax<Bool> {
    Syntax(scalar: .type("boolean"), show: { .boolean($0) }) { node, decoding in
      switch node.plainText {
      case "true": return true
      case "false": return false
      default:
        decoding.expected("true or false", at: node)
        return nil
      }
    }
  }
}
