import Money
import Text

@testable import Scenario

/// Writes small random scenarios from the schema.
///
/// Every key is found in the schema that the loader's own declarations give, and drawn by its type,
/// bounds and default; a new key is varied without a word here. What has to fit together across
/// keys, such as currencies and their rates, is drawn from one `Vocabulary`; what does not fit all
/// the same is mended by leaving out the key that the refusal names.
struct ScenarioGenerator {
  var random: Chooser
  let words: Vocabulary
  /// Part of the optional keys that are given.
  var density: Double

  init(seed: UInt64) {
    var random = Chooser(seed: seed)
    words = Vocabulary(&random)
    density = random.pick([0.08, 0.2, 0.35])
    self.random = random
  }

  /// A generator of single values in a world of dollars, with required keys alone.
  init(plainSeed seed: UInt64) {
    (random, words, density) = (Chooser(seed: seed), .dollars, 0)
  }

  /// A tree that may still be refused.
  mutating func draft() -> ScenarioTree {
    var tree = ScenarioTree(root: object(DeclaredSchema.root, []))
    tree.set(.string("random"), at: [.key("name")])
    for section in ["time", "merchants", "workload"] where tree.root[section] == nil {
      tree.set(.object([]), at: [.key(section)])
    }
    setFrame(&tree)
    setCurve(&tree)
    setMechanisms(&tree)
    return tree
  }

  /// A curve of amounts by its quantiles, which is seldom drawn among the other ways to give one.
  private mutating func setCurve(_ tree: inout ScenarioTree) {
    let amounts = ["workload", "generated", "amounts"].map { NodePath.Step.key($0) }
    let leaf = DeclaredSchema.leaves.first { $0.keys.last == "quantiles" && $0.keys.count == 4 }
    guard let leaf, tree.value(at: Array(amounts.dropLast())) != nil, random.chance(0.1) else {
      return
    }
    tree.set(.object([.init("quantiles", value(leaf.schema, leaf.keys))]), at: amounts)
  }

  /// A sequence of mechanisms; each of them, with keys of its own, is one of many alternatives.
  private mutating func setMechanisms(_ tree: inout ScenarioTree) {
    let keys = ["interbank", "mode", "liquidity_saving"]
    let lists = DeclaredSchema.leaves.filter { $0.keys == keys && $0.schema["items"] != nil }
    guard random.chance(0.25), let items = lists.first?.schema["items"],
      case .array(let forms)? = items["anyOf"]
    else { return }
    let entries = (0..<random.whole(2...4)).map { _ in value(random.pick(forms), keys + ["[]"]) }
    if tree.root["interbank"] == nil { tree.set(.object([]), at: [.key("interbank")]) }
    let order = random.pick(["fifo", "fifo_bypass"])
    tree.set(
      .map([
        .init("name", .string("rtgs")), .init("queue_order", .string(order)),
        .init("liquidity_saving", .array(entries)),
      ]), at: [.key("interbank"), .key("mode")])
  }

  /// What keeps the world small: a draft in which a refusal names one of these is given up.
  static let frame: Set<String> = [
    "time.duration", "time.drain_limit", "workload.generated.payments", "workload.generated.rate",
    "workload.transfers.payments", "workload.trace.file", "workload.generated", "workload.trace",
    "merchants.count", "merchants", "time", "workload", "cells.per_region", "cells",
  ]

  /// What keeps the world small, and in one vocabulary.
  private mutating func setFrame(_ tree: inout ScenarioTree) {
    let hours = random.pick([1, 2, 6, 24, 30, 48])
    tree.set(.string("\(hours)h"), at: [.key("time"), .key("duration")])
    tree.set(
      .string("\(random.whole(5...12))d"), at: [.key("time"), .key("drain_limit")])
    tree.set(.integer(random.whole(1...60)), at: [.key("merchants"), .key("count")])
    tree.set(markets(), at: [.key("merchants"), .key("markets")])
    setWorkload(&tree)
    setHorizon(&tree, hours)
    setSchedule(&tree, hours)
    setExchange(&tree)
    if tree.root["rails"] != nil || words.needsRails {
      tree.set(rails(), at: [.key("rails")])
    }
    if tree.root["cells"] == nil { tree.set(.object([]), at: [.key("cells")]) }
    tree.set(.integer(random.whole(1...3)), at: [.key("cells"), .key("per_region")])
    setFaults(&tree, hours)
    guard tree.root["acquirers"] != nil else { return }
    let everywhere = [NodePath.Step.key("acquirers"), .index(0)]
    tree.remove(at: everywhere + [.key("currencies")])
    tree.remove(at: everywhere + [.key("regions")])
  }

  /// An end of settlement that lies behind the arrivals and before the drain limit, with a price
  /// for what is left.
  private mutating func setHorizon(_ tree: inout ScenarioTree, _ hours: Int) {
    let horizon = [NodePath.Step.key("time"), .key("settlement_horizon")]
    guard tree.value(at: horizon) != nil || random.chance(0.1) else { return }
    tree.set(.string("\(hours + random.whole(0...100))h"), at: horizon)
    if tree.root["costs"] == nil { tree.set(.object([]), at: [.key("costs")]) }
    let penalty = [NodePath.Step.key("costs"), .key("unsettled_penalty")]
    tree.set(.string("\(random.whole(1...9)).00 USD"), at: penalty)
  }

  private mutating func setWorkload(_ tree: inout ScenarioTree) {
    let workload = NodePath.Step.key("workload")
    let isTrace = random.chance(0.1)
    tree.remove(at: [workload, .key(isTrace ? "generated" : "trace")])
    if isTrace {
      if tree.value(at: [workload, .key("trace")]) == nil {
        tree.set(.object([]), at: [workload, .key("trace")])
      }
      tree.set(.string(words.traceFile), at: [workload, .key("trace"), .key("file")])
      let isOneCurrency = words.currencies.count == 1 && random.chance(0.6)
      let columns = Vocabulary.columns.filter { $0 != "currency" || !isOneCurrency }
      tree.set(
        .object(columns.map { .init($0, .string($0)) }),
        at: [workload, .key("trace"), .key("columns")])
      setColumns(&tree, [workload, .key("trace"), .key("columns")])
      for rule in DeclaredSchema.traceRules where random.chance(0.4) {
        tree.set(value(rule.schema, rule.keys), at: rule.keys.map { .key($0) })
      }
    } else {
      let generated = [workload, .key("generated")]
      if tree.value(at: generated) == nil { tree.set(.object([]), at: generated) }
      tree.remove(at: generated + [.key("rate")])
      tree.remove(at: generated + [.key("payments")])
      let count = random.pick([1, 10, 40, 80, 120])
      if random.chance(0.3) {
        tree.set(.decimal(random.magnitude(0.0001...0.0004)), at: generated + [.key("rate")])
      } else {
        tree.set(.integer(count), at: generated + [.key("payments")])
      }
    }
    let transfers = [workload, .key("transfers")]
    guard tree.value(at: transfers) != nil || random.chance(0.3) else { return }
    if tree.value(at: transfers) == nil { tree.set(.object([]), at: transfers) }
    tree.set(.integer(random.pick([0, 1, 15, 60])), at: transfers + [.key("payments")])
    let cards = [workload, .key("generated"), .key("payments")]
    if tree.value(at: cards) != nil, random.chance(0.3) {
      tree.set(.integer(0), at: cards)
      tree.set(.integer(30), at: transfers + [.key("payments")])
    }
    for key in ["source_currencies", "destination_currencies"] {
      tree.set(weights(), at: transfers + [.key(key)])
    }
    setRecorded(&tree, transfers)
  }

  /// Payments between banks that a file records, and banks with names of their own, in a list or in
  /// a file.
  private mutating func setRecorded(
    _ tree: inout ScenarioTree, _ transfers: [NodePath.Step]
  ) {
    let trace = transfers + [.key("trace")]
    guard random.chance(0.4) else { return tree.remove(at: trace) }
    if tree.value(at: trace) == nil { tree.set(.object([]), at: trace) }
    tree.set(.string(words.recordedFile), at: trace + [.key("file")])
    var columns = Vocabulary.recordedColumns.filter { _ in random.chance(0.6) }
      .map { SchemaJSON.Member($0, .string($0)) }
    if random.chance(0.3) { columns.append(.init("date", .string("day"))) }
    if random.chance(0.3) { columns.append(.init("time_zone", .string("zone"))) }
    tree.set(.map(columns), at: trace + [.key("columns")])
    for rule in DeclaredSchema.recordedRules where random.chance(0.3) {
      tree.set(value(rule.schema, rule.keys), at: rule.keys.map { .key($0) })
    }
    // Beside other payments they need a strategy that is stated.
    if tree.root["settlement"] == nil { tree.set(.object([]), at: [.key("settlement")]) }
    if tree.value(at: [.key("settlement"), .key("strategy")]) == nil {
      tree.set(
        .string(random.pick(["one_wire_per_payment", "merchant_day"])),
        at: [.key("settlement"), .key("strategy")])
    }
    if tree.root["banks"] == nil { tree.set(.object([]), at: [.key("banks")]) }
    let file = [NodePath.Step.key("banks"), .key("file")]
    if random.chance(0.3) {
      tree.set(.string(words.banksFile), at: file)
    } else {
      tree.remove(at: file)
    }
    let named = [NodePath.Step.key("banks"), .key("named")]
    guard let leaf = DeclaredSchema.leaves.first(where: { $0.keys == ["banks", "named"] }),
      let items = leaf.schema["items"]
    else { preconditionFailure("the schema has named banks") }
    let names = (1...random.whole(2...4)).map { "Bank \($0)" }
    tree.set(
      .array(
        names.map {
          object(items, ["banks", "named", "[]"]).adding([.init("name", .string($0))])
        }),
      at: named)
  }

  /// Other ways than the usual to say who is paid, when, and how much.
  private mutating func setColumns(_ tree: inout ScenarioTree, _ columns: [NodePath.Step]) {
    if random.chance(0.2) {
      tree.set(.map([.init("constant", .string("shop, one"))]), at: columns + [.key("merchant")])
    }
    if random.chance(0.3) {
      tree.set(.string("day"), at: columns + [.key("date")])
      tree.set(.string("clock"), at: columns + [.key("time")])
    }
    if random.chance(0.3) { tree.set(.string("zone"), at: columns + [.key("time_zone")]) }
    guard random.chance(0.7) else { return }
    let other = random.pick([("quantity", "pieces"), ("refund_amount", "back")])
    tree.set(.string(other.1), at: columns + [.key(other.0)])
  }

  private mutating func weights() -> SchemaJSON {
    .map(words.currencies.map { .init($0.code, .decimal(random.magnitude(0.01...100))) })
  }

  private mutating func setExchange(_ tree: inout ScenarioTree) {
    guard tree.root["fx"] != nil || words.needsRates else { return }
    if tree.root["fx"] == nil { tree.set(.object([]), at: [.key("fx")]) }
    tree.set(words.rates, at: [.key("fx"), .key("usd_per_unit")])
    tree.set(
      .map(words.pairs.map { .init($0, .decimal(random.magnitude(0.1...50))) }),
      at: [.key("fx"), .key("spreads")])
    if tree.value(at: [.key("fx"), .key("ecb")]) != nil {
      tree.set(.string(words.ratesFile), at: [.key("fx"), .key("ecb"), .key("file")])
    }
    let volatility = [NodePath.Step.key("fx"), .key("process"), .key("volatility")]
    if tree.value(at: volatility) != nil {
      let moving = words.currencies.filter { $0 != .usd }
      tree.set(
        .map(moving.map { .init($0.code, .decimal(random.magnitude(0.001...1))) }), at: volatility)
    }
  }

  private mutating func markets() -> SchemaJSON {
    let count = random.whole(1...4)
    let shares = self.shares(count)
    return .array(
      (0..<count).map { index in
        .object([
          .init("country", .string(Vocabulary.countries[index])),
          .init("region", .string(random.pick(words.regions))),
          .init("time_zone", .string(random.pick(Vocabulary.zones))),
          .init("currency", .string(random.pick(words.currencies).code)),
          .init("settlement_currency", .string(random.pick(words.currencies).code)),
          .init("share", shares[index]),
        ])
      })
  }

  /// At least one rail for each currency.
  private mutating func rails() -> SchemaJSON {
    var items = DeclaredSchema.root["properties"]?["rails"]?["anyOf"]
    if case .array(let alternatives)? = items {
      items = alternatives.compactMap { $0["items"] }.first
    }
    guard case .array(let forms)? = items?["anyOf"],
      let whole = forms.first(where: { $0["properties"]?["currency"] != nil }),
      let changed = forms.first(where: { $0["properties"]?["reference"] != nil })
    else { preconditionFailure("the schema has rails that are given whole, and by reference") }
    var result: [SchemaJSON] = []
    for currency in words.currencies {
      for number in 0..<random.pick([1, 1, 2]) {
        let reference = RailSettings.reference.filter { $0.currency == currency }.map(\.name)
        if !reference.isEmpty, random.chance(0.5) {
          let rail = random.chance(0.5) ? object(changed, ["rails", "[]"]) : .object([])
          let name = SchemaJSON.string(random.pick(reference))
          result.append(rail.adding([.init("reference", name)]))
          continue
        }
        let hours = random.pick([("06:00", "18:00"), ("00:00", "00:00"), ("21:00", "19:00")])
        let fee = SchemaJSON.string("0.\(random.whole(0...9)) USD")
        var rail = object(whole, ["rails", "[]"]).adding([
          .init("name", .string("\(currency.code)-\(number)")),
          .init("currency", .string(currency.code)), .init("open", .string(hours.0)),
          .init("close", .string(hours.1)),
        ])
        // Windows are of batch rails alone, which are seldom drawn with some.
        if random.chance(0.15), let windows = whole["properties"]?["windows"] {
          let some = value(windows, ["rails", "[]", "windows"])
          rail = rail.adding([.init("kind", .string("batch")), .init("windows", some)])
        }
        if rail["fee"] == nil, rail["fee_tiers"] == nil { rail = rail.adding([.init("fee", fee)]) }
        result.append(rail)
      }
    }
    return .array(result)
  }

  /// Parts that sum to 1, written as ratios.
  mutating func shares(_ count: Int) -> [SchemaJSON] {
    var rest = 1_000
    return (0..<count).map { index in
      let part = index == count - 1 ? rest : random.whole(0...rest)
      rest -= part
      return .string("\(part)/1000")
    }
  }
}
