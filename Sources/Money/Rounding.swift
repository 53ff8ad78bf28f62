/// Integer division with a stated rounding rule; every rounding of an amount goes through here.
public enum Rounding {
  /// The quotient nearest to `numerator / denominator`, a tie going to the even quotient, and the
  /// remainder `numerator - quotient * denominator`, whose magnitude is at most half the
  /// denominator.
  ///
  /// Symmetric around zero: rounding -x gives the negative of rounding x.
  /// - Precondition: `denominator` is positive and below 2^126.
  @inlinable
  public static func halfEven(
    _ numerator: Int128, dividedBy denominator: Int128
  ) -> (quotient: Int128, remainder: Int128) {
    precondition(denominator > 0, "rounding needs a positive denominator")
    if let small = Int64(exactly: numerator), let divisor = Int64(exactly: denominator),
      divisor <= Int64.max / 2
    {
      let (quotient, remainder) = halfEvenSmall(small, divisor)
      return (Int128(quotient), Int128(remainder))
    }
    var (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    let doubled = 2 * (remainder < 0 ? -remainder : remainder)
    if doubled > denominator || (doubled == denominator && quotient & 1 != 0) {
      let step: Int128 = numerator < 0 ? -1 : 1
      quotient += step
      remainder -= step * denominator
    }
    return (quotient, remainder)
  }

  @usableFromInline
  static func halfEvenSmall(_ numerator: Int64, _ denominator: Int64) -> (Int64, Int64) {
    var (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    let doubled = 2 * (remainder < 0 ? -remainder : remainder)
    if doubled > denominator || (doubled == denominator && quotient & 1 != 0) {
      let step: Int64 = numerator < 0 ? -1 : 1
      quotient += step
      remainder -= step * denominator
    }
    return (quotient, remainder)
  }
}
