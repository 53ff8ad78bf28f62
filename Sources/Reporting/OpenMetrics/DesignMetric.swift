import Declared
import Measurement

/// A metric under the name that the design documents give it.
///
/// Those of what is not simulated are not in the list: consensus rounds, replication lag,
/// chargebacks as they come, capacity of shards and disks, times of queries.
struct DesignMetric: Sendable {
  let name: String
  let kind: MetricFamily.Kind
  var unit = ""
  let help: String
  /// Its samples; none where the run has not measured it.
  let samples: @Sendable (RunResult) -> [MetricFamily.Sample]

  func family(_ result: RunResult) -> MetricFamily {
    MetricFamily(name: name, kind: kind, unit: unit, help: help, samples: samples(result))
  }

  /// Every one, in the order of the documents.
  static let all: [DesignMetric] =
    throughput + latency + reliability + costs + queues + success + merchants

  // MARK: throughput

  private static let throughput: [DesignMetric] = [
    DesignMetric(
      name: "settle_transactions_per_second", kind: .gauge,
      help: "Accepted payments and transfers a second, by kind, over the slot of virtual "
        + "time that ends with the sample"
    ) {
      $0.rates($0.cards, "accepted", kind: "payment")
        + $0.rates($0.transferSeries, "accepted", kind: "transfer")
    },
    DesignMetric(
      name: "settle_transactions", kind: .counter,
      help: "Payments and transfers by how far they came, up to the sample"
    ) { $0.sums($0.cards, kind: "payment") + $0.sums($0.transferSeries, kind: "transfer") },
    DesignMetric(
      name: "settle_batches_per_second", kind: .gauge,
      help: "Batches planned, divided by the virtual time of the whole run"
    ) { result in
      let seconds = result.metrics["virtual_seconds"] ?? 0
      guard seconds > 0 else { return [] }
      return [("settlement.batches", "payment"), ("transfers.batches", "transfer")].flatMap {
        result.sample($0.0, [MetricLabel("kind", $0.1)]) { $0 / seconds }
      }
    },
  ]

  // MARK: latency

  private static let latency: [DesignMetric] = [
    DesignMetric(
      name: "settle_transaction_latency_ms", kind: .summary, unit: "ms",
      help: "Request sent to decision durable, without the cardholder's time"
    ) { $0.quantiles("authorization") },
    DesignMetric(
      name: "settle_settlement_latency_ms", kind: .summary, unit: "ms",
      help: "Payment created to money at the merchant's bank"
    ) { $0.quantiles("settlement") },
  ]

  // MARK: reliability

  private static let reliability: [DesignMetric] = [
    DesignMetric(
      name: "settle_settlement_failures", kind: .counter,
      help: "What kept instructions and transfers from being settled, by reason: refused for lack "
        + "of cover or a cap, returned at a close, counterparty unreachable, reversed as a bank "
        + "failed, given back for lack of funds"
    ) { result in
      [
        ("rails.rejected", "refused"), ("rails.returned", "returned_at_close"),
        ("rails.retries", "unreachable"), ("transfers.reversed", "reversed"),
        ("transfers.failed_funds", "lack_of_funds"),
      ].flatMap { result.sample($0.0, [MetricLabel("reason", $0.1)], suffix: "_total") }
    },
    DesignMetric(
      name: "settle_data_loss_events", kind: .gauge, help: "Accepted payments that have no end"
    ) { $0.sample("payments.lost") },
    DesignMetric(
      name: "settle_breaker_openings", kind: .counter,
      help: "How often the circuit breakers in front of an acquirer have opened"
    ) { result in
      result.acquirers.map {
        MetricFamily.Sample(
          suffix: "_total", labels: [MetricLabel("acquirer", $0.name)],
          value: String($0.breakerOpens), time: result.virtualTimeNanoseconds)
      }
    },
    DesignMetric(
      name: "settle_authorization_retries", kind: .counter,
      help: "Further attempts to authorise a payment"
    ) { $0.sample("authorization.retries", suffix: "_total") },
  ]

  // MARK: costs

  private static let costs: [DesignMetric] = [
    DesignMetric(
      name: "settle_fx_costs", kind: .counter, help: "Spread on the deals with the dealer"
    ) { $0.sample("cost.fx", $0.currencyLabels, suffix: "_total") },
    DesignMetric(
      name: "settle_cost_savings", kind: .counter,
      help: "What the run's strategy saves of wires and exchange against the first priced one; "
        + "absent where it costs more, see settlesim_savings_ratio"
    ) { result in
      guard let first = result.strategies.first,
        let chosen = result.strategies.first(where: \.isChosen),
        case let saved = first.totalCost.units - chosen.totalCost.units, saved >= 0
      else { return [] }
      return [
        MetricFamily.Sample(
          suffix: "_total", labels: [MetricLabel("currency", first.totalCost.currency)],
          value: OpenMetricsText.number(saved), time: result.virtualTimeNanoseconds)
      ]
    },
    DesignMetric(
      name: "settle_cost_per_transaction", kind: .gauge,
      help: "Everything that the run costs its operator, divided by accepted payments and transfers"
    ) { $0.sample("cost_per_payment", $0.currencyLabels) },
  ]

  // MARK: queues

  private static let queues: [DesignMetric] = [
    DesignMetric(
      name: "settle_bus_lag_records", kind: .gauge, unit: "records",
      help:
        "Most uncommitted records of one partition of the bus, in the slot of virtual time that "
        + "ends with the sample"
    ) { result in
      slots(result.cards, "lag", result).map {
        MetricFamily.Sample(value: String($0.value), time: $0.end)
      }
    },
    DesignMetric(
      name: "settle_queue_depth_payments", kind: .gauge, unit: "payments",
      help: "Most payments that waited in the settlement system of a currency, in the slot of "
        + "virtual time that ends with the sample"
    ) { result in
      let prefix = "queued_payments_"
      return (result.settlementSeries?.columns ?? []).filter { $0.name.hasPrefix(prefix) }
        .flatMap { column in
          slots(result.settlementSeries, column.name, result).map {
            MetricFamily.Sample(
              labels: [MetricLabel("currency", String(column.name.dropFirst(prefix.count)))],
              value: String($0.value), time: $0.end)
          }
        }
    },
  ]

  // MARK: success

  private static let success: [DesignMetric] = [
    DesignMetric(
      name: "settle_authorization_success_ratio", kind: .gauge, unit: "ratio",
      help: "Approvals among the acquirers' answers in time"
    ) { $0.sample("approval_rate") },
    DesignMetric(
      name: "settle_settlement_success_ratio", kind: .gauge, unit: "ratio",
      help: "Settled payments among those captured and not voided"
    ) { $0.sample("settlement_success_rate") },
    DesignMetric(
      name: "settle_reconciliation_success_ratio", kind: .gauge, unit: "ratio",
      help: "Lines of files and statements that are no exceptions"
    ) { $0.sample("reconciliation.exception_rate") { 1 - $0 } },
  ]

  // MARK: merchants

  /// How many merchants are told of.
  private static let topMerchants = 10

  private static let merchants: [DesignMetric] = [
    DesignMetric(
      name: "settle_merchant_payments", kind: .counter,
      help: "Accepted payments of the ten merchants with the most"
    ) { result in
      result.merchants.prefix(topMerchants).map {
        MetricFamily.Sample(
          suffix: "_total", labels: [MetricLabel("merchant", $0.name)], value: String($0.payments),
          time: result.virtualTimeNanoseconds)
      }
    }
  ]
}
