import Pipeline
import Reporting

/// The service levels of the design documents, reported in every run; they gate nothing by
/// themselves. One without an actual value was not put to the test by the run's load.
struct Objectives {
  let totals: RunTotals
  let metrics: [String: Double]

  func rows() -> [ObjectiveRow] {
    func latency(_ title: String, _ metric: String, _ limit: Duration) -> ObjectiveRow {
      let (seconds, attoseconds) = limit.components
      let target = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
      return ObjectiveRow(
        title, .atMost, .nanoseconds(target),
        actual: metrics[metric].map { Quantity($0, .nanoseconds) })
    }
    func ratio(
      _ title: String, _ comparison: Comparison, _ metric: String, _ target: Double
    ) -> ObjectiveRow {
      ObjectiveRow(
        title, comparison, Quantity(target, .ratio),
        actual: metrics[metric].map { Quantity($0, .ratio) })
    }
    let unavailable = totals.count(.unavailable)
    let requests = totals.answers.reduce(0, +)
    return [
      latency("intake p99", "acceptance_latency.p99", .milliseconds(50)),
      latency("authorisation p95", "authorization_latency.p95", .milliseconds(300)),
      latency("authorisation p99", "authorization_latency.p99", .milliseconds(500)),
      latency("idempotency check p95", "idempotency_latency.p95", .milliseconds(50)),
      latency("batches submitted after cut-off", "batch_submission_latency.max", .seconds(1_800)),
      ObjectiveRow(
        "intake availability", .atLeast, Quantity(0.9999, .ratio),
        actual: requests == 0
          ? nil : Quantity(Double(requests - unavailable) / Double(requests), .ratio)),
      ratio("acquirers' technical success", .atLeast, "technical_success_rate", 0.99),
      ratio("settlement success", .atLeast, "settlement_success_rate", 0.999),
      ratio("reconciliation exceptions", .atMost, "reconciliation.exception_rate", 0.001),
      ObjectiveRow(
        "sustained intake", .atLeast, Quantity(8_000, .perSecond),
        actual: totals.peakPerSecond >= 8_000 ? Quantity(totals.peakPerSecond, .perSecond) : nil),
      ObjectiveRow("recovery after a fault", .atMost, .nanoseconds(30_000_000_000), actual: nil),
    ]
  }
}
