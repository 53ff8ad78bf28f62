import Declared
import Money
import PaymentModel

/// Where nothing more is expected, every rule's plan of all that is pending can be carried out at
/// once, and costs what it says: waiting would only cost more. The cheapest is taken.
struct RulesNow {
  let pending: [Obligation]
  let world: SettlementWorld
  let horizon: RoundHorizon
  let netsConversions: Bool

  /// The plans of all rules, with their costs in minor units of the reporting currency; the first
  /// is the planner's own.
  func plans(own: SettlementPlan) -> [(name: String, plan: SettlementPlan, cost: Double)] {
    var plans = [("all_now", own, cost(of: own))]
    for type in StrategyRegistry.all where type.name != Optimised.name {
      for (name, rule) in rules(type) {
        let plan = rule.plan(pending, in: world)
        guard plan.deferred.isEmpty else { continue }
        plans.append((name, plan, cost(of: plan)))
      }
    }
    return plans
  }

  /// A strategy with windows of 15 minutes, four hours and a day, if it has windows.
  private func rules(
    _ type: any BatchingStrategy.Type
  ) -> [(name: String, rule: any BatchingStrategy)] {
    let names = Set(type.parameters.map(\.name))
    var parameters: [String: ParameterValue] = [:]
    if names.contains("fx_netting") {
      parameters["fx_netting"] = .choice(netsConversions ? "on" : "off")
    }
    guard names.contains("window") else {
      return (try? type.init(parameters: parameters)).map { [(type.name, $0)] } ?? []
    }
    return [("15min", 900), ("4h", 14_400), ("24h", 86_400)].compactMap { label, seconds in
      parameters["window"] = .duration(.seconds(seconds))
      return (try? type.init(parameters: parameters)).map { ("\(type.name) \(label)", $0) }
    }
  }

  /// Wires, operators, exchange and liquidity of a plan that is carried out now.
  func cost(of plan: SettlementPlan) -> Double {
    let payouts = Payouts.beforeFees(of: plan, pending, in: world)
    let wires = Wires.of(plan, payouts: payouts, clearingBank: world.clearingBank)
    var cost = 0.0
    for (place, currency) in horizon.currencies.enumerated() {
      cost += MovingChoice.cost(
        of: wires.filter { $0.currency == currency }, horizon.prices[place], in: world)
    }
    for conversion in Conversions.of(plan, pending, in: world) {
      let amount = MoneyAmount(minorUnits: conversion.amount, currency: conversion.source)
      let spread = world.rates.spreadCost(of: amount, to: conversion.destination)
      cost += Double(world.rates.inReportingCurrency(spread).minorUnits)
      for currency in [conversion.source, conversion.destination] {
        if let place = horizon.currencies.firstIndex(of: currency) {
          cost += horizon.prices[place].operatorFee
        }
      }
    }
    return cost
  }
}
