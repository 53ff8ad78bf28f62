import Statistics

@testable import Reporting

/// A comparison of three strategies in all three dimensions, with round figures.
func sampleComparison() -> ComparisonResult {
  var identity = RunIdentity(
    scenarioName: "standard-day", scenarioText: "name: standard-day\nseed: 42\n", seed: 42)
  identity.scenarioDescription = "Five million payments of 10,000 merchants on a Friday"
  identity.digest = 0x0123_4567_89AB_CDEF
  identity.arrivalDigest = 0xFEDC_BA98_7654_3210
  identity.eventCount = 50_123_456
  identity.settlesimVersion = "0.1.0"
  var result = ComparisonResult(identity: identity)
  result.replications = 20
  result.currency = "USD"
  result.strategies = [
    ComparedStrategy("one_wire_per_payment"),
    ComparedStrategy(
      "merchant_day+deferred_net",
      settings: [
        SettingOverride(path: "settlement.strategy", value: "merchant_day"),
        SettingOverride(path: "interbank.mode", value: "deferred_net"),
      ]),
    ComparedStrategy("fixed_window:window=15min"),
  ]
  result.reproducingCommand =
    "settlesim compare standard-day --strategies one_wire_per_payment,merchant_day+deferred_net,"
    + "fixed_window:window=15min --replications 20 --seed 42"
  result.metrics = [
    metric("cost.total", .number, .cost, 125_000.5, [(-0.724, .better), (-0.31, .better)]),
    metric(
      "settlement_latency.mean", .nanoseconds, .delay, 13.2e12, [(0.61, .worse), (0.000_2, .same)]),
    metric("liquidity.usage", .number, .liquidity, 2_500_000, [(-0.4, .better), (0.012, .worse)]),
    metric("savings_ratio", .ratio, nil, 0.18, [(0.25, .better), (0.1, .same)], .higher),
    metric("events", .count, nil, 250_000, [(0.02, .differs), (0, .same)], .unknown),
  ]
  result.conclusions = [
    StrategyConclusion(verdicts: [:], isBaseline: true, dominatedBy: []),
    StrategyConclusion(
      verdicts: [.cost: .better, .delay: .worse, .liquidity: .better], isBaseline: false,
      dominatedBy: []),
    StrategyConclusion(
      verdicts: [.cost: .better, .delay: .same, .liquidity: .worse], isBaseline: false,
      dominatedBy: [1]),
  ]
  result.runs = (0..<6).map { index in
    var identity = identity
    identity.scenarioText = ""
    identity.seed = 42 + UInt64(index / 3)
    identity.digest = 7_000 + UInt64(index)
    let metrics = Dictionary(
      uniqueKeysWithValues: result.metrics.map { ($0.name, $0.rows[index % 3].median!) })
    return ComparedRun(
      strategy: index % 3, replication: index / 3, identity: identity, metrics: metrics)
  }
  result.notes = ["2 of 60 runs missed a threshold of the scenario"]
  return result
}

/// A metric whose strategies differ from the baseline by a part of it.
private func metric(
  _ name: String, _ unit: Quantity.Unit, _ dimension: TradeOffDimension?, _ base: Double,
  _ others: [(relative: Double, verdict: DifferenceVerdict)], _ preference: Preference = .lower
) -> ComparedMetric {
  var metric = ComparedMetric(name, unit: unit, preference: preference, dimension: dimension)
  if name.hasPrefix("cost.") || name == "liquidity.usage" {
    metric.measure = "USD"
    metric.leading = .mean
  }
  func row(_ value: Double) -> ComparedMetric.Row {
    ComparedMetric.Row(
      count: 20, mean: value, median: value * 0.99,
      quartiles: .init(lower: value * 0.95, upper: value * 1.05))
  }
  metric.rows = [row(base)]
  for (relative, verdict) in others {
    var other = row(base * (1 + relative))
    let difference = base * relative
    let width = max(abs(difference) * 0.1, base * 0.001)
    func estimate(_ value: Double) -> ComparedMetric.Estimate {
      .init(
        value, relative: value / base, interval: .init(lower: value - width, upper: value + width))
    }
    var compared = ComparedMetric.Difference(
      count: 20, mean: estimate(difference), median: estimate(difference * 0.98))
    compared.skewness = 0.4
    compared.meanPValue = verdict == .same ? 0.31 : 0.000_002
    compared.rankPValue = verdict == .same ? 0.27 : 0.000_004
    compared.pValue = metric.leading == .mean ? compared.meanPValue : compared.rankPValue
    if dimension != nil {
      compared.adjustedPValue = verdict == .same ? 1 : 0.000_02
      compared.verdict = verdict
    }
    other.difference = compared
    metric.rows.append(other)
  }
  return metric
}

/// A comparison whose every text tries to break out of where it stands.
func hostileComparison() -> ComparisonResult {
  let evil = "<script>alert('x')</script>\"&\u{1B}[31m\u{202E}|`*_\u{0}\n\u{FFFE}"
  var result = sampleComparison()
  result.identity.scenarioName = evil
  result.identity.scenarioDescription = evil
  result.identity.overrides = [SettingOverride(path: evil, value: evil)]
  for index in result.strategies.indices { result.strategies[index].name = evil + "\(index)" }
  for index in result.metrics.indices { result.metrics[index].name = evil + "\(index)" }
  result.reproducingCommand = evil
  result.notes = [evil]
  return result
}

/// Fifty strategies in sixty metrics.
func largeComparison() -> ComparisonResult {
  var result = sampleComparison()
  let names = (0..<50).map { "fixed_window:window=\($0)min:costs.wire=5.\($0) USD" }
  result.strategies = names.map { ComparedStrategy($0) }
  let metric = result.metrics[0]
  result.metrics = (0..<60).map { index in
    var copy = metric
    copy.name = "metric.number_\(index)"
    copy.dimension = index < 3 ? TradeOffDimension.allCases[index] : nil
    copy.rows = [metric.rows[0]] + (1..<50).map { metric.rows[1 + $0 % 2] }
    return copy
  }
  let first = StrategyConclusion(verdicts: [:], isBaseline: true, dominatedBy: [])
  result.conclusions =
    [first]
    + (1..<50).map { _ in
      StrategyConclusion(verdicts: [.cost: .better], isBaseline: false, dominatedBy: [0, 1, 2, 3])
    }
  result.runs = (0..<10_000).map { index in
    ComparedRun(
      strategy: index % 50, replication: index / 50, identity: result.identity, metrics: [:])
  }
  return result
}
