import Reporting
import Scenario
import Simulator
import Statistics

/// What is known about a metric: its unit, which way is the good one, and what it stands for.
///
/// This is the one table of such knowledge, for comparisons, sweeps and baselines. A metric that is
/// not in it is compared all the same, and a difference then `differs` instead of being better or
/// worse.
public struct MetricTraits: Sendable, Equatable {
  /// The metric, or the stem of a family: `cost` stands for every `cost.x` without a line of its
  /// own.
  public let name: String
  /// The unit of its values.
  public let unit: Quantity.Unit
  /// Which way is the good one.
  public let preference: Preference
  /// Whether it is compared without being asked for.
  public let isStandard: Bool

  private init(
    _ name: String, _ unit: Quantity.Unit, _ preference: Preference, isStandard: Bool = false
  ) {
    self.name = name
    self.unit = unit
    self.preference = preference
    self.isStandard = isStandard
  }

  private static func standard(
    _ name: String, _ unit: Quantity.Unit, _ preference: Preference
  ) -> MetricTraits { MetricTraits(name, unit, preference, isStandard: true) }

  /// Metrics by which a dimension is judged: the first that the runs have.
  public static let dimensions: [(dimension: TradeOffDimension, metrics: [String])] = [
    (.cost, ["cost.settlement", "cost.total", "cost_per_payment"]),
    (.delay, ["delay.mean_seconds", "settlement_latency.mean", "delay.relative"]),
    (.liquidity, ["liquidity.usage", "liquidity.relative"]),
  ]

  /// Every metric about which something is known, in the order of reading.
  public static let all: [MetricTraits] = [
    .standard("cost.settlement", .number, .lower), .standard("cost.wires", .number, .lower),
    .standard("cost.discount", .number, .unknown), .standard("cost.fx", .number, .lower),
    .standard("cost.rail_operators", .number, .lower),
    .standard("cost.liquidity", .number, .lower), .standard("cost.credit", .number, .lower),
    .standard("cost.delay", .number, .lower), .standard("cost.missed_deadlines", .number, .lower),
    .standard("cost.total", .number, .lower), .standard("cost_per_payment", .number, .lower),
    .standard("wires", .count, .lower), .standard("instructions", .count, .lower),
    .standard("delay.mean_seconds", .number, .lower),
    .standard("settlement_latency.mean", .nanoseconds, .lower),
    .standard("settlement_latency.p99", .nanoseconds, .lower),
    .standard("delay.relative", .ratio, .lower), .standard("queue.largest", .count, .lower),
    .standard("gridlock.seconds", .number, .lower),
    .standard("liquidity.usage", .number, .lower),
    .standard("liquidity.relative", .ratio, .lower),
    .standard("netting.realised_efficiency", .ratio, .higher),
    .standard("unsettled.at_close", .number, .lower),
    .standard("deadlines.met_ratio", .ratio, .higher),
    .standard("settlement_success_rate", .ratio, .higher),
    MetricTraits("savings_ratio", .ratio, .higher),
    MetricTraits("wire_reduction", .ratio, .higher),
    MetricTraits("cost", .number, .lower),
    MetricTraits("deadlock.seconds", .number, .lower),
    MetricTraits("system_delay.mean_seconds", .number, .lower),
    MetricTraits("exposure.peak", .number, .lower),
    MetricTraits("liquidity.peak", .number, .lower),
    MetricTraits("liquidity.turnover", .number, .higher),
    MetricTraits("liquidity", .number, .unknown),
    MetricTraits("netting", .ratio, .unknown),
    MetricTraits("system_deadlines", .ratio, .unknown),
    MetricTraits("system_delay.relative", .ratio, .unknown),
    MetricTraits("system_liquidity.relative", .ratio, .unknown),
    MetricTraits("system_liquidity", .number, .unknown),
    MetricTraits("system_netting", .ratio, .unknown),
    MetricTraits("plan.largest_gap", .ratio, .lower), MetricTraits("plan.mean_gap", .ratio, .lower),
    MetricTraits("queue", .number, .lower),
    MetricTraits("transfers.deadlines_missed", .count, .lower),
    MetricTraits("transfers.settled", .count, .higher), MetricTraits("transfers", .count, .unknown),
    MetricTraits("wires.discounted", .count, .unknown),
    MetricTraits("approval_rate", .ratio, .higher),
    MetricTraits("technical_success_rate", .ratio, .higher),
    MetricTraits("reconciliation.exception_rate", .ratio, .lower),
    MetricTraits("reconciliation.exceptions", .count, .lower),
    MetricTraits("reconciliation.matched", .count, .higher),
    MetricTraits("bus.maximum_lag", .count, .lower),
    MetricTraits("double_effects", .count, .lower), MetricTraits("events", .count, .unknown),
    MetricTraits("ledger.transfers", .count, .unknown),
    MetricTraits("stray_jobs", .count, .lower),
    MetricTraits("payments.settled", .count, .higher),
    MetricTraits("payments.accepted", .count, .higher),
    MetricTraits("payments.declined", .count, .lower),
    MetricTraits("payments.expired", .count, .lower),
    MetricTraits("payments.in_flight", .count, .lower),
    MetricTraits("payments.lost", .count, .lower),
    MetricTraits("payments.refused", .count, .lower),
    MetricTraits("payments", .count, .unknown),
    MetricTraits("throughput.peak_per_second", .perSecond, .higher),
  ]

  /// What is compared when nothing is asked for, as far as the runs have it.
  public static var standardNames: [String] { all.filter(\.isStandard).map(\.name) }

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

  /// What `cost.settlement` is made of: wires less discount, and the rest. Those that are zero in
  /// all runs are not shown without being asked for.
  static let settlementParts = [
    "cost.wires", "cost.discount", "cost.fx", "cost.rail_operators", "cost.liquidity",
    "cost.credit", "cost.delay", "cost.missed_deadlines",
  ]

  /// Amounts of money that are no costs.
  private static let amounts = [
    "exposure.peak", "liquidity.lower_bound", "liquidity.upper_bound", "liquidity.usage",
    "queue.average_value", "queue.largest_value", "unsettled.at_close",
  ]

  /// What a metric's values stand in where their digits do not tell: the currency, or `s`.
  static func measure(of name: String, currency: String) -> String {
    if name.hasPrefix("cost.") || name == "cost_per_payment" || amounts.contains(name) {
      return currency
    }
    return name.hasSuffix("seconds") ? "s" : ""
  }

  /// What is known about `name`.
  public static func of(_ name: String) -> (unit: Quantity.Unit, preference: Preference) {
    if let known = known(name) { return known }
    let family = all.first { name.hasPrefix($0.name + ".") }
    return (family?.unit ?? .number, family?.preference ?? .unknown)
  }

  /// What is known about `name` itself, and not only about its family.
  static func known(_ name: String) -> (unit: Quantity.Unit, preference: Preference)? {
    if let traits = all.first(where: { $0.name == name }) {
      return (traits.unit, traits.preference)
    }
    if let stem = MetricCatalog.latencies.first(where: { name.hasPrefix($0 + ".") }) {
      return name == stem + ".count" ? (.count, .unknown) : (.nanoseconds, .lower)
    }
    return nil
  }
}
