import Declared
import Interbank
import Money
import Pipeline

/// What the settlement systems have done, all currencies together; values are in units of the
/// reporting currency at the mid rates of the run's start.
///
/// They see wires from their submission on, so their figures are called `system_*`. What
/// strategies and modes are judged by is computed on obligations (`OwedMoney`), which do not depend
/// on how they are batched.
struct SystemFigures: Sendable {
  private let deployment: Deployment
  private let systems: [(indicators: InterbankIndicators, currency: Currency)]
  private let horizons: [SettlementHorizon]
  /// What has no currency.
  let counts: InterbankCounts

  init(_ simulation: Simulation) {
    deployment = simulation.deployment
    horizons = simulation.deployment.horizons
    systems = zip(simulation.indicators, simulation.deployment.currencies).map { ($0, $1) }
    var counts = InterbankCounts()
    for system in systems {  // ordered: an array
      counts.merge(system.indicators.counts)
    }
    self.counts = counts
  }

  static let figures: [Figure<SystemFigures>] =
    [
      .all(InterbankCounts.figures, of: { $0.counts }),
      .derived(
        "queue.largest_value", .money, .lowerIsBetter,
        "most value that waited at once, summed over the systems",
        { $0.sum(\.maximumQueueValue) }),
      .derived(
        "queue.average_value", .money, .lowerIsBetter,
        "waiting value, averaged over the opening hours of the scenario's settlement days",
        { $0.averageQueueValue }),
      .derived(
        "queue.average", .number, .lowerIsBetter,
        "waiting payments, averaged over the opening hours of the scenario's settlement days",
        { $0.averageQueue }),
      .derived(
        "unsettled.at_close", .money, .lowerIsBetter,
        "value unsettled at a close, on each system's worst day",
        { $0.sum { $0.days.map(\.unsettledAtClose).max() ?? 0 } }
      ).standard(),
    ] + liquidity + delays + nets

  /// What banks had to put up; usage and bounds are of the same payments, banks and days: each
  /// bank's own largest day (BCBS 248).
  private static let liquidity: [Figure<SystemFigures>] = [
    .derived(
      "liquidity.usage", .money, .lowerIsBetter,
      "most that each bank had sent, net, on its own largest day, summed over banks",
      { $0.deployment.inReporting($0.systems.map(\.indicators.usage)) }
    ).standard(),
    .derived(
      "liquidity.daily_mean", .money, .lowerIsBetter,
      "daily usage summed over banks, averaged over the scenario's settlement days",
      { $0.dailyMean }
    ).standard(),
    .derived(
      "liquidity.upper_bound", .money,
      "usage of each bank's own largest day if every wire had settled on arrival",
      { $0.deployment.inReporting($0.systems.map(\.indicators.usageUpperBound)) }),
    .derived(
      "liquidity.lower_bound", .money,
      "what each bank had sent, net, at the close of its own largest day",
      { $0.deployment.inReporting($0.systems.map(\.indicators.usageLowerBound)) }),
    .derived(
      "liquidity.relative", .ratio, .lowerIsBetter,
      "where between the bounds usage lies, if each day settled what came in on it",
      { $0.relativeUsage }),
    .derived(
      "liquidity.turnover", .number, .higherIsBetter,
      "value of wires settled for each unit of liquidity used, over all days",
      { Self.quotient($0.total(\.settledValue), $0.total(\.liquidityUsed)) }),
  ]

  private static let delays: [Figure<SystemFigures>] = [
    .derived(
      "system_delay.relative", .ratio,
      "settlement delay of wires, from 0 (all at once) to 1 (nothing before the close)",
      { Self.quotient($0.totalTime(\.delayedValueTime), $0.totalTime(\.possibleValueTime)) }),
    .derived(
      "system_delay.mean_seconds", .seconds, .lowerIsBetter,
      "time from a wire's submission to its settlement, weighted by value",
      { system in
        let waited = system.systems.reduce(0) {
          $0 + system.deployment.inReportingSeconds($1.indicators.valueDelay, $1.currency)
        }
        return Self.quotient(waited, system.total(\.settledValue))
      }),
  ]

  private static let nets: [Figure<SystemFigures>] = [
    .derived(
      "system_netting.bilateral_efficiency", .ratio,
      "part of the settled value that netting by pairs of banks saves each day",
      { $0.saved(\.bilateralNet) }),
    .derived(
      "system_netting.multilateral_efficiency", .ratio,
      "part of the settled value that netting over all banks saves each day",
      { $0.saved(\.netSent) }),
  ]

  private static func quotient(_ part: Double, _ whole: Double) -> Double? {
    whole > 0 ? part / whole : nil
  }

  private var dailyMean: Double {
    zip(systems, horizons).reduce(0) {
      $0 + mean($1.0.indicators.costInputs.liquidityDays, $1.0.currency, over: Int64($1.1.days))
    }
  }

  private var averageQueueValue: Double {
    zip(systems, horizons).reduce(0) {
      $0 + mean($1.0.indicators.queueValueTime, $1.0.currency, over: $1.1.openTime)
    }
  }

  private var averageQueue: Double {
    let open = horizons.reduce(Int128(0)) { $0 + Int128($1.openTime) }
    return Double(counts.queueTime) / Double(open)
  }

  private var relativeUsage: Double? {
    let found = systems.map(\.indicators)
    let upper = deployment.inReporting(found.map(\.usageUpperBound))
    let lower = deployment.inReporting(found.map(\.usageLowerBound))
    guard upper > lower, found.allSatisfy({ $0.days.allSatisfy(\.isWhole) }) else { return nil }
    return (deployment.inReporting(found.map(\.usage)) - lower) / (upper - lower)
  }

  /// Minor units added up over time, averaged over `length` units of it.
  private func mean(_ sum: Int128, _ currency: Currency, over length: Int64) -> Double {
    deployment.inReporting(Double(sum) / Double(length), currency)
  }

  /// What netting saves of the value settled, by integers.
  private func saved(_ net: (DayIndicators) -> Int64) -> Double? {
    let totals = systems.map(\.indicators.total)
    return deployment.saved(gross: totals.map(\.settledValue), net: totals.map(net))
  }

  private func sum(_ amount: (InterbankIndicators) -> Int64) -> Double {
    systems.reduce(0) {
      $0 + deployment.inReporting(Double(amount($1.indicators)), $1.currency)
    }
  }

  /// Of the days of all systems.
  private func total(_ amount: (DayIndicators) -> Int64) -> Double {
    sum { amount($0.total) }
  }

  private func totalTime(_ valueTime: (DayIndicators) -> Int128) -> Double {
    systems.reduce(0) {
      $0 + deployment.inReportingSeconds(valueTime($1.indicators.total), $1.currency)
    }
  }
}

extension Deployment {
  /// Minor units times nanoseconds, in units of the reporting currency times seconds.
  func inReportingSeconds(_ valueTime: Int128, _ currency: Currency) -> Double {
    inReporting(Double(valueTime) * 1e-9, currency)
  }
}
