import PaymentModel

/// Lengths of time slots that several strategies can share.
public enum TimeSlots {
  /// Nanoseconds of 24 hours.
  public static let day: Int64 = 86_400_000_000_000

  /// Whether 24 hours are a whole number of spans.
  public static func divideDay(_ span: Duration) -> Bool {
    span > .zero && span == .nanoseconds(span.wholeNanoseconds) && day % span.wholeNanoseconds == 0
  }

  /// The longest slots by which obligations can be grouped so that all of `strategies` that have a
  /// shadow price can be priced: of the greatest common divisor of their windows, 24 hours if none
  /// has any, and cut where windows of other lengths end.
  /// - Precondition: windows of unequal length are bound to the calendar of a run.
  public static func scale(for strategies: [any BatchingStrategy]) -> SlotScale {
    let cycles = strategies.compactMap { ($0 as? any ShadowPriced)?.release.cycle }
    let length = cycles.compactMap(\.period).reduce(day) { length, window in
      greatestCommonDivisor(length, window.wholeNanoseconds)
    }
    return SlotScale(length: length, cuts: Set(cycles.flatMap(\.cuts)).sorted())
  }

  private static func greatestCommonDivisor(_ first: Int64, _ second: Int64) -> Int64 {
    second == 0 ? first : greatestCommonDivisor(second, first % second)
  }
}

extension Duration {
  /// Nanoseconds, fractions cut off.
  /// - Precondition: fits 64 bits, which is 292 years.
  var wholeNanoseconds: Int64 {
    components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
  }
}
