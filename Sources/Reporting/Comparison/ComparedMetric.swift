import Statistics

/// One metric over all strategies.
public struct ComparedMetric: Sendable, Equatable {
  /// Its name in the results of runs.
  public var name: String
  /// The unit of its values.
  public var unit: Quantity.Unit
  /// Which way is the good one.
  public var preference: Preference
  /// The dimension for which it stands; nil if it stands for none, and then it is descriptive:
  /// figures and intervals without a test or a verdict.
  public var dimension: TradeOffDimension?
  /// The figure that stands first: by it differences are judged, and strategies trade off.
  public var leading = Leading.median
  /// What values stand in where their digits do not tell: `USD`, `s`; empty elsewhere.
  public var measure = ""
  /// One for each strategy.
  public var rows: [Row] = []

  /// Which figure of the runs stands first.
  public enum Leading: String, Sendable, CaseIterable {
    /// The mean: budgets are sums, so that it is what costs come to in the long run.
    case mean
    /// The median: what a typical run came to, whatever the others did.
    case median
  }

  /// A metric without rows.
  public init(
    _ name: String, unit: Quantity.Unit, preference: Preference,
    dimension: TradeOffDimension? = nil
  ) {
    self.name = name
    self.unit = unit
    self.preference = preference
    self.dimension = dimension
  }

  /// The name with what its values stand in: `cost.settlement, USD`.
  public var label: String { measure.isEmpty ? name : "\(name), \(measure)" }

  /// The unit for files: `USD`, `s`, `nanoseconds`, `count`.
  public var unitName: String { measure.isEmpty ? unit.rawValue : measure }

  /// What it is for in files: `confirmatory` where a dimension is judged by it.
  public var role: String { dimension == nil ? "descriptive" : "confirmatory" }

  /// The figure that does not stand first.
  public var other: Leading { leading == .mean ? .median : .mean }

  /// What one strategy came to.
  public struct Row: Sendable, Equatable {
    /// Runs that have the metric.
    public var count: Int
    /// Mean over the runs; nil without any.
    public var mean: Double?
    /// Median over the runs; nil without any.
    public var median: Double?
    /// Quartiles over the runs.
    public var quartiles: Interval?
    /// Against the baseline; nil for the baseline itself, and without common samples.
    public var difference: Difference?

    /// A row.
    public init(
      count: Int, mean: Double?, median: Double?, quartiles: Interval?,
      difference: Difference? = nil
    ) {
      self.count = count
      self.mean = mean
      self.median = median
      self.quartiles = quartiles
      self.difference = difference
    }

    /// The mean or the median.
    public func value(_ figure: Leading) -> Double? { figure == .mean ? mean : median }
  }

  /// A figure of the differences, with what is known of it.
  public struct Estimate: Sendable, Equatable {
    /// Strategy minus baseline.
    public var value: Double
    /// As a part of the baseline's figure; nil where that is zero.
    public var relative: Double?
    /// What holds the figure of all arrivals with the confidence of the comparison; nil where there
    /// are too few pairs for any.
    public var interval: Interval?

    /// A figure.
    public init(_ value: Double, relative: Double?, interval: Interval?) {
      self.value = value
      self.relative = relative
      self.interval = interval
    }
  }

  /// Strategy minus baseline.
  public struct Difference: Sendable, Equatable {
    /// Pairs, or the smaller of the two samples.
    public var count: Int
    /// Mean of the paired differences; unpaired, the difference of the means.
    public var mean: Estimate
    /// Median of the paired differences; unpaired, the difference of the medians.
    public var median: Estimate
    /// Sample skewness of the differences; nil below three.
    public var skewness: Double?
    /// Whether few replications decide the mean, so that its interval may be too narrow.
    public var isSkewed = false
    /// Two-sided p-value of the mean: one less the confidence at which its interval touches zero.
    /// Nil where the mean has no interval.
    public var meanPValue: Double?
    /// Wilcoxon's signed-rank test; unpaired, Mann and Whitney's. Nil for a single pair.
    public var rankPValue: Double?
    /// That of the test which judges the metric; nil where there is none, or nothing to test:
    /// differences that are all exactly zero.
    public var pValue: Double?
    /// After Holm's adjustment over the dimensions and strategies of the comparison; nil without a
    /// test, and in a descriptive metric.
    public var adjustedPValue: Double?
    /// The word; nil for a single pair, and in a descriptive metric.
    public var verdict: DifferenceVerdict?

    /// A difference that has not been tested.
    public init(count: Int, mean: Estimate, median: Estimate) {
      self.count = count
      self.mean = mean
      self.median = median
    }

    /// The mean or the median.
    public func estimate(_ figure: Leading) -> Estimate { figure == .mean ? mean : median }
  }
}
