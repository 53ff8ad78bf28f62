/// A proportional fee with a fixed part, such as 2.9 % + 0.30.
public struct FeeSchedule: Hashable, Sendable {
  /// The proportional part in millionths of the amount: 29,000 is 2.9 %.
  public let partsPerMillion: Int64
  /// The fixed part of each fee; its currency is the one that fees are stated in.
  public let fixed: MoneyAmount

  /// A schedule with a proportional `rate` as a fraction, rounded to the nearest millionth.
  /// - Precondition: `rate` is within 0...1.
  public init(rate: Double, fixed: MoneyAmount) {
    precondition((0...1).contains(rate), "a fee rate must be within 0...1, not \(rate)")
    partsPerMillion = Int64((rate * 1_000_000).rounded())
    self.fixed = fixed
  }

  /// The fee on `amount`: the proportional part rounded half to even to a minor unit, plus the
  /// fixed part. It is not limited to the amount.
  /// - Precondition: `amount` is not negative and in the currency of `fixed`.
  public func fee(on amount: MoneyAmount) -> MoneyAmount {
    precondition(amount.minorUnits >= 0, "no fee is taken on a negative amount (\(amount))")
    let exact = Int128(amount.minorUnits) * Int128(partsPerMillion)
    let rounded = Rounding.halfEven(exact, dividedBy: 1_000_000).quotient
    return MoneyAmount(minorUnits: Int64(rounded), currency: amount.currency) + fixed
  }
}
