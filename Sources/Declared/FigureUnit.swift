/// What the values of a figure are measured in.
public enum FigureUnit: String, Sendable, CaseIterable {
  /// Durations, in nanoseconds of virtual time.
  case nanoseconds
  /// Durations, in seconds of virtual time.
  case seconds
  /// A part of a whole; 0.18 is shown as 18 %.
  case ratio
  /// Units (not minor units) of the scenario's reporting currency.
  case money
  /// Whole things.
  case count
  /// Things per second of virtual time.
  case perSecond = "per_second"
  /// A bare number: one that has no unit.
  case number
}

/// Which way of a figure is the good one.
public enum FigureDirection: String, Sendable, CaseIterable {
  /// Costs, delays, losses.
  case lowerIsBetter = "lower"
  /// Savings, success.
  case higherIsBetter = "higher"
  /// Neither: what happened is told, not judged.
  case neutral
}
