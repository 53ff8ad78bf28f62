/// The ends of an interval.
public struct Interval: Sendable, Equatable {
  /// The lower end.
  public var lower: Double
  /// The upper end.
  public var upper: Double

  /// The interval between two ends.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// From end to end.
  public var width: Double { upper - lower }

  /// Whether `value` lies inside, the ends included.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}
