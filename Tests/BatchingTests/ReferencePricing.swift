import Batching
import Money
import PaymentModel

/// Prices strategies straight from their definition, obligation by obligation with text keys: slow,
/// and written apart from the module it judges.
enum ReferencePricing {
  struct Price: Equatable {
    var wires: Int
    var discounted: Int
    /// What is converted, by `EUR/USD`, in minor units of the source currency.
    var converted: [String: Int64]
  }

  static func price(
    _ obligations: [Obligation], maximumBatch: Int, discountMinimum: Int, in world: SettlementWorld,
    key: (Int, Obligation) -> String
  ) -> Price {
    var price = Price(wires: 0, discounted: 0, converted: [:])
    let settlements = Dictionary(grouping: obligations.enumerated()) {
      "\(key($0.offset, $0.element)) \($0.element.route)"
    }
    for settlement in settlements.values {
      let route = settlement[0].element.route
      let net = settlement.map(\.element.amount).reduce(0, +)
      let paid =
        Double(net) * world.rates.midRate(from: route.source, to: route.destination)!
        * Double(route.destination.minorUnitsPerUnit) / Double(route.source.minorUnitsPerUnit)
      // Less than half a minor unit is rounded to nothing, which needs no wire.
      var left = settlement.count <= maximumBatch && paid.magnitude < 0.5 ? 0 : settlement.count
      while left > 0 {
        price.wires += 1
        if min(left, maximumBatch) >= discountMinimum { price.discounted += 1 }
        left -= maximumBatch
      }
      if route.source != route.destination {
        price.converted["\(route.source)/\(route.destination)", default: 0] += abs(net)
      }
    }
    return price
  }

  /// The price in minor units of US dollars, with real numbers; not exact.
  static func dollars(_ price: Price, in world: SettlementWorld) -> Double {
    var total = 500 * (Double(price.wires) - 0.15 * Double(price.discounted))
    for (pair, minorUnits) in price.converted {
      let source = Currency(code: String(pair.prefix(3)))!
      let target = Currency(code: String(pair.suffix(3)))!
      let units = Double(minorUnits) / Double(source.minorUnitsPerUnit)
      let basisPoints = world.rates.spreadBasisPoints(from: source, to: target)!
      total += units * world.rates.midRate(from: source, to: .usd)! * 100 * basisPoints / 10_000
    }
    return total
  }
}
