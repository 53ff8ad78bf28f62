import Measurement
import Pipeline
import Reporting
import VirtualTime

/// Every figure that a threshold may name. A metric without samples is left out.
struct MetricCollector {
  let totals: RunTotals
  let costs: CostCollector
  let simulation: Simulation
  let result: RunResult
  let owed: OwedMoney?

  func metrics() -> [String: Double] {
    var metrics: [String: Double] = [:]
    for name in MetricCatalog.latencies {
      guard let histogram = totals.latencies[name], !histogram.isEmpty else { continue }
      let figures: [(String, Int64?)] = [
        ("p50", histogram.p50), ("p95", histogram.p95), ("p99", histogram.p99),
        ("p999", histogram.p999), ("mean", histogram.mean), ("max", histogram.max),
        ("count", Int64(histogram.count)),
      ]
      for (part, value) in figures { metrics["\(name).\(part)"] = value.map { Double($0) } }
    }
    counts(&metrics)
    rates(&metrics)
    costFigures(&metrics)
    IndicatorFigures(simulation, owed: owed).add(to: &metrics)
    return metrics
  }

  private func counts(_ metrics: inout [String: Double]) {
    let ends = totals.ends
    let accepted = totals.count(.accepted)
    let counts: [(String, Int)] = [
      ("payments.requests", totals.requests), ("payments.accepted", accepted),
      ("payments.refused", totals.answers.reduce(0, +) - accepted),
      ("payments.settled", ends.settled), ("payments.refunded", ends.refunded),
      ("payments.declined", ends.declined), ("payments.voided", ends.voided),
      ("payments.expired", ends.expired), ("payments.in_flight", ends.inFlight),
      ("payments.lost", accepted - ends.total),
      ("payments.challenge_abandoned", totals.count(.challengeAbandoned)),
      ("bus.maximum_lag", totals.maximumLag), ("double_effects", totals.doubleEffects),
      ("events", simulation.world.eventCount), ("instructions", totals.instructions),
      ("ledger.transfers", totals.transfers), ("rails.rerouted", simulation.rails.rerouted),
      ("stray_jobs", simulation.world.strayJobs),
      ("reconciliation.exceptions", totals.reconciliation.exceptions),
      ("reconciliation.matched", totals.reconciliation.matched),
    ]
    for (name, count) in counts { metrics[name] = Double(count) }
    metrics["virtual_seconds"] = Double(result.virtualTimeNanoseconds) * 1e-9
    metrics["throughput.peak_per_second"] = totals.peakPerSecond
  }

  private func costFigures(_ metrics: inout [String: Double]) {
    let names = [
      "acquirers": "acquirers", "chargebacks": "chargebacks", "credit": "credit",
      "consolidation discount": "discount", "delay": "delay", "foreign exchange": "fx",
      "infrastructure": "infrastructure", "liquidity": "liquidity",
      "missed deadlines": "missed_deadlines", "rail operators": "rail_operators",
      "volume discount": "volume_discount", "wires": "wires",
    ]
    for component in result.costComponents {
      guard let name = names[component.name] else { continue }
      metrics["cost.\(name)"] = component.amount.units
    }
    for row in result.infrastructure {
      let name = row.name.replacing(" ", with: "_")
      metrics["cost.infrastructure.\(name)"] = row.amount.units
    }
    guard let settlement = costs.settlement, let total = costs.total else { return }
    metrics["cost.discount"] = CostCollector.reported(settlement.discounts).units
    metrics["cost.settlement"] = CostCollector.reported(settlement.total).units
    metrics["cost.total"] = CostCollector.reported(total).units
    metrics["cost.gateway_fees"] = CostCollector.reported(costs.gatewayFees).units
    metrics["wires"] = Double(settlement.wireCount)
    metrics["wires.discounted"] = Double(settlement.discountedWires)
  }

  private func rates(_ metrics: inout [String: Double]) {
    func rate(_ name: String, _ part: Int, of whole: Int) {
      if whole > 0 { metrics[name] = Double(part) / Double(whole) }
    }
    let calls = totals.endpoints.reduce(0) { $0 + $1.calls }
    let approved = totals.endpoints.reduce(0) { $0 + $1.approved }
    let answered = totals.endpoints.reduce(approved) { $0 + $1.declined }
    rate("approval_rate", approved, of: answered)
    rate("technical_success_rate", answered, of: calls)
    let captured = totals.captured
    rate("settlement_success_rate", totals.ends.settled + totals.ends.refunded, of: captured)
    rate(
      "reconciliation.exception_rate", totals.reconciliation.exceptions,
      of: totals.reconciliation.lines + totals.reconciliation.movements)
    metrics["savings_ratio"] = costs.savingsRatio
    metrics["wire_reduction"] = costs.wireReduction
    if let cost = costs.perPayment {
      var value = Double(cost.scaled)
      for _ in 0..<cost.decimals { value /= 10 }
      metrics["cost_per_payment"] = value
    }
  }
}
