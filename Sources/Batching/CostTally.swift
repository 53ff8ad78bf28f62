import Money
import PaymentModel

/// Adds up wires and converted amounts exactly; rounding happens once for each currency pair at the
/// end, so that the same obligations cost the same in whatever portions they are added.
struct CostTally {
  private(set) var payments = 0
  private(set) var wires = 0
  private(set) var discountedWires = 0
  /// Minor units of the source currency by pair, `source.index * 256 + destination.index`.
  private var converted: [UInt16: UInt64] = [:]

  /// Adds one instruction with so many payments.
  mutating func addWire(payments count: Int, costs: CostTable) {
    addWires(1, payments: count, costs: costs)
  }

  /// Adds `count` instructions with so many payments each.
  mutating func addWires(_ count: Int, payments each: Int, costs: CostTable) {
    payments += count * each
    wires += count
    if each >= costs.discountMinimum { discountedWires += count }
  }

  /// Adds a settlement of `count` payments, sent as full batches and one with the rest.
  mutating func addSettlement(payments count: Int, in world: SettlementWorld) {
    let (full, rest) = count.quotientAndRemainder(dividingBy: world.maximumBatch)
    addWires(full, payments: world.maximumBatch, costs: world.costs)
    if rest > 0 { addWire(payments: rest, costs: world.costs) }
  }

  /// Adds minor units of the route's source currency that are exchanged for its destination
  /// currency.
  mutating func addConversion(of minorUnits: UInt64, on route: SettlementRoute) {
    guard route.source != route.destination else { return }
    let pair = UInt16(route.source.index) << 8 | UInt16(route.destination.index)
    converted[pair, default: 0] += minorUnits
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
    let wirePrice = world.costs.price(ofWires: wires, discounted: discountedWires)
    return StrategyCost(
      strategy: strategy, payments: payments, wires: wires, discountedWires: discountedWires,
      wireCost: world.rates.convert(wirePrice, to: currency).amount, spreadCost: spread)
  }
}
