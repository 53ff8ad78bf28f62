import Scenario

/// The names that a threshold may use. Metrics of one latency share a stem.
public enum MetricCatalog {
  /// Latencies, each with `.p50`, `.p95`, `.p99`, `.p999`, `.mean`, `.max` (nanoseconds) and
  /// `.count`.
  public static let latencies = [
    "acceptance_latency", "authorization_latency", "idempotency_latency", "bus_latency",
    "commit_latency", "challenge_latency", "acquirer_latency", "batch_submission_latency",
    "execution_latency", "settlement_latency",
  ]
  /// Costs of the run, in units of the reporting currency.
  static let costs = [
    "cost.acquirers", "cost.chargebacks", "cost.credit", "cost.delay", "cost.discount", "cost.fx",
    "cost.gateway_fees", "cost.infrastructure", "cost.infrastructure.bus",
    "cost.infrastructure.cache", "cost.infrastructure.cold_tier",
    "cost.infrastructure.compression", "cost.infrastructure.compute",
    "cost.infrastructure.database", "cost.infrastructure.network",
    "cost.infrastructure.spot_instances", "cost.infrastructure.storage", "cost.liquidity",
    "cost.missed_deadlines", "cost.rail_operators", "cost.settlement", "cost.total",
    "cost.volume_discount", "cost.wires",
  ]
  /// Indicators of transfers as banks owe them, and (`system_*`, queues, `liquidity.usage`) of all
  /// settlement systems together, by value in the reporting currency.
  static let indicators = [
    "deadlines.met_ratio", "deadlock.seconds", "delay.mean_seconds", "delay.relative",
    "exposure.peak",
    "gridlock.seconds", "liquidity.lower_bound", "liquidity.peak", "liquidity.relative",
    "liquidity.turnover", "liquidity.upper_bound", "liquidity.usage", "netting.bilateral_potential",
    "netting.multilateral_potential", "netting.realised_efficiency", "plan.largest_gap",
    "plan.mean_gap", "queue.average", "queue.average_value", "queue.largest", "queue.largest_value",
    "system_deadlines.met_ratio", "system_delay.mean_seconds", "system_delay.relative",
    "system_liquidity.lower_bound", "system_liquidity.relative", "system_liquidity.turnover",
    "system_liquidity.upper_bound", "system_netting.bilateral_efficiency",
    "system_netting.multilateral_efficiency", "transfers.accepted", "transfers.deadlines_missed",
    "transfers.notices", "transfers.reversed", "transfers.settled", "transfers.wires",
    "unsettled.at_close", "wires", "wires.discounted",
  ]
  static let parts = ["p50", "p95", "p99", "p999", "mean", "max", "count"]

  /// Everything else.
  public static let others = [
    "approval_rate", "bus.maximum_lag", "cost_per_payment", "double_effects", "events",
    "instructions", "ledger.transfers", "payments.accepted", "payments.challenge_abandoned",
    "payments.declined", "payments.expired", "payments.in_flight", "payments.lost",
    "payments.refunded", "payments.refused", "payments.requests", "payments.settled",
    "payments.voided", "rails.rerouted", "reconciliation.exceptions", "reconciliation.matched",
    "reconciliation.exception_rate", "savings_ratio", "settlement_success_rate", "stray_jobs",
    "technical_success_rate", "throughput.peak_per_second", "virtual_seconds", "wire_reduction",
  ]

  /// All names, sorted.
  public static var names: [String] {
    (latencies.flatMap { stem in parts.map { "\(stem).\($0)" } } + others + costs + indicators)
      .sorted()
  }

  /// Refuses thresholds on metrics that do not exist.
  static func check(_ thresholds: [ThresholdSetting], file: String) throws(RunError) {
    let known = Set(names)
    for threshold in thresholds where !known.contains(threshold.metric) {
      let stem = threshold.metric.split(separator: ".").first.map(String.init) ?? ""
      let close = names.filter { $0.hasPrefix(stem) }.prefix(7)
      let hint =
        close.isEmpty
        ? "`settlesim list metrics` names them all"
        : "did you mean \(close.joined(separator: ", "))"
      throw .scenario(
        "\(file): thresholds: \"\(threshold.text)\": no metric \(threshold.metric); \(hint)")
    }
  }
}
