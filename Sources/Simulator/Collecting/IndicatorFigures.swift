import Interbank
import Money
import PaymentModel
import Pipeline
import Reporting

/// Indicators of all settlement systems together, for thresholds and comparisons: values are in
/// units of the reporting currency at the mid rates of the run's start.
struct IndicatorFigures {
  private let simulation: Simulation
  private let systems: [(indicators: InterbankIndicators, currency: Currency)]

  init(_ simulation: Simulation) {
    self.simulation = simulation
    systems = zip(simulation.indicators, simulation.deployment.currencies).map { ($0, $1) }
  }

  func add(to metrics: inout [String: Double]) {
    let totals = systems.map { ($0.indicators.total, $0.currency) }
    let settled = totals.reduce(0) { $0 + value($1.0.settledValue, $1.1) }
    liquidity(&metrics, totals)
    var counts = InterbankCounts()
    for system in Array(systems) { counts.merge(system.indicators.counts) }
    func sum(_ amount: (InterbankIndicators) -> Int64) -> Double {
      systems.reduce(0) { $0 + value(amount($1.indicators), $1.currency) }
    }
    metrics["queue.largest"] = Double(counts.maximumQueue)
    metrics["queue.largest_value"] = sum(\.maximumQueueValue)
    metrics["queue.average_value"] = sum { Int64($0.averageQueueValue ?? 0) }
    metrics["unsettled.at_close"] = sum { $0.days.map(\.unsettledAtClose).max() ?? 0 }
    metrics["gridlock.seconds"] = Double(counts.gridlockTime) * 1e-9
    metrics["deadlock.seconds"] = Double(counts.deadlockTime) * 1e-9
    if counts.timed > 0 {
      metrics["deadlines.met_ratio"] = Double(counts.deadlinesMet) / Double(counts.timed)
    }
    let delayed = totals.reduce(0) { $0 + time($1.0.delayedValueTime, $1.1) }
    let possible = totals.reduce(0) { $0 + time($1.0.possibleValueTime, $1.1) }
    if possible > 0 { metrics["delay.relative"] = delayed / possible }
    if settled > 0 {
      let waited = systems.reduce(0) { $0 + time($1.indicators.valueDelay, $1.currency) }
      metrics["system_delay.mean_seconds"] = waited / settled
    }
    transfers(&metrics)
  }

  private func liquidity(
    _ metrics: inout [String: Double], _ totals: [(DayIndicators, Currency)]
  ) {
    func sum(_ amount: (DayIndicators) -> Int64) -> Double {
      totals.reduce(0) { $0 + value(amount($1.0), $1.1) }
    }
    let usage = systems.reduce(0.0) { sum, system in
      let days = max(1, system.indicators.days.count)
      let used = system.indicators.costInputs.liquidityDays / Int128(days)
      return sum + value(Int64(used), system.currency)
    }
    let (upper, lower) = (sum(\.upperBound), sum(\.lowerBound))
    let (used, settled) = (sum(\.liquidityUsed), sum(\.settledValue))
    metrics["liquidity.usage"] = usage
    metrics["liquidity.upper_bound"] = upper
    metrics["liquidity.lower_bound"] = lower
    if upper > lower { metrics["liquidity.relative"] = (used - lower) / (upper - lower) }
    if used > 0 { metrics["liquidity.turnover"] = settled / used }
    guard settled > 0 else { return }
    metrics["netting.bilateral_efficiency"] = 1 - sum(\.bilateralNet) / settled
    metrics["netting.multilateral_efficiency"] = 1 - sum(\.netSent) / settled
  }

  /// Delay from the moment money was owed to its arrival, over card payments and transfers.
  private func transfers(_ metrics: inout [String: Double]) {
    var paid = 0.0
    var waited = 0.0
    for (index, currency) in simulation.deployment.currencies.enumerated() {
      for cell in simulation.cells {
        guard let result = cell.result else { continue }
        waited += time(result.valueTime[index], currency)
        paid += value(result.valuePaid[index], currency)
      }
    }
    if let transfers = simulation.transfers {
      let reporting = simulation.deployment.settings.costs.currency
      waited += time(transfers.valueTime, reporting)
      paid += value(Int64(transfers.value), reporting)
      metrics["transfers.accepted"] = Double(transfers.accepted)
      metrics["transfers.reversed"] = Double(transfers.reversed)
      metrics["transfers.notices"] = Double(simulation.failures.reduce(0) { $0 + $1.notices })
      metrics["transfers.settled"] = Double(transfers.settled)
      metrics["exposure.peak"] = value(transfers.peakOpenValue, reporting)
      metrics["transfers.wires"] = Double(transfers.wires)
      metrics["transfers.deadlines_missed"] = Double(transfers.deadlinesMissed)
    }
    if paid > 0 { metrics["delay.mean_seconds"] = waited / paid }
    let plans = simulation.plans
    guard plans.bounded > 0 else { return }
    metrics["plan.mean_gap"] = plans.gapSum / Double(plans.bounded)
    metrics["plan.largest_gap"] = plans.largestGap
  }

  /// Minor units of a currency, in units of the reporting currency.
  private func value(_ minorUnits: Int64, _ currency: Currency) -> Double {
    value(Double(minorUnits), currency)
  }

  private func value(_ minorUnits: Double, _ currency: Currency) -> Double {
    let reporting = simulation.deployment.settings.costs.currency
    let rate = simulation.deployment.fx.midRate(from: currency, to: reporting) ?? 0
    return minorUnits / Double(currency.minorUnitsPerUnit) * rate
  }

  /// Minor units times nanoseconds, in units of the reporting currency times seconds.
  private func time(_ valueTime: Int128, _ currency: Currency) -> Double {
    value(Double(valueTime) * 1e-9, currency)
  }
}
