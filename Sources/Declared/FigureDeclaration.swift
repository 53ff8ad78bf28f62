/// What is known about a figure: its name, what it is measured in, which way is the good one, and
/// what it stands for.
public struct FigureDeclaration: Sendable, Equatable {
  /// Dotted name, as in thresholds and `summary.json`: `payments.settled`.
  public let name: String
  /// The unit of its values.
  public let unit: FigureUnit
  /// Which way is the good one.
  public let direction: FigureDirection
  /// One line for people, without a full stop at its end.
  public let meaning: String
  /// Whether it is compared without being asked for.
  public var isStandard = false

  /// The figure `name`.
  public init(
    _ name: String, _ unit: FigureUnit, _ direction: FigureDirection, _ meaning: String
  ) {
    self.name = name
    self.unit = unit
    self.direction = direction
    self.meaning = meaning
  }
}
