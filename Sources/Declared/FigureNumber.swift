/// A number that a figure can be.
public protocol FigureNumber: Sendable {
  /// The value of the figure; the nearest double where it does not fit exactly.
  var figure: Double { get }
}

extension Int: FigureNumber {
  /// The number as a double.
  public var figure: Double { Double(self) }
}

extension Int64: FigureNumber {
  /// The number as a double.
  public var figure: Double { Double(self) }
}

extension Int128: FigureNumber {
  /// The number as a double.
  public var figure: Double { Double(self) }
}

extension Double: FigureNumber {
  /// The number as a double.
  public var figure: Double { self }
}

/// Many values of one kind, told by a few of them: a histogram of latencies.
public protocol Distribution: Sendable {
  /// How many values there are.
  var count: Int { get }
  /// The mean; nil without values.
  var mean: Int64? { get }
  /// The largest; nil without values.
  var max: Int64? { get }
  /// The value that a share `q` of all does not exceed; nil without values.
  func quantile(_ q: Double) -> Int64?
}

/// A distribution by its name: what a family of figures, and a line of a table, are read from.
public struct NamedDistribution<Root: Sendable>: Sendable {
  /// The stem of the family: `acceptance_latency`.
  public let stem: String
  /// What lies between start and end of what is measured.
  public let meaning: String
  /// The distribution; nil where the run has none.
  public let read: @Sendable (Root) -> (any Distribution)?
}
