import Interbank
import Money
import PaymentModel
import Pipeline
import Reporting

/// Indicators for thresholds and comparisons; values are in units of the reporting currency at the
/// mid rates of the run's start.
///
/// What strategies and modes are judged by is computed on obligations, that is transfers, from
/// their arrival to their settlement: it does not depend on how they are batched. Figures of the
/// settlement systems, which see wires from their submission on, are called `system_*`.
struct IndicatorFigures {
  private let simulation: Simulation
  private let systems: [(indicators: InterbankIndicators, currency: Currency)]
  private let owed: OwedMoney?

  init(_ simulation: Simulation, owed: OwedMoney?) {
    self.simulation = simulation
    self.owed = owed
    systems = zip(simulation.indicators, simulation.deployment.currencies).map { ($0, $1) }
  }

  func add(to metrics: inout [String: Double]) {
    addQueues(to: &metrics)
    addSystems(to: &metrics)
    addObligations(to: &metrics)
    transfers(&metrics)
  }

  private func addQueues(to metrics: inout [String: Double]) {
    func sum(_ amount: (InterbankIndicators) -> Int64) -> Double {
      systems.reduce(0) { $0 + value(amount($1.indicators), $1.currency) }
    }
    let counts = counts
    metrics["queue.largest"] = Double(counts.maximumQueue)
    metrics["queue.average"] = counts.averageQueue
    metrics["queue.largest_value"] = sum(\.maximumQueueValue)
    metrics["queue.average_value"] = sum { Int64($0.averageQueueValue ?? 0) }
    metrics["unsettled.at_close"] = sum { $0.days.map(\.unsettledAtClose).max() ?? 0 }
    metrics["gridlock.seconds"] = Double(counts.gridlockTime) * 1e-9
    metrics["deadlock.seconds"] = Double(counts.deadlockTime) * 1e-9
  }

  private var counts: InterbankCounts {
    systems.reduce(into: InterbankCounts()) { $0.merge($1.indicators.counts) }
  }

  /// Of the payments that the systems were given, which are wires.
  private func addSystems(to metrics: inout [String: Double]) {
    let totals = systems.map { ($0.indicators.total, $0.currency) }
    func sum(_ amount: (DayIndicators) -> Int64) -> Double {
      totals.reduce(0) { $0 + value(amount($1.0), $1.1) }
    }
    let (upper, lower) = (sum(\.upperBound), sum(\.lowerBound))
    let (used, settled) = (sum(\.liquidityUsed), sum(\.settledValue))
    metrics["liquidity.usage"] = systems.reduce(0.0) { sum, system in
      let days = max(1, system.indicators.days.count)
      let used = system.indicators.costInputs.liquidityDays / Int128(days)
      return sum + value(Int64(used), system.currency)
    }
    metrics["system_liquidity.upper_bound"] = upper
    metrics["system_liquidity.lower_bound"] = lower
    if upper > lower { metrics["system_liquidity.relative"] = (used - lower) / (upper - lower) }
    if used > 0 { metrics["system_liquidity.turnover"] = settled / used }
    let counts = counts
    if counts.timed > 0 {
      metrics["system_deadlines.met_ratio"] = Double(counts.deadlinesMet) / Double(counts.timed)
    }
    let delayed = totals.reduce(0) { $0 + time($1.0.delayedValueTime, $1.1) }
    let possible = totals.reduce(0) { $0 + time($1.0.possibleValueTime, $1.1) }
    if possible > 0 { metrics["system_delay.relative"] = delayed / possible }
    guard settled > 0 else { return }
    let waited = systems.reduce(0) { $0 + time($1.indicators.valueDelay, $1.currency) }
    metrics["system_delay.mean_seconds"] = waited / settled
    metrics["system_netting.bilateral_efficiency"] = 1 - sum(\.bilateralNet) / settled
    metrics["system_netting.multilateral_efficiency"] = 1 - sum(\.netSent) / settled
  }

  /// Of what banks owe each other for transfers.
  private func addObligations(to metrics: inout [String: Double]) {
    guard let owed else { return }
    metrics["delay.relative"] = owed.indicators.settlementDelay
    metrics["deadlines.met_ratio"] = owed.indicators.inTimeRatio
    metrics["liquidity.peak"] = owed.liquidityUsed
    metrics["liquidity.upper_bound"] = owed.upperBound
    metrics["liquidity.lower_bound"] = owed.lowerBound
    metrics["liquidity.relative"] = owed.relativeLiquidity
    metrics["liquidity.turnover"] = owed.turnover
    metrics["netting.realised_efficiency"] = owed.realisedEfficiency
    metrics["netting.bilateral_potential"] = owed.bilateralPotential
    metrics["netting.multilateral_potential"] = owed.multilateralPotential
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

  private func value(_ minorUnits: Int64, _ currency: Currency) -> Double {
    simulation.deployment.inReporting(Double(minorUnits), currency)
  }

  /// Minor units times nanoseconds, in units of the reporting currency times seconds.
  private func time(_ valueTime: Int128, _ currency: Currency) -> Double {
    simulation.deployment.inReporting(Double(valueTime) * 1e-9, currency)
  }
}

extension Deployment {
  /// Minor units of a currency, in units of the reporting currency at the mid rates of the run's
  /// start.
  func inReporting(_ minorUnits: Double, _ currency: Currency) -> Double {
    let rate = fx.midRate(from: currency, to: settings.costs.currency) ?? 0
    return minorUnits / Double(currency.minorUnitsPerUnit) * rate
  }
}
