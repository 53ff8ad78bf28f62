import PaymentModel

/// Lengths of time slots that several strategies can share.
public enum TimeSlots {
  /// Nanoseconds of 24 hours.
  public static let day: Int64 = 86_400_000_000_000

  /// Whether 24 hours are a whole number of spans.
  public static func divideDay(_ span: Duration) -> Bool {
    span > .zero && span == .nanoseconds(span.wholeNanoseconds) && day % span.wholeNanoseconds == 0
  }

  /// The longest slot, in nanoseconds, by which obligations can be grouped so that all of
  /// `strategies` that have a shadow price can be priced: the greatest common divisor of their
  /// windows, 24 hours if none has any.
  /// - Precondition: every window divides 24 hours.
  public static func length(for strategies: [any BatchingStrategy]) -> Int64 {
    strategies.compactMap { ($0 as? any ShadowPriced)?.granularity }.reduce(day) { length, window in
      precondition(divideDay(window), "a window of \(window) does not divide 24 hours")
      return greatestCommonDivisor(length, window.wholeNanoseconds)
    }
  }

  private static func greatestCommonDivisor(_ first: Int64, _ second: Int64) -> Int64 {
    second == 0 ? first : greatestCommonDivisor(second, first % second)
  }
}

extension ObligationGroup {
  /// The slot length in nanoseconds at which `strategies` can be priced: see
  /// `TimeSlots.length(for:)`.
  public static func slotLength(for strategies: [any BatchingStrategy]) -> Int64 {
    TimeSlots.length(for: strategies)
  }
}

extension Duration {
  /// Nanoseconds, fractions cut off.
  /// - Precondition: fits 64 bits, which is 292 years.
  var wholeNanoseconds: Int64 {
    components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
  }
}
