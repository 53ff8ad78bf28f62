import Declared
import Reporting
import Scenario
import Simulator
import Statistics

/// What comparisons, sweeps and baselines take from the declarations of metrics.
///
/// A metric that is not declared, as stored results may have it, is compared all the same, and a
/// difference then `differs` instead of being better or worse.
public enum MetricTraits {
  /// Metrics by which a dimension is judged: the first that the runs have, and that is not zero in
  /// all of them.
  ///
  /// Liquidity is judged by what it costs, as far as it has a price: by what the run pays for the
  /// money that banks put up each day, for the credit they draw and for what they pledge. The use
  /// of one day says nothing of a strategy that needs the money on more days, and a mean over days
  /// nothing of what credit costs. Where liquidity has no price it is judged by each bank's largest
  /// day.
  public static let dimensions: [(dimension: TradeOffDimension, metrics: [String])] = [
    (.cost, ["cost.settlement", "cost.total", "cost_per_payment"]),
    (.delay, ["delay.mean_seconds", "settlement_latency.mean", "delay.relative"]),
    (.liquidity, ["cost.funding", "liquidity.usage"]),
  ]

  /// What is compared when nothing is asked for, as far as the runs have it.
  public static var standardNames: [String] {
    MetricCatalog.figures.filter(\.isStandard).map(\.name)
  }

  /// The standard metrics that runs of a scenario may have: without card payments those of cards
  /// are never there.
  static func expectedNames(in settings: ScenarioSettings) -> [String] {
    if case .generated(let workload) = settings.workload.source,
      case .payments(0) = workload.volume
    {
      let cards = [
        "instructions", "settlement_latency.mean", "settlement_latency.p99",
        "settlement_success_rate",
      ]
      return standardNames.filter { !cards.contains($0) }
    }
    return standardNames
  }

  /// Shown without being asked for where a run has something of them: what `cost.settlement` is
  /// made of, wires less discount, and the rest; what liquidity and credit come to together; and
  /// beside the costs of settling what was never settled.
  static let shownWhereFound = [
    "cost.wires", "cost.discount", "cost.fx", "cost.rail_operators", "cost.liquidity",
    "cost.credit", "cost.funding", "cost.delay", "cost.missed_deadlines", "cost.unsettled",
    "unsettled.count", "unsettled.value",
  ]

  /// Whether a metric is an amount of money, in the reporting currency.
  static func isMoney(_ name: String) -> Bool {
    of(name).unit == .money
  }

  /// What a metric's values stand in where their digits do not tell: the currency, or `s`.
  static func measure(of name: String, currency: String) -> String {
    switch of(name).unit {
    case .money: currency
    case .seconds: "s"
    case .nanoseconds, .ratio, .count, .perSecond, .number: ""
    }
  }

  /// The unit of a metric's values as files write it: `USD`, `s`, `nanoseconds`.
  static func unitName(of name: String, currency: String) -> String {
    let measure = measure(of: name, currency: currency)
    return measure.isEmpty ? of(name).unit.rawValue : measure
  }

  /// What is known about `name`.
  public static func of(_ name: String) -> (unit: FigureUnit, preference: Preference) {
    guard let figure = MetricCatalog.figure(name) else { return (.number, .unknown) }
    switch figure.direction {
    case .lowerIsBetter: return (figure.unit, .lower)
    case .higherIsBetter: return (figure.unit, .higher)
    case .neutral: return (figure.unit, .unknown)
    }
  }
}
