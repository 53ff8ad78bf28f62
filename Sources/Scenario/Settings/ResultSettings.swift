/// `results`: what is written into a result beside its figures.
public struct ResultSettings: Sendable, Equatable {
  /// Whether everything is written down that the figures follow from.
  public var details = false
  /// Of so many card payments the way of one is written down; 0 for none.
  public var traceOneIn = 0
  /// The defaults.
  public init() {}
}
