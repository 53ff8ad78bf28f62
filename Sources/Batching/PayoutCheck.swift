import Money

/// What a settlement must pay out: what is owed in the currency paid out as it is, and the sum of
/// each other currency converted once at mid, half to even. Knows nothing of how it was worked out:
/// a converted amount is right if no other whole amount is nearer to the exact one.
public struct PayoutCheck: Sendable {
  private var owed: [(currency: Currency, amount: Int64)] = []
  private var paid: Int64 = 0

  /// Nothing owed, nothing paid.
  public init() {}

  /// So much is owed, fee taken off; minor units of `currency`.
  public mutating func owe(_ amount: Int64, of currency: Currency) {
    if let place = owed.firstIndex(where: { $0.currency == currency }) {
      owed[place].amount += amount
    } else {
      owed.append((currency, amount))
    }
  }

  /// A part of the settlement pays so much; minor units of the currency paid out.
  public mutating func pay(_ amount: Int64) { paid += amount }

  /// What is wrong with the payout in `destination`, in words; nil: nothing.
  public func violation(in destination: Currency, by rates: FXTable) -> String? {
    var expected: Int64 = 0
    for (currency, amount) in owed {  // ordered: an array
      guard currency != destination else {
        expected += amount
        continue
      }
      guard let converted = Self.nearest(to: amount, currency, in: destination, by: rates) else {
        return "\(amount) of \(currency) have no worth in \(destination)"
      }
      expected += converted
    }
    return expected == paid
      ? nil : "\(paid) of \(destination) are paid for what comes to \(expected)"
  }

  /// What is wrong with so much of one currency as the worth of so much of another, in words; nil:
  /// nothing.
  public static func violation(
    of converted: MoneyAmount, as worth: MoneyAmount, by rates: FXTable
  ) -> String? {
    let expected = nearest(
      to: worth.minorUnits, worth.currency, in: converted.currency, by: rates)
    return expected == converted.minorUnits
      ? nil
      : "\(worth) became \(converted), not \(expected.map(String.init) ?? "nothing") minor units"
  }

  /// The whole amount nearest to the exact worth, of two equally near the even one; nil if it does
  /// not fit.
  private static func nearest(
    to amount: Int64, _ source: Currency, in destination: Currency, by rates: FXTable
  ) -> Int64? {
    if source == destination { return amount }
    let have = Int128(amount.magnitude) * Int128(rates.trillionths(of: source))
    let (numerator, overflow) = have.multipliedReportingOverflow(
      by: Int128(destination.minorUnitsPerUnit))
    let denominator =
      Int128(rates.trillionths(of: destination)) * Int128(source.minorUnitsPerUnit)
    guard !overflow, denominator > 0 else { return nil }
    let floor = numerator / denominator
    let above = 2 * (numerator - floor * denominator)
    let isUp = above > denominator || (above == denominator && floor % 2 == 1)
    guard let magnitude = Int64(exactly: floor + (isUp ? 1 : 0)) else { return nil }
    return amount < 0 ? -magnitude : magnitude
  }

  /// What is wrong with what rounding has left of each currency, in words; nil: nothing.
  ///
  /// Every rounding leaves at most a minor unit of some currency, so no currency keeps more than
  /// all of them together are worth.
  public static func violation(
    ofResiduals residuals: [Int64], roundings: Int, in currencies: [Currency], by rates: FXTable
  ) -> String? {
    func worth(_ currency: Currency) -> Double {
      Double(rates.trillionths(of: currency)) / Double(currency.minorUnitsPerUnit)
    }
    let largest = currencies.map(worth).max() ?? 0
    for (amount, currency) in zip(residuals, currencies)
    where Double(amount.magnitude) * worth(currency) > Double(roundings + 1) * largest * 1.000001 {
      return "\(amount) minor units of \(currency) are left of \(roundings) roundings"
    }
    return nil
  }
}
