import Text
import Money

/// Relations between sections, looked at when every value by itself is right.
enum ScenarioChecks {
  static func run(
    _ settings: ScenarioSettings, _ root: ScenarioNode, _ decoding: inout Decoding
  ) {
    var check = RelationCheck(settings: settings, root: root, decoding: decoding)
    check.time()
    check.horizon()
    check.unsettledPrice()
    check.bursts()
    check.burstCount()
    check.acquirerFiles()
    check.payments()
    check.arrivals()
    check.cells()
    check.regions()
    check.currencies()
    check.rates()
    check.spreads()
    check.volumes()
    check.rateSteps()
    check.participants()
    check.namedBanks()
    check.transfers()
    check.recordedStrategy()
    check.bankFailures()
    check.windows()
    check.schedule()
    check.faults()
    decoding = check.decoding
  }
}

/// The settings under check, and where to report.
struct RelationCheck {
  let settings: ScenarioSettings
  let root: ScenarioNode
  var decoding: Decoding

  /// Notes a problem at the first of `places` that the file gives.
  mutating func report(_ message: String, at places: [NodePath.Step]...) {
    decoding.report(in: root, at: places.map { NodePath($0) }, message)
  }

  var generated: GeneratedWorkload? {
    if case .generated(let generated) = settings.workload.source { generated } else { nil }
  }

  var traceCurrency: Currency? {
    guard case .trace(let trace) = settings.workload.source, trace.currencyColumn == nil else {
      return nil
    }
    return trace.currency
  }

  /// US dollars for one unit of a currency; the dollar itself need not be listed.
  func rate(of currency: Currency) -> Double? {
    currency == .usd ? 1 : settings.fx.usdPerUnit.first { $0.currency == currency }?.rate
  }

  /// Regions of the markets, in order of their first market.
  var regionNames: [String] {
    settings.merchants.markets.map(\.region).reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }

  /// Payments of the run at most, bursts included; nil for a trace.
  var paymentBound: Double? {
    guard let generated else { return nil }
    switch generated.volume {
    case .payments(let count): return Double(count)
    case .rate(let rate):
      let seconds = Double(DurationText.nanoseconds(of: settings.time.duration)) / 1e9
      return rate * seconds * max(1, generated.bursts.map(\.factor).max() ?? 1)
    }
  }
}
