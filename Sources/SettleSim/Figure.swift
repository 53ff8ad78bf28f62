internal import Declared

/// A figure of a run.
public struct Figure: Sendable, Equatable {
  /// What values are measured in.
  public enum Unit: String, Sendable, CaseIterable {
    /// Nanoseconds of virtual time.
    case nanoseconds
    /// Seconds of virtual time.
    case seconds
    /// A part of a whole: 0.18 is 18 %.
    case ratio
    /// Units, not minor units, of the scenario's reporting currency.
    case money
    /// Whole things.
    case count
    /// Things per second of virtual time.
    case perSecond = "per_second"
    /// A bare number.
    case number
  }

  /// Which way is the good one.
  public enum Direction: String, Sendable, CaseIterable {
    /// Costs, delays, losses.
    case lowerIsBetter = "lower"
    /// Savings, success.
    case higherIsBetter = "higher"
    /// Neither.
    case neutral
  }

  /// Dotted name, as in thresholds and `summary.json`: `payments.settled`.
  public let name: String
  /// The value, in `unit`.
  public let value: Double
  /// What the value is measured in.
  public let unit: Unit
  /// Which way is the good one.
  public let direction: Direction
  /// What it stands for, on one line.
  public let meaning: String

  init(_ declared: FigureDeclaration, _ value: Double) {
    guard let unit = Unit(rawValue: declared.unit.rawValue),
      let direction = Direction(rawValue: declared.direction.rawValue)
    else { preconditionFailure("\(declared.name) has a unit or direction that SettleSim lacks") }
    name = declared.name
    self.value = value
    self.unit = unit
    self.direction = direction
    meaning = declared.meaning
  }
}
