/// Plain stored properties that a part of the simulation counts in, with the list that says what
/// each is: all else (merging, metrics, their units and meanings) follows from it.
public protocol Measured: Sendable {
  /// Every stored property, and what else can be told from them, in the order of reading.
  static var figures: [Figure<Self>] { get }
}

extension Measured {
  /// Adds what another cell or system has measured, by the rule of each property.
  public mutating func merge(_ other: Self) {
    for figure in Self.figures { figure.merge(&self, other) }
  }
}
