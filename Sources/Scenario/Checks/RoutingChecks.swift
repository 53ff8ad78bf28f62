import Text
import Money

extension RelationCheck {
  /// Every cell has a partition of the bus.
  mutating func cells() {
    let cells = regionNames.count * settings.cells.perRegion
    if cells > 256 {
      report(
        "expected at most 256 cells, found \(cells) in \(regionNames.count) regions",
        at: [.key("cells"), .key("per_region")], [.key("merchants"), .key("markets")])
    }
    if settings.bus.partitions < cells {
      report(
        "expected at least one partition for each of the \(cells) cells, "
          + "found \(settings.bus.partitions)",
        at: [.key("bus"), .key("partitions")], [.key("cells"), .key("per_region")],
        [.key("merchants"), .key("markets")])
    }
  }

  /// Acquirers serve regions that exist.
  mutating func regions() {
    let known = regionNames
    for (index, acquirer) in settings.acquirers.enumerated() {
      for (position, region) in acquirer.regions.enumerated() where !known.contains(region) {
        report(
          "expected a region of the markets (\(known.joined(separator: ", "))), found `\(region)`"
            + EditDistance.hint(region, among: known),
          at: [.key("acquirers"), .index(index), .key("regions"), .index(position)])
      }
    }
  }

  /// Each market's currency has an acquirer in its region, and each currency that is paid or paid
  /// out has a rail.
  mutating func currencies() {
    for (index, market) in settings.merchants.markets.enumerated() {
      let place: [NodePath.Step] = [.key("merchants"), .key("markets"), .index(index)]
      let isServed = settings.acquirers.contains { acquirer in
        (acquirer.regions.isEmpty || acquirer.regions.contains(market.region))
          && (acquirer.currencies.isEmpty || acquirer.currencies.contains(market.currency))
      }
      if !isServed {
        report(
          "expected one of `acquirers` to take \(market.currency.code) in region "
            + "`\(market.region)`, found none",
          at: place + [.key("currency")], [.key("acquirers")])
      }
      rail(for: market.currency, at: place + [.key("currency")])
      if market.settlementCurrency != market.currency {
        rail(for: market.settlementCurrency, at: place + [.key("settlement_currency")])
      }
    }
    if let traceCurrency {
      market(of: traceCurrency, at: [.key("workload"), .key("trace"), .key("currency")])
      rail(for: traceCurrency, at: [.key("workload"), .key("trace"), .key("currency")])
    }
  }

  /// The one currency of a trace is that of a market, or nobody could settle its payments.
  private mutating func market(of currency: Currency, at place: [NodePath.Step]) {
    let markets = settings.merchants.markets
    guard !markets.contains(where: { [$0.currency, $0.settlementCurrency].contains(currency) })
    else { return }
    report(
      "expected a currency of a market of `merchants.markets`, found \(currency.code)", at: place,
      [.key("workload"), .key("trace")])
  }

  private mutating func rail(for currency: Currency, at place: [NodePath.Step]) {
    guard !settings.rails.contains(where: { $0.currency == currency }) else { return }
    report(
      "expected a rail that moves \(currency.code), found none", at: place, [.key("rails")])
  }

  /// Every currency that is paid, charged or reported has a mid rate.
  mutating func rates() {
    for (currency, place) in mentionedCurrencies() where rate(of: currency) == nil {
      report(
        "expected a rate of \(currency.code) in `fx.usd_per_unit`, found none", at: place,
        [.key("fx"), .key("usd_per_unit")])
    }
  }

  /// Quotes lead from each currency with a rate to every other one; the dollar is one of them where
  /// it is exchanged, listed or not.
  mutating func spreads() {
    var unreached = settings.fx.usdPerUnit.map(\.currency)
    if !unreached.contains(.usd), exchangesDollars { unreached.insert(.usd, at: 0) }
    guard let first = unreached.popLast() else { return }
    var reached: Set = [first]
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for spread in settings.fx.spreads
      where reached.contains(spread.first) != reached.contains(spread.second) {
        reached.formUnion([spread.first, spread.second])
        isGrowing = true
      }
    }
    unreached.removeAll { reached.contains($0) }
    if let currency = unreached.first {
      report(
        "expected quotes that lead from \(currency.code) to \(first.code), found none",
        at: [.key("fx"), .key("spreads")], [.key("fx"), .key("usd_per_unit")])
    }
  }

  /// Whether dollars are paid, paid out or transferred; a file of recorded payments may have them
  /// where a rail moves them.
  private var exchangesDollars: Bool {
    let markets = settings.merchants.markets.flatMap { [$0.currency, $0.settlementCurrency] }
    return (markets + transferCurrencies().map(\.currency)).contains(.usd)
      || traceCurrency == .usd || mayRecordDollars
  }

  private var mayRecordDollars: Bool {
    settings.workload.transfers.trace != nil && settings.rails.contains { $0.currency == .usd }
  }

  /// Every currency of the settings that needs a rate, with its place.
  private func mentionedCurrencies() -> [(currency: Currency, place: [NodePath.Step])] {
    var result: [(currency: Currency, place: [NodePath.Step])] = []
    func add(_ currency: Currency, _ place: NodePath.Step...) { result.append((currency, place)) }
    for (index, market) in settings.merchants.markets.enumerated() {
      let place: [NodePath.Step] = [.key("merchants"), .key("markets"), .index(index)]
      result.append((market.currency, place + [.key("currency")]))
      result.append((market.settlementCurrency, place + [.key("settlement_currency")]))
    }
    for (index, plan) in settings.merchants.feePlans.enumerated() {
      add(plan.fixed.currency, .key("merchants"), .key("fee_plans"), .index(index), .key("fixed"))
    }
    for (index, rail) in settings.rails.enumerated() {
      add(rail.currency, .key("rails"), .index(index), .key("currency"))
      add(rail.fee.currency, .key("rails"), .index(index), .key("fee"))
      if let wire = rail.wire { add(wire.currency, .key("rails"), .index(index), .key("wire")) }
    }
    for (index, acquirer) in settings.acquirers.enumerated() {
      for (position, currency) in acquirer.currencies.enumerated() {
        add(currency, .key("acquirers"), .index(index), .key("currencies"), .index(position))
      }
    }
    for scale in generated?.amountScale ?? [] where generatedScaleIsGiven {
      add(
        scale.currency, .key("workload"), .key("generated"), .key("amounts"), .key("scale"),
        .key(scale.currency.code))
    }
    if let traceCurrency { add(traceCurrency, .key("workload"), .key("trace"), .key("currency")) }
    add(settings.banks.openingBalance.currency, .key("banks"), .key("opening_balance"))
    add(settings.banks.overdraftLimit.currency, .key("banks"), .key("overdraft_limit"))
    add(settings.gateway.maximumAmount.currency, .key("gateway"), .key("maximum_amount"))
    add(settings.costs.currency, .key("costs"), .key("currency"))
    for (amount, keys) in costAmounts + bankPrices {
      result.append((amount.currency, [.key("costs")] + keys.map { .key($0) }))
    }
    return result + interbankCurrencies() + scheduleCurrencies() + transferCurrencies()
  }

  /// Everything that is charged by the piece, with its place.
  var pricePlaces: [(amount: MoneyAmount, place: [NodePath.Step])] {
    var result: [(amount: MoneyAmount, place: [NodePath.Step])] = []
    func add(_ amount: MoneyAmount?, _ place: NodePath.Step...) {
      if let amount { result.append((amount, place)) }
    }
    for (amount, key) in piecePrices { add(amount, .key("costs"), .key(key)) }
    for (amount, keys) in bankPrices {
      result.append((amount, [.key("costs")] + keys.map { .key($0) }))
    }
    for (index, plan) in settings.merchants.feePlans.enumerated() {
      add(plan.fixed, .key("merchants"), .key("fee_plans"), .index(index), .key("fixed"))
    }
    for (index, rail) in settings.rails.enumerated() {
      add(rail.fee, .key("rails"), .index(index), .key("fee"))
      add(rail.wire, .key("rails"), .index(index), .key("wire"))
    }
    return result
  }

  /// The prices of `costs` that are charged by the piece, with their keys.
  private var piecePrices: [(amount: MoneyAmount, key: String)] {
    let costs = settings.costs
    return [
      (costs.wire, "wire"), (costs.batchWire, "batch_wire"), (costs.instantWire, "instant_wire"),
      (costs.correspondentWire, "correspondent_wire"), (costs.missedDeadline, "missed_deadline"),
      (costs.unsettledPenalty, "unsettled_penalty"), (costs.chargebackFee, "chargeback_fee"),
    ]
  }

  /// The prices of `costs.interbank` that are charged by the piece, with their keys.
  private var bankPrices: [(amount: MoneyAmount, keys: [String])] {
    guard let prices = settings.costs.interbank else { return [] }
    return [
      (prices.unsettledAtClose, ["interbank", "unsettled_at_close"]),
      (prices.split, ["interbank", "split"]),
    ]
  }

  /// The prices of `costs`, with their keys.
  private var costAmounts: [(amount: MoneyAmount, keys: [String])] {
    let costs = settings.costs
    let infrastructure =
      costs.infrastructure.map { $0.parts.map { ($0.perMonth, ["infrastructure", $0.name]) } }
      ?? [(costs.infrastructurePerMonth, ["infrastructure_per_month"])]
    return piecePrices.map { ($0.amount, [$0.key]) } + infrastructure
  }

  /// The default table of factors may name currencies that a scenario does without.
  private var generatedScaleIsGiven: Bool {
    let steps = ["workload", "generated", "amounts", "scale"].map { NodePath.Step.key($0) }
    return root.deepest(steps).found == steps.count
  }
}
