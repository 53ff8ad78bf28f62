import Money
import Text

@testable import Scenario

extension ScenarioGenerator {
  /// A value that a schema takes by itself.
  mutating func value(_ schema: SchemaJSON, _ path: [String]) -> SchemaJSON {
    if let constant = schema["const"] { return constant }
    if case .array(let words)? = schema["enum"] { return random.pick(words) }
    if schema[BoundKeyword.maximumMinorUnits] != nil { return money(schema) }
    if case .array(let alternatives)? = schema["anyOf"] {
      let fallback = schema["default"].map { [SchemaJSON.Member("default", $0)] } ?? []
      return value(random.pick(alternatives).adding(fallback), path)
    }
    switch schema["type"] {
    case .string("object")?: return object(schema, path)
    case .string("array")?: return array(schema, path)
    case .string("integer")?: return integer(schema)
    case .string("number")?: return number(schema)
    case .string("boolean")?: return .boolean(random.chance(0.5))
    default: return string(schema, path)
    }
  }

  /// A mapping with its required keys and some of the others.
  mutating func object(_ schema: SchemaJSON, _ path: [String]) -> SchemaJSON {
    if let cells = schema["additionalProperties"], cells.members != nil {
      return table(schema, cells, path)
    }
    let properties = schema["properties"]?.members ?? []
    var required: Set<String> = []
    if case .array(let names)? = schema["required"] { required = Set(names.map(\.line)) }
    if let shares = partition(properties) { return shares }
    var members: [SchemaJSON.Member] = []
    for property in properties {
      let share = share(of: property.value, in: schema, isRoot: path.isEmpty)
      guard required.contains(property.key) || random.chance(share) else { continue }
      members.append(.init(property.key, value(property.value, path + [property.key])))
    }
    for pair in exclusions(schema)
    where pair.allSatisfy({ key in members.contains { $0.key == key } }) {
      let dropped = random.pick(pair)
      members.removeAll { $0.key == dropped }
    }
    return .object(members)
  }

  /// How often an optional key is given: sections, what there are several named kinds of, and keys
  /// of small mappings more often than others, so that what belongs to one kind alone is tried too.
  private func share(of value: SchemaJSON, in parent: SchemaJSON, isRoot: Bool) -> Double {
    func isKind(_ schema: SchemaJSON) -> Bool { schema["properties"]?["name"]?["const"] != nil }
    guard density > 0 else { return 0 }
    if isKind(parent) { return 0.6 }
    // A mapping of few keys says nothing without them.
    if !isRoot, parent["properties"]?.members?.count ?? 0 <= 3 { return max(density, 0.5) }
    if case .array(let alternatives)? = value["anyOf"], alternatives.contains(where: isKind) {
      return max(density, 0.5)
    }
    return isRoot || value["properties"] != nil ? 2 * density : density
  }

  /// The keys of which at most one may be given, in pairs.
  private func exclusions(_ schema: SchemaJSON) -> [[String]] {
    guard case .array(let rules)? = schema["allOf"] else { return [] }
    return rules.compactMap { rule in
      guard case .array(let names)? = rule["not"]?["required"] else { return nil }
      return names.map(\.line)
    }
  }

  /// Parts of a whole, where the defaults of all keys are such.
  private mutating func partition(_ properties: [SchemaJSON.Member]) -> SchemaJSON? {
    let defaults = properties.compactMap { $0.value["default"].flatMap { Double($0.line) } }
    guard properties.count > 2, defaults.count == properties.count,
      abs(defaults.reduce(0, +) - 1) < 1e-9
    else { return nil }
    return .object(zip(properties, shares(properties.count)).map { .init($0.key, $1) })
  }

  private mutating func table(
    _ schema: SchemaJSON, _ cells: SchemaJSON, _ path: [String]
  ) -> SchemaJSON {
    var least = 0
    if case .number(let digits)? = schema["minProperties"] { least = Int(digits) ?? 0 }
    var members: [SchemaJSON.Member] = []
    for _ in 0..<max(least, random.whole(1...3)) {
      let key = string(schema["propertyNames"] ?? .object([]), path).line
      guard !members.contains(where: { $0.key == key }) else { continue }
      if cells[BoundKeyword.maximumMinorUnits] != nil, let currency = Currency(code: key) {
        members.append(.init(key, money(cells, in: currency)))
        continue
      }
      members.append(.init(key, value(cells, path + ["*"])))
    }
    return .map(members)
  }

  private mutating func array(_ schema: SchemaJSON, _ path: [String]) -> SchemaJSON {
    let items = schema["items"] ?? .object([])
    let least = bound(schema, "minItems") ?? 0
    let most = bound(schema, "maxItems") ?? 3
    if least == most {
      let weights = (0..<least).map { _ in random.chance(0.3) ? 0 : random.magnitude(0.01...10) }
      return .array((weights.contains { $0 > 0 } ? weights : weights.map { _ in 1 }).map(decimal))
    }
    if case .array(let pair)? = items["items"] { return quantiles(pair[1]) }
    let count = min(most, max(least, random.pick([0, 1, 1, 2, 3])))
    var values = (0..<count).map { _ in value(items, path + ["[]"]) }
    if case .array(let required)? = items["required"], required.contains(.string("share")) {
      values = zip(values, shares(count)).map { $0.adding([.init("share", $1)]) }
    }
    return .array(values.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
  }

  /// Ascending pairs of a probability and a value.
  private mutating func quantiles(_ values: SchemaJSON) -> SchemaJSON {
    let most = min(bound(values, "maximum").map(Double.init) ?? 1_000, 5_000)
    let count = random.whole(2...5)
    let levels = (0..<count).map { _ in (random.magnitude(0.5...most) * 100).rounded() / 100 }
    return .array(
      levels.sorted().enumerated().map { index, level in
        .array([decimal(Double(index) / Double(count - 1)), decimal(level)])
      })
  }

  private func bound(_ schema: SchemaJSON, _ key: String) -> Int? {
    if case .number(let digits)? = schema[key] {
      Int(digits) ?? Double(digits).map { Int($0) }
    } else {
      nil
    }
  }

  private mutating func integer(_ schema: SchemaJSON) -> SchemaJSON {
    guard case .number(let low)? = schema["minimum"], case .number(let high)? = schema["maximum"],
      let least = UInt64(low), let most = UInt64(high)
    else { return .integer(random.whole(1...100)) }
    if random.chance(0.1) { return .integer(least) }
    let standard = schema["default"].flatMap { Double($0.line) } ?? 20
    let range = max(Double(least), standard / 20, 1)...max(standard * 5, 8)
    let drawn = UInt64(random.magnitude(min(range.lowerBound, range.upperBound)...range.upperBound))
    return .integer(min(max(drawn, least), most))
  }

  private mutating func number(_ schema: SchemaJSON) -> SchemaJSON {
    let least = (schema["minimum"] ?? schema["exclusiveMinimum"]).flatMap { Double($0.line) } ?? 0
    let most = schema["maximum"].flatMap { Double($0.line) } ?? 1
    let isZero = schema["minimum"] == .integer(0) && random.chance(0.15)
    if isZero { return .integer(0) }
    if most == 1 { return decimal(random.chance(0.1) ? 1 : random.magnitude(0.0001...1)) }
    if least < 0 {
      return decimal(Double.random(in: max(least, -3)...min(most, 3), using: &random))
    }
    let standard = schema["default"].flatMap { Double($0.line) } ?? min(1, most)
    let range = max(least, standard / 20, 1e-6)...max(min(most, standard * 5), max(least, 1e-6))
    return decimal(random.magnitude(min(range.lowerBound, range.upperBound)...range.upperBound))
  }

  /// A decimal with an exponent now and then.
  private func decimal(_ value: Double) -> SchemaJSON {
    value != 0 && abs(value) < 1e-4 ? .number("\(value)") : .decimal(value)
  }

  private mutating func money(_ schema: SchemaJSON, in given: Currency? = nil) -> SchemaJSON {
    let standard = (schema["default"]?.line.split(separator: " ").first).flatMap { Double($0) }
    let units = random.magnitude(max((standard ?? 10) / 50, 0.01)...max((standard ?? 10) * 20, 10))
    let drawn = random.pick(words.currencies + [.usd])
    let currency = given ?? drawn
    let least = Int64(bound(schema, BoundKeyword.minimumMinorUnits) ?? 0)
    let most = Int64(bound(schema, BoundKeyword.maximumMinorUnits) ?? 1_000_000)
    var minor = Int64(
      min(units / words.rate(of: currency) * Double(currency.minorUnitsPerUnit), Double(most)))
    if random.chance(0.1) { minor = 0 }
    let amount = MoneyAmount(minorUnits: min(max(minor, least), most), currency: currency)
    guard random.chance(0.1) else {
      return .string("\(amount.decimalString) \(currency.code)")
    }
    return .map([
      .init("amount", .string(amount.decimalString)), .init("currency", .string(currency.code)),
    ])
  }

  private mutating func string(_ schema: SchemaJSON, _ path: [String]) -> SchemaJSON {
    if let least = schema[BoundKeyword.minimum], let most = schema[BoundKeyword.maximum] {
      return duration(schema, least.line, most.line)
    }
    if let words = words.words(for: schema, path, &random) { return .string(words) }
    if case .array(let examples)? = schema["examples"], !examples.isEmpty {
      return random.pick(examples)
    }
    return .string("word-\(random.whole(1...99))")
  }

  private mutating func duration(
    _ schema: SchemaJSON, _ least: String, _ most: String
  ) -> SchemaJSON {
    func nanoseconds(_ text: String) -> Double {
      Double((try? DurationText.nanoseconds(text)) ?? 0)
    }
    let range = nanoseconds(least)...nanoseconds(most)
    if range.lowerBound == 0, random.chance(0.1) { return .string("0s") }
    let standard = schema["default"].map { nanoseconds($0.line) } ?? 0
    let middle = standard > 0 ? standard : 60e9
    let low = min(max(range.lowerBound, middle / 100, 1), range.upperBound)
    let drawn = random.magnitude(low...max(low, min(range.upperBound, middle * 20)))
    // Whole seconds or milliseconds where there are some, so that instants coincide.
    let step = drawn > 60e9 ? 60e9 : drawn > 1e9 ? 1e9 : drawn > 1e6 ? 1e6 : 1
    let whole = max((drawn / step).rounded(.down) * step, range.lowerBound)
    return .string(DurationText.text(.nanoseconds(Int64(whole))))
  }
}
