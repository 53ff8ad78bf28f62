import Money

extension Section where Root == SettlementSettings {
  /// The section, with the strategies that may be chosen; without any, names are not checked.
  static func settlement(_ strategies: [StrategyDeclaration]) -> Section {
    let choice = Syntax<StrategyChoice>.strategy(strategies)
    return Section(
      "From captured payments to instructions.",
      [
        .init("strategy", \.strategy, choice, "What batches the obligations of the run."),
        .init(
          "priced", \.priced,
          .list(
            of: choice, base: StrategyChoice(name: ""), count: 1...50,
            identity: { choice.show($0).line }),
          "Strategies that every run prices on its own obligations; savings refer to the first."),
        .init(
          "allowed_lateness", \.allowedLateness, .duration(),
          "How long after a cut-off the stream processor waits for late events."),
        .init(
          "workers", \.workers, .integer(1...1_000_000), "Settlement workers of each cell."),
        .init("task_time", \.taskTime, .duration(), "Time a worker takes for a task."),
        .init("payment_time", \.paymentTime, .duration(), "Time for each payment in it."),
        .init(
          "maximum_batch", \.maximumBatch, .integer(1...1_000_000), "Payments of a batch at most."),
        .init(
          "instruction_retry_delays", \.instructionRetryDelays,
          .list(of: .duration(.positive), base: .zero, count: 0...20),
          "Waits before the second, third, ... attempt of an instruction."),
      ])
  }
}

extension RailSettings {
  static let base = RailSettings(
    name: "", currency: .usd, timeZone: "UTC", open: TimeOfDay(hour: 0, minute: 0),
    close: TimeOfDay(hour: 0, minute: 0), fee: MoneyAmount(minorUnits: 0, currency: .usd))
}

extension Section where Root == RailSettings {
  static let rail = Section(
    "A system that moves money between banks' accounts in one currency.",
    [
      .required("name", \.name, .name, "Name of the rail."),
      .required("currency", \.currency, .currency, "Currency it moves."),
      .required("time_zone", \.timeZone, .timeZone, "IANA time zone of its hours."),
      .required(
        "open", \.open, .timeOfDay, "Opening time; the evening before if later than `close`."),
      .required(
        "close", \.close, .timeOfDay, "Closing time; equal to `open` means around the clock."),
      .init("weekends", \.weekends, .boolean, "Whether it settles on Saturdays and Sundays."),
      .init(
        "holidays", \.holidays,
        .list(of: .date, base: .epoch, count: 0...1_000, identity: { $0.description }),
        "Closed dates beside weekends."),
      .init("latency", \.latency, .latency, "Time from an instruction to its confirmation."),
      .init(
        "unavailable_rate", \.unavailableRate, .probability,
        "Part of the attempts that find the counterparty unreachable and are retried."),
      .required("fee", \.fee, .money(), "Operator's fee for each instruction."),
    ])
}

extension CivilDate {
  fileprivate static let epoch = CivilDate(year: 1_970, month: 1, day: 1)
}

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
        "Spread of quoted pairs in basis points; other pairs go over the cheapest path."),
    ],
    check: checkPairs)

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
