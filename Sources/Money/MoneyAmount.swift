/// An amount of money: an integer number of minor units of a currency.
///
/// Arithmetic is exact. An operation whose result does not fit 64 bits, or that mixes currencies,
/// is a fault of the program and stops it with a message; where the operands come from outside, use
/// the methods that return nil.
public struct MoneyAmount: Hashable, Sendable {
  /// Cents for USD, whole yen for JPY, fils for KWD; negative for what is owed back.
  public var minorUnits: Int64
  /// The currency that `minorUnits` counts.
  public var currency: Currency

  /// An amount of `minorUnits` in `currency`.
  public init(minorUnits: Int64, currency: Currency) {
    self.minorUnits = minorUnits
    self.currency = currency
  }

  /// Nothing, in `currency`.
  public static func zero(_ currency: Currency) -> MoneyAmount {
    MoneyAmount(minorUnits: 0, currency: currency)
  }

  /// The sum; nil if the currencies differ or the sum does not fit 64 bits.
  public func adding(_ other: MoneyAmount) -> MoneyAmount? {
    let (sum, overflow) = minorUnits.addingReportingOverflow(other.minorUnits)
    guard currency == other.currency, !overflow else { return nil }
    return MoneyAmount(minorUnits: sum, currency: currency)
  }

  /// The amount `factor` times; nil if it does not fit 64 bits.
  public func multiplied(by factor: Int64) -> MoneyAmount? {
    let (product, overflow) = minorUnits.multipliedReportingOverflow(by: factor)
    return overflow ? nil : MoneyAmount(minorUnits: product, currency: currency)
  }

  /// The amount without its sign.
  /// - Precondition: the amount is not the smallest 64-bit integer.
  public var magnitude: MoneyAmount { minorUnits < 0 ? -self : self }
}

extension MoneyAmount {
  /// The sum.
  /// - Precondition: one currency, and a sum that fits 64 bits.
  public static func + (first: MoneyAmount, second: MoneyAmount) -> MoneyAmount {
    guard let sum = first.adding(second) else {
      preconditionFailure("cannot add \(second) to \(first): two currencies or overflow")
    }
    return sum
  }

  /// The difference.
  /// - Precondition: one currency, and a difference that fits 64 bits.
  public static func - (first: MoneyAmount, second: MoneyAmount) -> MoneyAmount {
    let (difference, overflow) = first.minorUnits.subtractingReportingOverflow(second.minorUnits)
    precondition(
      first.currency == second.currency && !overflow,
      "cannot take \(second) from \(first): two currencies or overflow")
    return MoneyAmount(minorUnits: difference, currency: first.currency)
  }

  /// The amount with the other sign.
  /// - Precondition: the amount is not the smallest 64-bit integer.
  public static prefix func - (amount: MoneyAmount) -> MoneyAmount {
    precondition(amount.minorUnits != .min, "cannot negate \(amount): overflow")
    return MoneyAmount(minorUnits: -amount.minorUnits, currency: amount.currency)
  }

  /// Adds `second` to `first` in place, under the conditions of `+`.
  public static func += (first: inout MoneyAmount, second: MoneyAmount) { first = first + second }

  /// Takes `second` from `first` in place, under the conditions of `-`.
  public static func -= (first: inout MoneyAmount, second: MoneyAmount) { first = first - second }
}

extension MoneyAmount: Comparable {
  /// Whether `first` is the smaller amount.
  /// - Precondition: both are in one currency.
  public static func < (first: MoneyAmount, second: MoneyAmount) -> Bool {
    precondition(
      first.currency == second.currency, "cannot compare \(first) with \(second): two currencies")
    return first.minorUnits < second.minorUnits
  }
}
