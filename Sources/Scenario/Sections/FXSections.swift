import Text
import Money

extension Section where Root == FXSettings {
  static let fx = Section(
    "Mid rates against the US dollar, and spreads.",
    [
      .computed(
        "usd_per_unit", get: { $0.usdPerUnit.map { ($0.currency, $0.rate) } },
        set: { $0.usdPerUnit = $1.map { (currency: $0.0, rate: $0.1) } }, base: [],
        .table(
          keys: .currency, key: .usd, cells: .decimal(1e-9...1e6), base: 1,
          minimum: 1),
        "US dollars for one unit of each currency."),
      .computed(
        "spreads",
        get: { $0.spreads.map { (CurrencyPair($0.first, $0.second), $0.basisPoints) } },
        set: {
          $0.spreads = $1.map { (first: $0.0.first, second: $0.0.second, basisPoints: $0.1) }
        },
        base: [],
        .table(keys: .pair, key: CurrencyPair(.usd, .eur), cells: .decimal(0...10_000), base: 0),
        "Spread of quoted pairs in basis points; other pairs go over the cheapest path."
      ).changing(.figures),
      .optional(
        "ecb", \.ecb, base: ECBRateFile(file: ""), Section<ECBRateFile>.ecb.syntax,
        "Daily reference rates that replace the mid rates of the currencies of `usd_per_unit`."),
      .optional(
        "process", \.process, base: FXProcess(), Section<FXProcess>.process.syntax,
        "A seeded random process around the mid rates."),
      .optional(
        "volatility_trigger", \.volatilityTrigger, base: 0, .decimal(0...10_000, above: true),
        "Basis points by which a rate must have moved since the last plan for a new one; left "
          + "out, moves are ignored."),
      .init(
        "deal_interval", \.dealInterval, .duration(from: .least, to: .days(365)),
        "How often what was sold and bought for merchants is covered by deals with the dealer."),
    ],
    check: check)

  private static func check(
    _ fx: FXSettings, _ node: ScenarioNode, _ decoding: inout Decoding
  ) {
    checkPairs(fx, node, &decoding)
    let rated = fx.usdPerUnit.map(\.currency)
    for (currency, _) in fx.process?.volatility ?? [] {
      let place = ["process", "volatility", currency.code]
      if currency == .usd {
        decoding.report(
          in: node, under: place, "expected no volatility of the dollar, to which rates refer")
      } else if !rated.contains(currency), node.deepest(place.map { .key($0) }).found == 3 {
        decoding.report(
          in: node, under: place, "expected a currency of `usd_per_unit`, found \(currency.code)")
      }
    }
  }

  private static func checkPairs(
    _ fx: FXSettings, _ node: ScenarioNode, _ decoding: inout Decoding
  ) {
    let rated = [.usd] + fx.usdPerUnit.map(\.currency)
    if let usd = fx.usdPerUnit.first(where: { $0.currency == .usd }), usd.rate != 1 {
      decoding.report(
        in: node, under: ["usd_per_unit", "USD"],
        "expected 1, found \(NumberText.text(usd.rate))")
    }
    var seen: Set<CurrencyPair> = []
    for spread in fx.spreads {
      let pair = CurrencyPair(spread.first, spread.second)
      if !seen.insert(pair).inserted || seen.contains(pair.reversed) {
        decoding.report(
          in: node, under: ["spreads", pair.text], "expected one quote for a pair, found two")
      }
      for currency in [pair.first, pair.second] where !rated.contains(currency) {
        decoding.report(
          in: node, under: ["spreads", pair.text],
          "expected currencies of `usd_per_unit`, found \(currency.code)")
      }
    }
  }
}

extension Section where Root == ECBRateFile {
  static let ecb = Section(
    "The European Central Bank's euro foreign exchange reference rates.",
    [
      .required(
        "file", \.file, .file,
        "The bank's eurofxref-hist.csv, plain or gzip'ed; relative to the scenario file or "
          + "absolute. The rates of a day hold from its 00:00 UTC until the next listed day.")
    ])
}

extension Section where Root == FXProcess {
  static let process = Section(
    "A seeded random process around the mid rates; their mean stays at the mid rate.",
    [
      .computed(
        "volatility", get: { $0.volatility.map { ($0.currency, $0.perYear) } },
        set: { $0.volatility = $1.map { (currency: $0.0, perYear: $0.1) } }, base: [],
        .table(keys: .currency, key: .eur, cells: .decimal(0...5), base: 0, minimum: 1),
        "Annual volatility against the dollar: 0.08 is 8 %; currencies not named rest."),
      .init("step", \.step, .choice(), "How often rates move, at full UTC days or hours."),
      .optional(
        "half_life", \.halfLife, base: .days(1),
        .duration(from: .seconds(60), to: .days(36_525)),
        "Time in which half of a deviation fades; left out, none fades."),
    ])
}

/// Two different currencies, written `USD/EUR`.
struct CurrencyPair: Sendable, Hashable {
  let first: Currency
  let second: Currency
  init(_ first: Currency, _ second: Currency) {
    self.first = first
    self.second = second
  }
  var reversed: CurrencyPair { CurrencyPair(second, first) }
  var text: String { "\(first.code)/\(second.code)" }
}

extension Syntax where Value == CurrencyPair {
  /// `USD/EUR`.
  fileprivate static var pair: Syntax<CurrencyPair> {
    let schema = SchemaJSON.text(pattern: "^[A-Z]{3}/[A-Z]{3}$", examples: ["USD/EUR"])
    return Syntax(scalar: schema, show: { .string($0.text) }) { node, decoding in
      let codes = (node.text ?? "").split(separator: "/", omittingEmptySubsequences: false)
      let currencies = codes.compactMap { Currency(code: String($0)) }
      guard codes.count == 2, currencies.count == 2, currencies[0] != currencies[1] else {
        decoding.expected("two different currencies such as USD/EUR", at: node)
        return nil
      }
      return CurrencyPair(currencies[0], currencies[1])
    }
  }
}
