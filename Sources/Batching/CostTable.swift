import Money
import Scenario

/// What sending instructions costs.
public struct CostTable: Sendable {
  /// Currency in which costs are reported.
  public let currency: Currency
  /// Price of one wire.
  public let wire: MoneyAmount
  /// Taken off the price of a wire with enough payments, in millionths.
  public let discountPartsPerMillion: Int64
  /// Payments from which on a wire gets the discount.
  public let discountMinimum: Int
  /// Whether the discount is taken off the spread as well.
  public let discountsSpread: Bool
  /// What a unit of value costs each nanosecond that it waits.
  let delayRate: Double
  /// What a unit of liquidity costs that is used on a day.
  let liquidityRate: Double
  /// Price of one wire by index of its currency, where the rail that it takes is known.
  public var rails: [UInt8: MoneyAmount] = [:]

  /// The table that a scenario's `costs` describe.
  /// - Precondition: the discount is within 0...1.
  public init(_ settings: CostSettings) {
    precondition(
      (0...1).contains(settings.consolidationDiscount),
      "a discount must be within 0...1, not \(settings.consolidationDiscount)")
    currency = settings.currency
    wire = settings.wire
    discountPartsPerMillion = Int64((settings.consolidationDiscount * 1_000_000).rounded())
    discountMinimum = settings.discountMinimum
    delayRate = settings.delayRate / (365 * 86_400e9)
    liquidityRate = settings.liquidityRate / 365
    discountsSpread = settings.discountBase == .wireAndSpread
  }

  /// Price of one wire in a currency: that of its rail, if one is known.
  public func wire(in currency: Currency) -> MoneyAmount { rails[currency.index] ?? wire }

  /// Price of so many wires in a currency, before the discount.
  /// - Precondition: the price fits 64 bits.
  func price(of count: Int, in currency: Currency) -> MoneyAmount {
    guard let price = wire(in: currency).multiplied(by: Int64(count)) else {
      preconditionFailure("the price of \(count) wires does not fit 64 bits")
    }
    return price
  }

  /// What the discount takes off so many wires in a currency, half to even once for all of them.
  func discount(on count: Int, in currency: Currency) -> MoneyAmount {
    let full = price(of: count, in: currency)
    let exact = Int128(full.minorUnits) * Int128(discountPartsPerMillion)
    return MoneyAmount(
      minorUnits: Int64(Rounding.halfEven(exact, dividedBy: 1_000_000).quotient),
      currency: full.currency)
  }

  /// What the discount takes off the spread, half to even; zero if its base is the wire alone.
  ///
  /// Conversions are netted over many wires, so that the spread is laid upon wires by their
  /// payments: `discounted` of all `payments` were settled by wires with the discount.
  public func discount(
    onSpread spread: MoneyAmount, payments: Int, discounted: Int
  ) -> MoneyAmount {
    precondition((0...payments).contains(discounted), "\(discounted) of \(payments) payments")
    guard discountsSpread, payments > 0 else { return .zero(spread.currency) }
    let exact =
      Int128(spread.minorUnits) * Int128(discounted) * Int128(discountPartsPerMillion)
    let part = Rounding.halfEven(exact, dividedBy: Int128(payments) * 1_000_000).quotient
    return MoneyAmount(minorUnits: Int64(part), currency: spread.currency)
  }
}
