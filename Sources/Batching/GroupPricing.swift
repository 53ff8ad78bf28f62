import Money
import PaymentModel

/// Prices settlements that are known by their sums alone, by the rules that `Wires` and
/// `Conversions` apply to plans.
struct GroupPricing {
  private let world: SettlementWorld
  private var tally = CostTally()
  private var flows: [NettingEntry] = []
  private var positions = PayerPositions()

  init(in world: SettlementWorld) { self.world = world }

  /// Adds the settlement of a key with so many payments, and what it pays out by currency owed.
  ///
  /// A settlement in parts has a wire for each part, also where one of them should come to nothing:
  /// sums do not show that.
  /// - Parameter dealCycle: conversions offset each other within it; nil: each pays its spread.
  mutating func addSettlement(
    _ key: ConsolidationKey, payments: Int, sums: SourceSums, netting: Netting, dealCycle: Int64?
  ) {
    tally.payments += payments
    let payout = sums.converted(to: key.currency, by: world.rates)
    if netting == .gross {
      let (full, rest) = payments.quotientAndRemainder(dividingBy: world.maximumBatch)
      guard payout != 0 || payments > world.maximumBatch else {
        return exchange(sums, key, dealCycle: dealCycle)
      }
      tally.addWires(full, payments: world.maximumBatch, in: key.currency, costs: world.costs)
      if rest > 0 { tally.addWires(1, payments: rest, in: key.currency, costs: world.costs) }
    } else {
      let batch = PlannedBatch(
        payer: key.payer, payee: key.payee, currency: key.currency, members: [],
        netting: netting, cycle: key.period)
      var flow = NettingEntry(batch, position: flows.count, amount: payout)
      flow.payments = payments
      flows.append(flow)
    }
    exchange(sums, key, dealCycle: dealCycle)
  }

  private mutating func exchange(
    _ sums: SourceSums, _ key: ConsolidationKey, dealCycle: Int64?
  ) {
    for (source, amount) in sums.sums {
      if let dealCycle {
        positions.add(
          amount, of: source, to: key.currency, payer: key.payer, cycle: dealCycle, valueDays: 0)
      } else {
        tally.addExchange(of: amount, from: source, to: key.currency, by: world.rates)
      }
    }
  }

  /// Adds obligations of which each has a wire and a conversion of its own.
  mutating func addSingles(_ group: ObligationGroup) {
    let (source, destination) = (group.route.source, group.route.destination)
    tally.payments += group.count
    tally.addWires(
      group.count - Int(group.idle), payments: 1, in: destination, costs: world.costs)
    tally.addExchange(group.paid, from: source, to: destination)
    tally.addExchange(group.refundedPayout, from: destination, to: source)
  }

  /// All of it.
  func total() -> CostTally {
    var tally = tally
    for wire in NettingSets(flows).wires(clearingBank: world.clearingBank) {
      tally.addWires(1, payments: wire.payments, in: wire.currency, costs: world.costs)
    }
    for conversion in positions.conversions(by: world.rates) {
      tally.addExchange(conversion.amount, from: conversion.source, to: conversion.destination)
    }
    return tally
  }
}
