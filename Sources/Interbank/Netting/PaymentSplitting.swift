/// Payments settled in parts, which need less liquidity at one moment.
///
/// Amounts are minor units. Splitting is a rule of the settlement system or an agreement of the
/// banks: CHAPS banks split by hand above a size, T2S settles the part that is covered when asked.
public enum PaymentSplitting {
  /// The parts of a payment under a largest size of a payment: as few as that allows, of the
  /// largest size as long as enough for the others is left.
  ///
  /// No part is below `minimumPart` unless no division into so few parts avoids it; then all but
  /// the last are of the largest size, and the last is the rest.
  ///
  /// - Parameters:
  ///   - amount: above zero.
  ///   - maximum: the largest size of a part, above zero.
  ///   - minimumPart: the smallest wanted size of a part, in 1...`maximum`.
  /// - Precondition: there are at most a million parts.
  /// - Returns: parts in the order in which they are to be sent; they sum to `amount`.
  public static func parts(
    of amount: Int64, maximum: Int64, minimumPart: Int64 = 1
  ) -> [Int64] {
    precondition(amount > 0, "a payment of \(amount) cannot be split")
    precondition(
      1...max(1, maximum) ~= minimumPart && maximum > 0,
      "parts of \(minimumPart) to \(maximum); the least is 1, the largest no smaller")
    let count = (amount - 1) / maximum + 1
    precondition(count <= 1_000_000, "\(count) parts of \(maximum); a million are allowed")
    let avoidsSmall = Int128(minimumPart) * Int128(count) <= Int128(amount)
    let reserved = avoidsSmall ? minimumPart : 0
    var left = amount
    return (1...count).map { number in
      // What later parts need at least is no more than what is left.
      let part = min(maximum, left - reserved * (count - number))
      left -= part
      return part
    }
  }

  /// The part of a payment that settles at once when only `available` is there to pay it.
  ///
  /// - Parameters:
  ///   - amount: above zero.
  ///   - available: what the payer may still pay; may be below zero.
  ///   - minimumPart: neither what settles nor what is left to settle is smaller, unless nothing is
  ///     left; above zero.
  /// - Returns: the largest such part, `amount` if all of it settles, nil if there is none.
  public static func coveredPart(
    of amount: Int64, available: Int64, minimumPart: Int64 = 1
  ) -> Int64? {
    precondition(amount > 0, "a payment of \(amount) cannot be split")
    precondition(minimumPart > 0, "a part of \(minimumPart) is none")
    if available >= amount { return amount }
    let part = min(available, amount - minimumPart)
    return part >= minimumPart ? part : nil
  }
}
