import Declared
import Reporting
import VirtualTime

/// A service level of the design documents: what is promised of a metric, and when the promise is
/// put to the test.
struct Level: Sendable {
  /// What is promised.
  let name: String
  /// The figure that it is about.
  let metric: String
  let comparison: Comparison
  /// The promised value, in the metric's unit.
  let target: Double
  /// What the run must have offered for the level to be judged.
  let condition: String
  /// Whether it did, by the metrics of the run.
  let isOffered: @Sendable ([String: Double]) -> Bool
  /// A figure without which the run does not show the level at all; nil: it always does.
  var about: String?

  /// Every level, in the order of reading. A run shows each, with its value where it has one.
  static let all: [Level] = [
    .latency("intake p99", "acceptance_latency", "p99", .milliseconds(50), "requests came"),
    .latency(
      "authorisation p95", "authorization_latency", "p95", .milliseconds(300),
      "payments were decided"),
    .latency(
      "authorisation p99", "authorization_latency", "p99", .milliseconds(500),
      "payments were decided"),
    .latency(
      "idempotency check p95", "idempotency_latency", "p95", .milliseconds(50),
      "keys were looked up"),
    .latency(
      "batches submitted after cut-off", "batch_submission_latency", "max", .seconds(1_800),
      "batches were submitted"),
    .share("intake availability", "intake.availability", .atLeast, 0.9999, "requests came"),
    .share(
      "acquirers' technical success", "technical_success_rate", .atLeast, 0.99,
      "acquirers were called"),
    .share(
      "settlement success", "settlement_success_rate", .atLeast, 0.999,
      "payments were captured"),
    .share(
      "reconciliation exceptions", "reconciliation.exception_rate", .atMost, 0.001,
      "lines were reconciled"),
    Level(
      name: "sustained intake", metric: "intake.sustained_per_second", comparison: .atLeast,
      target: sustained, condition: "requests came at the target rate for a minute",
      isOffered: { ($0["intake.offered_per_second"] ?? 0) >= sustained }),
    Level(
      name: "recovery from faults", metric: "faults.recovery_time", comparison: .atMost,
      target: Double(Duration.seconds(30).nanoseconds),
      condition: "faults touched payments",
      isOffered: { ($0["faults.payments_touched"] ?? 0) > 0 }, about: "faults.occurrences"),
  ]

  /// Payments a second that the intake takes on for a minute.
  private static let sustained = 8_000.0

  /// A part of a distribution of durations that must stay within a limit.
  private static func latency(
    _ name: String, _ stem: String, _ part: String, _ limit: Duration, _ condition: String
  ) -> Level {
    Level(
      name: name, metric: "\(stem).\(part)", comparison: .atMost,
      target: Double(limit.nanoseconds),
      condition: condition, isOffered: { ($0["\(stem).count"] ?? 0) > 0 })
  }

  /// A part of a whole, which has no value where the whole is nothing.
  private static func share(
    _ name: String, _ metric: String, _ comparison: Comparison, _ target: Double,
    _ condition: String
  ) -> Level {
    Level(
      name: name, metric: metric, comparison: comparison, target: target, condition: condition,
      isOffered: { $0[metric] != nil })
  }

  /// The level as a run with these metrics has it.
  func row(_ metrics: [String: Double]) -> LevelRow {
    guard let figure = MetricCatalog.figure(metric) else {
      preconditionFailure("the level \(name) is about \(metric), which is no figure")
    }
    return LevelRow(
      name, comparison, Quantity(target, figure.unit),
      actual: metrics[metric].map { Quantity($0, figure.unit) }, condition: condition,
      isOffered: isOffered(metrics))
  }
}
