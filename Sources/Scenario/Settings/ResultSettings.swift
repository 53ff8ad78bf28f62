/// `results`: what is written into a result beside its figures.
public struct ResultSettings: Sendable, Equatable {
  /// Whether everything is written down that the figures follow from.
  public var details = false
  /// The defaults.
  public init() {}
}
