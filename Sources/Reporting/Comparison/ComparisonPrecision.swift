/// What `--until-width` came to.
public struct ComparisonPrecision: Sendable, Equatable {
  /// Widest interval that was to do, from end to end, as a part of the baseline's figure.
  public var target: Double
  /// Most replications that were allowed.
  public var limit: Int
  /// Replications before any were added.
  public var start: Int
  /// The metric whose intervals were looked at; nil where none of a dimension was compared.
  public var metric: String?
  /// The widest interval at the end, as a part of the baseline's figure; nil where there was no
  /// interval, or nothing but zero to compare its width with.
  public var width: Double?
  /// Whether every interval was narrow enough at the end.
  public var isReached: Bool

  /// What was asked for and came of it.
  public init(
    target: Double, limit: Int, start: Int, metric: String?, width: Double?, isReached: Bool
  ) {
    self.target = target
    self.limit = limit
    self.start = start
    self.metric = metric
    self.width = width
    self.isReached = isReached
  }
}
