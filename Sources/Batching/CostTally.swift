import Money
import PaymentModel

/// Adds up wires and exchanged amounts exactly; rounding happens once for each currency of wires
/// and once for each pair of currencies at the end, so that the same obligations cost the same in
/// whatever portions they are added.
public struct CostTally: Sendable, Equatable {
  /// Wires in one currency.
  private struct WireCount: Equatable {
    var wires = 0
    var discounted = 0
  }

  /// Obligations settled.
  public internal(set) var payments = 0
  /// By index of the currency; sorted before use.
  private var counts: [UInt8: WireCount] = [:]
  /// Payments that the wires settle, and those among them on wires with the discount.
  private var wiredPayments = 0
  private var discountedPayments = 0
  private var exchange = ExchangeTally()

  /// Nothing.
  public init() {}

  /// Adds `count` wires in a currency with so many payments each.
  mutating func addWires(
    _ count: Int, payments each: Int, in currency: Currency, costs: CostTable
  ) {
    guard count > 0 else { return }
    counts[currency.index, default: WireCount()].wires += count
    wiredPayments += count * each
    guard each >= costs.discountMinimum else { return }
    counts[currency.index, default: WireCount()].discounted += count
    discountedPayments += count * each
  }

  /// Adds what a settlement owes in `source` and pays out in `destination`: exchanged in its own
  /// direction, or, where refunds outweigh payments, what it takes back the other way.
  mutating func addExchange(
    of net: Int64, from source: Currency, to destination: Currency, by rates: FXTable
  ) {
    guard source != destination else { return }
    guard net < 0 else {
      return exchange.add(UInt64(net), from: source, to: destination, step: 0)
    }
    let back = rates.convert(MoneyAmount(minorUnits: net, currency: source), to: destination)
    exchange.add(
      back.amount.minorUnits.magnitude, from: destination, to: source, step: 0)
  }

  /// Adds minor units of the source currency that are exchanged for the destination currency.
  mutating func addExchange(_ minorUnits: Int64, from source: Currency, to destination: Currency) {
    exchange.add(minorUnits.magnitude, from: source, to: destination, step: 0)
  }

  /// Adds the batches of a plan of `pending` of which `fees` are kept, one for each.
  /// - Precondition: the parts of a settlement stand one after the other; every currency pair has a
  ///   rate and a spread.
  mutating func add(
    _ plan: SettlementPlan, _ pending: [Obligation], fees: [Int64], in world: SettlementWorld
  ) {
    payments += plan.payments
    let payouts = Payouts.of(plan, pending, fees: fees, in: world)
    for wire in Wires.of(plan, payouts: payouts, clearingBank: world.clearingBank) {
      addWires(1, payments: wire.payments, in: wire.currency, costs: world.costs)
    }
    for conversion in Conversions.of(plan, pending, fees: fees, in: world) {
      addExchange(
        of: conversion.isReversed ? -conversion.amount : conversion.amount,
        from: conversion.source, to: conversion.destination, by: world.rates)
    }
  }

  /// Adds what another has.
  public mutating func merge(_ other: CostTally) {
    payments += other.payments
    counts.merge(other.counts) {
      WireCount(wires: $0.wires + $1.wires, discounted: $0.discounted + $1.discounted)
    }
    wiredPayments += other.wiredPayments
    discountedPayments += other.discountedPayments
    exchange.merge(other.exchange)
  }

  /// The cost in the reporting currency of the cost table.
  public func cost(strategy: String, in world: SettlementWorld) -> StrategyCost {
    let costs = world.costs
    let currency = costs.currency
    var gross = MoneyAmount.zero(currency)
    var discount = gross
    for (index, count) in counts.sorted(by: { $0.key < $1.key }) {
      let moved = Currency(index: index)
      gross += world.rates.convert(costs.price(of: count.wires, in: moved), to: currency).amount
      discount +=
        world.rates.convert(costs.discount(on: count.discounted, in: moved), to: currency).amount
    }
    let spread = exchange.spread(in: currency) { _ in world.rates }
    return StrategyCost(
      strategy: strategy, payments: payments, wires: counts.values.reduce(0) { $0 + $1.wires },
      discountedWires: counts.values.reduce(0) { $0 + $1.discounted },
      grossWireCost: gross, discount: discount, spreadCost: spread,
      spreadDiscount: costs.discount(
        onSpread: spread, payments: wiredPayments, discounted: discountedPayments))
  }
}
