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
  static let parts = ["p50", "p95", "p99", "p999", "mean", "max", "count"]

  /// Everything else.
  public static let others = [
    "approval_rate", "bus.maximum_lag", "cost_per_payment", "double_effects", "events",
    "instructions", "ledger.transfers", "payments.accepted", "payments.challenge_abandoned",
    "payments.declined", "payments.expired", "payments.in_flight", "payments.lost",
    "payments.refunded", "payments.refused", "payments.requests", "payments.settled",
    "payments.voided", "reconciliation.exceptions", "reconciliation.matched",
    "reconciliation.exception_rate", "savings_ratio", "settlement_success_rate", "stray_jobs",
    "technical_success_rate", "throughput.peak_per_second", "virtual_seconds", "wire_reduction",
  ]

  /// All names, sorted.
  public static var names: [String] {
    (latencies.flatMap { stem in parts.map { "\(stem).\($0)" } } + others).sorted()
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
