import Money
import Text

@testable import Scenario

/// The ends of what a key takes, what lies just inside and just outside, and what is huge.
enum ExtremeValues {
  /// Values by a schema, accepted or not.
  static func values(_ schema: SchemaJSON) -> [SchemaJSON] {
    if schema[BoundKeyword.maximumMinorUnits] != nil { return money(schema) }
    if DeclaredSchema.isLatency(schema) { return latencies(schema) }
    if case .array(let words)? = schema["enum"] { return words }
    if case .array(let alternatives)? = schema["anyOf"] {
      return alternatives.flatMap { DeclaredSchema.isScalar($0) ? values($0) : [] }
    }
    switch schema["type"] {
    case .string("integer")?: return integers(schema)
    case .string("number")?: return numbers(schema)
    case .string("boolean")?: return [.boolean(false), .boolean(true)]
    case .string("array")?: return lists(schema)
    case .string("object")?: return tables(schema)
    default: return strings(schema)
    }
  }

  private static func integers(_ schema: SchemaJSON) -> [SchemaJSON] {
    guard let least = schema["minimum"]?.line, let most = schema["maximum"]?.line else { return [] }
    let low = Int(least) ?? 0
    let high = Int(most) ?? .max
    let inside = [low, low + 1, high - 1, high].map { SchemaJSON.integer($0) }
    return inside + [.integer(low - 1), .number("\(UInt64(high) + 1)"), .integer(UInt64.max)]
  }

  private static func numbers(_ schema: SchemaJSON) -> [SchemaJSON] {
    let least = (schema["minimum"] ?? schema["exclusiveMinimum"]).flatMap { Double($0.line) } ?? 0
    let most = schema["maximum"].flatMap { Double($0.line) } ?? 1
    return [least, least.nextUp, most.nextDown, most, least.nextDown, most.nextUp, 0].map {
      .decimal($0)
    } + ["1e-300", "1e-9", "1e308", "-1"].map { .number($0) }
  }

  private static func durations(_ schema: SchemaJSON) -> [SchemaJSON] {
    func nanoseconds(_ key: String) -> Int64 {
      schema[key].flatMap { try? DurationText.nanoseconds($0.line) } ?? 0
    }
    let (least, most) = (nanoseconds(BoundKeyword.minimum), nanoseconds(BoundKeyword.maximum))
    let inside = [least, least + 1, most - 1, most, most + 1, 0, 1]
    return inside.map { .string(DurationText.text(.nanoseconds($0))) }
      + [.string("106751d"), .string("99999999999d")]
  }

  private static func latencies(_ schema: SchemaJSON) -> [SchemaJSON] {
    guard case .array(let forms)? = schema["anyOf"], let constant = forms.first,
      let most = constant[BoundKeyword.maximum]
    else { return [] }
    func distribution(_ median: String, _ p99: SchemaJSON) -> SchemaJSON {
      .map([.init("median", .string(median)), .init("p99", p99)])
    }
    func exponential(_ mean: SchemaJSON) -> SchemaJSON {
      .map([.init("mean", mean), .init("kind", .string("exponential"))])
    }
    return durations(constant) + [
      distribution("1ns", most), distribution("1ns", .string("2ns")), distribution("1d", most),
      distribution("1ns", .string("1d")), exponential(.string("1ns")), exponential(most),
    ]
  }

  private static func money(_ schema: SchemaJSON) -> [SchemaJSON] {
    func units(_ key: String) -> Int64 { schema[key].flatMap { Int64($0.line) } ?? 0 }
    let (least, most) = (
      units(BoundKeyword.minimumMinorUnits), units(BoundKeyword.maximumMinorUnits)
    )
    var values: [SchemaJSON] = []
    for code in ["USD", "JPY", "EUR"] {
      let currency = Currency(code: code)!
      for minor in [least, least + 1, most - 1, most, most + 1, 0] {
        let amount = MoneyAmount(minorUnits: minor, currency: currency)
        values.append(.string("\(amount.decimalString) \(code)"))
      }
    }
    return values + [.string("92233720368547758.07 USD"), .string("99999999999999999999 JPY")]
  }

  private static func lists(_ schema: SchemaJSON) -> [SchemaJSON] {
    guard let items = schema["items"] else { return [] }
    let least = schema["minItems"].flatMap { Int($0.line) } ?? 0
    let most = schema["maxItems"].flatMap { Int($0.line) } ?? 0
    if least == most {
      let cells = values(items)
      let last = (0..<least).map { SchemaJSON.integer($0 == least - 1 ? 1 : 0) }
      return [.array(last), .array(last.reversed()), .array(last.map { _ in .integer(0) })]
        + cells.map { .array(Array(repeating: $0, count: least)) }
    }
    if case .array(let pair)? = items["items"], pair.count == 2 {
      let cells = values(pair[1])
      return zip(cells, cells.dropFirst() + [cells[0]]).flatMap { low, high in
        [
          SchemaJSON.array([.array([.integer(0), low]), .array([.integer(1), high])]),
          .array([.array([.integer(0), low]), .array([.integer(1), low])]),
        ]
      }
    }
    var generator = ScenarioGenerator(plainSeed: 7)
    let some = (0..<40).map { _ in generator.value(items, []) }
    let different = some.reduce(into: [SchemaJSON]()) { if !$0.contains($1) { $0.append($1) } }
    let ends = DeclaredSchema.isScalar(items) ? values(items).map { SchemaJSON.array([$0]) } : []
    return ends + [.array([]), .array(Array(different.prefix(1))), .array(different)]
  }

  private static func tables(_ schema: SchemaJSON) -> [SchemaJSON] {
    guard let cells = schema["additionalProperties"], cells.members != nil else { return [] }
    let ends = values(cells).flatMap { cell in
      ["USD", "EUR", "USD/EUR"].map { SchemaJSON.map([.init($0, cell)]) }
    }
    return [.map([])] + ends
  }

  private static func strings(_ schema: SchemaJSON) -> [SchemaJSON] {
    if schema[BoundKeyword.minimum] != nil { return durations(schema) }
    var texts = ["", "x", "USD", "JPY", "BHD", "00:00", "23:59:59", "1970-01-01", "2099-12-31"]
    texts += ["UTC", "Pacific/Kiritimati", "0/1", "1/1", "1/999999999", "north", "correspondent-1"]
    texts += ["US", "fedwire", "chaps"]
    texts += [64, 200, 500].map { String(repeating: "x", count: $0) }
    if case .array(let examples)? = schema["examples"] { texts += examples.map(\.line) }
    return texts.map { .string($0) }
  }
}

extension ScenarioTree {
  /// A small world of card payments and transfers in dollars, with everything that another value
  /// may refer to.
  static let small: ScenarioTree = {
    func tree(_ members: [(String, SchemaJSON)]) -> SchemaJSON {
      .object(members.map { .init($0.0, $0.1) })
    }
    let market = tree([
      ("country", .string("US")), ("region", .string("north")), ("time_zone", .string("UTC")),
      ("currency", .string("USD")), ("settlement_currency", .string("USD")),
      ("share", .integer(1)),
    ])
    let rail = tree([
      ("name", .string("wires")), ("currency", .string("USD")), ("time_zone", .string("UTC")),
      ("open", .string("06:00")), ("close", .string("18:00")), ("fee", .string("0.50 USD")),
    ])
    let dollars = SchemaJSON.map([.init("USD", .integer(1))])
    let transfers = tree([
      ("payments", .integer(8)), ("source_currencies", dollars),
      ("destination_currencies", dollars),
    ])
    return ScenarioTree(
      root: tree([
        ("name", .string("extremes")),
        ("settlement", tree([("strategy", .string("merchant_day"))])),
        ("time", tree([("duration", .string("10h")), ("drain_limit", .string("6d"))])),
        ("cells", tree([("per_region", .integer(1))])),
        ("merchants", tree([("count", .integer(5)), ("markets", .array([market]))])),
        (
          "workload",
          tree([
            ("generated", tree([("payments", .integer(12))])),
            ("transfers", transfers),
          ])
        ),
        ("rails", .array([rail, .string("fedwire")])),
      ]))
  }()

  /// Puts a value at a key, with what has to stand around it, and without what excludes it.
  mutating func place(_ value: SchemaJSON, at leaf: DeclaredSchema.Leaf) {
    var generator = ScenarioGenerator(plainSeed: 11)
    var path: [Step] = []
    for (index, link) in leaf.chain.enumerated() {
      if index > 0 { leaveOut(leaf.chain[index - 1].schema, besides: link.key, at: path) }
      path.append(link.key == "[]" ? .index(0) : .key(link.key))
      if index == leaf.chain.count - 1 { return set(value, at: path) }
      if let old = self.value(at: path), Self.fits(old, link.schema) { continue }
      let parent = Array(path.dropLast())
      let keys = Array(leaf.keys.prefix(index + 1))
      if case .index = path.last, let rest = self.value(at: parent) {
        guard case .array(let entries) = rest, entries.isEmpty else {
          set(generator.value(link.schema, keys), at: path)
          continue
        }
        set(.array([generator.value(link.schema, keys)]), at: parent)
      } else {
        set(generator.value(link.schema, keys), at: path)
      }
    }
  }

  /// Whether what stands can stay: it is a list or a mapping with the required keys.
  private static func fits(_ value: SchemaJSON, _ schema: SchemaJSON) -> Bool {
    if case .array = value { return schema["items"] != nil }
    guard value.members != nil else { return false }
    if let name = schema["properties"]?["name"]?["const"], value["name"] != name { return false }
    guard case .array(let names)? = schema["required"] else { return true }
    return names.allSatisfy { value[$0.line] != nil }
  }

  private mutating func leaveOut(_ schema: SchemaJSON, besides key: String, at path: [Step]) {
    guard case .array(let rules)? = schema["allOf"] else { return }
    for case .array(let pair)? in rules.map({ $0["not"]?["required"] }) {
      let names = pair.map(\.line)
      guard names.contains(key) else { continue }
      for name in names where name != key { remove(at: path + [.key(name)]) }
    }
  }
}
