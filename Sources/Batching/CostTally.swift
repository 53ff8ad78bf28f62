import Money
import PaymentModel

/// Adds up wires and converted amounts exactly; rounding happens once for each currency pair at the
/// end, so that the same obligations cost the same in whatever portions they are added.
struct CostTally: Sendable, Equatable {
  /// Obligations settled.
  var payments = 0
  private(set) var wires = 0
  private(set) var discountedWires = 0
  /// Payments that the wires settle, and those among them on wires with the discount.
  private(set) var wiredPayments = 0
  private(set) var discountedPayments = 0
  /// Minor units of the source currency by pair, `source.index * 256 + destination.index`.
  private(set) var converted: [UInt16: UInt64] = [:]

  /// Adds `count` wires with so many payments each.
  mutating func addWires(_ count: Int, payments each: Int, costs: CostTable) {
    wires += count
    wiredPayments += count * each
    guard each >= costs.discountMinimum else { return }
    discountedWires += count
    discountedPayments += count * each
  }

  /// Adds minor units of the source currency that are exchanged for the destination currency.
  mutating func addConversion(
    of minorUnits: UInt64, from source: Currency, to destination: Currency
  ) {
    guard source != destination else { return }
    let pair = UInt16(source.index) << 8 | UInt16(destination.index)
    converted[pair, default: 0] += minorUnits
  }

  /// Adds a conversion; the spread is the same in both directions.
  mutating func add(_ conversion: PlannedConversion) {
    addConversion(
      of: conversion.amount.magnitude, from: conversion.source, to: conversion.destination)
  }

  /// The cost in the reporting currency of the cost table.
  func cost(strategy: String, in world: SettlementWorld) -> StrategyCost {
    let currency = world.costs.currency
    var spread = MoneyAmount.zero(currency)
    for (pair, minorUnits) in converted.sorted(by: { $0.key < $1.key }) {
      guard let exact = Int64(exactly: minorUnits) else {
        preconditionFailure("converted amounts do not fit 64 bits")
      }
      let amount = MoneyAmount(
        minorUnits: exact, currency: Currency(index: UInt8(truncatingIfNeeded: pair >> 8)))
      let destination = Currency(index: UInt8(truncatingIfNeeded: pair))
      let cost = world.rates.spreadCost(of: amount, to: destination)
      spread += world.rates.convert(cost, to: currency).amount
    }
    let gross = world.costs.price(ofWires: wires, discounted: 0)
    let net = world.costs.price(ofWires: wires, discounted: discountedWires)
    let grossCost = world.rates.convert(gross, to: currency).amount
    return StrategyCost(
      strategy: strategy, payments: payments, wires: wires, discountedWires: discountedWires,
      grossWireCost: grossCost, discount: grossCost - world.rates.convert(net, to: currency).amount,
      spreadCost: spread,
      spreadDiscount: world.costs.discount(
        onSpread: spread, payments: wiredPayments, discounted: discountedPayments))
  }
}
