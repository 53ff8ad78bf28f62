import Text
import Declared

/// A number with its unit, so that every renderer can show it as a person writes it.
public struct Quantity: Sendable, Equatable {
  /// The unit of a quantity.
  public typealias Unit = FigureUnit

  /// The number, in `unit`.
  public var value: Double
  /// The unit of `value`.
  public var unit: Unit
  /// ISO 4217 code of an amount of money; empty elsewhere.
  public var currency = ""

  /// `value` in `unit`.
  public init(_ value: Double, _ unit: Unit, currency: String = "") {
    self.value = value
    self.unit = unit
    self.currency = unit == .money ? currency : ""
  }

  /// A duration.
  public static func nanoseconds(_ value: Int64) -> Quantity {
    Quantity(Double(value), .nanoseconds)
  }

  /// A number of things.
  public static func count(_ value: Int) -> Quantity { Quantity(Double(value), .count) }
}

/// A named quantity.
public struct NamedQuantity: Sendable, Equatable {
  /// What it measures.
  public var name: String
  /// Its value.
  public var quantity: Quantity

  /// The figure `name`.
  public init(_ name: String, _ quantity: Quantity) {
    self.name = name
    self.quantity = quantity
  }
}

/// A named number of things.
public struct NamedCount: Sendable, Equatable {
  /// What was counted.
  public var name: String
  /// How many.
  public var count: Int

  /// `count` of `name`.
  public init(_ name: String, _ count: Int) {
    self.name = name
    self.count = count
  }
}

/// An amount of money in minor units of its currency.
public struct ReportedAmount: Sendable, Equatable {
  /// Minor units: cents, pence, whole yen.
  public var minorUnits: Int64
  /// ISO 4217 code.
  public var currency: String
  /// Decimals of the currency: 2 for USD, 0 for JPY, 3 for KWD.
  public var decimals: Int

  /// `minorUnits` of `currency`.
  public init(_ minorUnits: Int64, _ currency: String = "USD", decimals: Int = 2) {
    self.minorUnits = minorUnits
    self.currency = currency
    self.decimals = decimals
  }

  /// The amount in units of the currency, for metrics.
  public var units: Double { decimal(minorUnits, decimals) }
}

/// An amount finer than a minor unit, for costs per payment: `scaled` * 10^-`decimals`.
public struct FineAmount: Sendable, Equatable {
  /// The amount times 10^`decimals`.
  public var scaled: Int64
  /// ISO 4217 code.
  public var currency: String
  /// Decimals of `scaled`.
  public var decimals: Int

  /// `scaled` * 10^-`decimals` of `currency`; millionths of a dollar by default.
  public init(scaled: Int64, currency: String = "USD", decimals: Int = 6) {
    self.scaled = scaled
    self.currency = currency
    self.decimals = decimals
  }

  /// The amount in units of the currency, for metrics.
  public var units: Double { decimal(scaled, decimals) }
}

/// `scaled` * 10^-`decimals` as the double nearest to it, which is what reading the decimal gives:
/// a single division of numbers that are exact.
private func decimal(_ scaled: Int64, _ decimals: Int) -> Double {
  Double(scaled) / powerOfTen(decimals)
}
