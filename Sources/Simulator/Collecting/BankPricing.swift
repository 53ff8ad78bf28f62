import Declared
import Interbank
import Money
import Pipeline
import Scenario

/// What settling has cost the banks themselves, by `costs.interbank`.
struct BankPricing: Sendable {
  private let deployment: Deployment
  private let indicators: [InterbankIndicators]
  /// By position of the currency.
  private let prices: [BankPrices]

  /// Nil where the scenario prices nothing.
  init?(_ simulation: Simulation) {
    guard let settings = simulation.deployment.settings.costs.interbank else { return nil }
    deployment = simulation.deployment
    indicators = simulation.indicators
    prices = simulation.deployment.currencies.map { currency in
      func minorUnits(_ amount: MoneyAmount) -> Int64 {
        simulation.deployment.fx.convert(amount, to: currency).amount.minorUnits
      }
      let multipliers = settings.priorities
      return BankPrices(
        liquidityRate: settings.liquidityRate,
        liquidityPeriod: settings.liquidityPeriod?.nanoseconds,
        isOnAllocated: settings.liquidityBase == .allocated, delayRate: settings.delayRate,
        delayPeriod: settings.delayPeriod.nanoseconds,
        multipliers: [multipliers.urgent, multipliers.high, multipliers.normal],
        afterDeadline: settings.afterDeadline,
        unsettled: minorUnits(settings.unsettledAtClose), split: minorUnits(settings.split))
    }
  }

  /// What a bank pays in one system, minor units of its currency.
  /// - Parameters:
  ///   - participant: position of the bank among the participants.
  ///   - currency: position of the currency.
  func cost(of participant: Int, in currency: Int) -> BankCost {
    prices[currency].cost(of: indicators[currency].participants[participant].priced)
  }

  /// What all banks pay of one kind, in units of the reporting currency.
  private func sum(_ part: (BankCost) -> Int64) -> Double {
    indicators.indices.reduce(0) { sum, currency in
      let participants = indicators[currency].participants
      let amount = participants.indices.reduce(Int64(0)) {
        $0 + (participants[$1].isServed ? part(cost(of: $1, in: currency)) : 0)
      }
      return sum + deployment.inReporting(Double(amount), deployment.currencies[currency])
    }
  }

  static let figures: [Figure<BankPricing>] = [
    .derived(
      "cost.interbank", .money, .lowerIsBetter,
      "what settling costs the banks themselves by `costs.interbank`, apart from the run's cost",
      { $0.sum(\.total) }),
    .derived(
      "cost.interbank.liquidity", .money, .lowerIsBetter, "of it, for liquidity",
      { $0.sum(\.liquidity) }),
    .derived(
      "cost.interbank.delay", .money, .lowerIsBetter, "of it, for value that waits",
      { $0.sum(\.delay) }),
    .derived(
      "cost.interbank.unsettled", .money, .lowerIsBetter,
      "of it, for payments that wait at a close",
      { $0.sum(\.unsettled) }),
    .derived(
      "cost.interbank.splits", .money, .lowerIsBetter, "of it, for payments that settle in parts",
      { $0.sum(\.splits) }),
  ]
}
