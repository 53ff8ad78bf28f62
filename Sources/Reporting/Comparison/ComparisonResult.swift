import Statistics

/// Everything a comparison of strategies yields that is the same on every machine and thread count.
///
/// Experiments fills it, this module renders it. Lists that run over strategies are in the order of
/// `strategies`.
public struct ComparisonResult: Sendable {
  /// How observations of two strategies belong together.
  public enum Pairing: String, Sendable {
    /// By seed: both met the same arrivals.
    case paired
    /// Not at all.
    case unpaired
  }

  /// What was compared: the scenario with the overrides all strategies share, and the first seed.
  /// Digests and event count are those of all runs together.
  public var identity: RunIdentity
  /// How the observations belong together.
  public var pairing = Pairing.paired
  /// Whether the runs were read from results on disk instead of being carried out.
  public var isStored = false
  /// Runs of each strategy; replication r has seed `identity.seed` + r, stored runs excepted.
  public var replications = 0
  /// Of each interval, and of all claims together: 0.95 for instance.
  public var confidence = 0.95
  /// Relative differences below it are no claim.
  public var effectFloor = 0.001
  /// Resamples behind each interval.
  public var resamples = 0
  /// What was compared, the baseline among it.
  public var strategies: [ComparedStrategy] = []
  /// Position of the strategy that the others are compared with.
  public var baseline = 0
  /// ISO 4217 code of the currency that figures of money are in; empty where it is not known.
  public var currency = ""
  /// Every run, by replication, then by strategy.
  public var runs: [ComparedRun] = []
  /// The metrics that were compared, in order.
  public var metrics: [ComparedMetric] = []
  /// What it comes to, by strategy.
  public var conclusions: [StrategyConclusion] = []
  /// The command that gives the same comparison, quoted for a POSIX shell.
  public var reproducingCommand = ""
  /// Free lines: metrics without samples, too few replications.
  public var notes: [String] = []

  /// A comparison of nothing so far.
  public init(identity: RunIdentity) { self.identity = identity }

  /// Runs of a strategy that did not come to rest.
  public func restless(_ strategy: Int) -> Int { strategies[strategy].restless }

  /// Whether anything may be claimed of a strategy: its runs and those of the baseline came to
  /// rest, all of them.
  public func isJudged(_ strategy: Int) -> Bool {
    restless(strategy) == 0 && restless(baseline) == 0
  }

  /// The metric called `name`, if it was compared.
  public func metric(_ name: String) -> ComparedMetric? { metrics.first { $0.name == name } }

  /// The metric by which the dimension is judged; nil where the runs have none.
  public func metric(_ dimension: TradeOffDimension) -> ComparedMetric? {
    metrics.first { $0.dimension == dimension }
  }
}

/// One variant of the scenario.
public struct ComparedStrategy: Sendable, Equatable {
  /// Its entry of the command line; a repeated entry with `#2` and so on behind it.
  public var name: String
  /// What the entry sets beside what all strategies share.
  public var settings: [SettingOverride]
  /// Runs that did not come to rest; of a strategy with any nothing is claimed.
  public var restless = 0

  /// The variant `name`.
  public init(_ name: String, settings: [SettingOverride] = []) {
    self.name = name
    self.settings = settings
  }
}

/// One run of a comparison.
public struct ComparedRun: Sendable, Equatable {
  /// Position of its strategy.
  public var strategy: Int
  /// From 0.
  public var replication: Int
  /// What was run: seed, overrides and digests.
  public var identity: RunIdentity
  /// Every figure of the run.
  public var metrics: [String: Double]
  /// What kept the run from coming to rest; nil where it did.
  public var unrest: String?

  /// The run of a strategy in a replication.
  public init(
    strategy: Int, replication: Int, identity: RunIdentity, metrics: [String: Double]
  ) {
    self.strategy = strategy
    self.replication = replication
    self.identity = identity
    self.metrics = metrics
  }
}

/// What strategies trade against each other.
public enum TradeOffDimension: String, Sendable, CaseIterable {
  /// Money spent.
  case cost
  /// Time from payment to settlement.
  case delay
  /// Money that must lie ready.
  case liquidity
}

/// One metric over all strategies.
public struct ComparedMetric: Sendable, Equatable {
  /// Its name in the results of runs.
  public var name: String
  /// The unit of its values.
  public var unit: Quantity.Unit
  /// Which way is the good one.
  public var preference: Preference
  /// The dimension for which it stands; nil if it stands for none.
  public var dimension: TradeOffDimension?
  /// What values stand in where their digits do not tell: `USD`, `s`; empty elsewhere.
  public var measure = ""
  /// One for each strategy.
  public var rows: [Row] = []

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

  /// What one strategy came to.
  public struct Row: Sendable, Equatable {
    /// Runs that have the metric.
    public var count: Int
    /// Median over the runs; nil without any.
    public var median: Double?
    /// Quartiles over the runs.
    public var quartiles: Bootstrap.Interval?
    /// Against the baseline; nil for the baseline itself, and without common samples.
    public var difference: Difference?

    /// A row.
    public init(
      count: Int, median: Double?, quartiles: Bootstrap.Interval?, difference: Difference? = nil
    ) {
      self.count = count
      self.median = median
      self.quartiles = quartiles
      self.difference = difference
    }
  }

  /// Strategy minus baseline.
  public struct Difference: Sendable, Equatable {
    /// Pairs, or the smaller of the two samples.
    public var count: Int
    /// Median of the paired differences; unpaired, the difference of the medians.
    public var median: Double
    /// As a part of the baseline's median; nil where that is zero and the difference is not.
    public var relative: Double?
    /// Percentile bootstrap interval of `median`.
    public var interval: Bootstrap.Interval
    /// Mean of the paired differences; unpaired, the difference of the means.
    public var mean: Double
    /// Bias-corrected and accelerated bootstrap interval of `mean`; nil where unpaired.
    public var meanInterval: Bootstrap.Interval?
    /// Wilcoxon's signed-rank test; unpaired, Mann and Whitney's.
    public var pValue: Double
    /// After Holm's adjustment over all metrics and strategies of the comparison.
    public var adjustedPValue: Double
    /// Whether there was anything to test: differences that are all exactly zero are none.
    public var isTested = true
    /// The word.
    public var verdict: DifferenceVerdict

    /// A difference; the p-value stands unadjusted until the others are known.
    public init(
      count: Int, median: Double, relative: Double?, interval: Bootstrap.Interval, mean: Double,
      meanInterval: Bootstrap.Interval?, pValue: Double
    ) {
      self.count = count
      self.median = median
      self.relative = relative
      self.interval = interval
      self.mean = mean
      self.meanInterval = meanInterval
      self.pValue = pValue
      adjustedPValue = pValue
      verdict = .same
    }
  }
}

/// What the comparison says of one strategy.
public struct StrategyConclusion: Sendable, Equatable {
  /// The strategy as a whole.
  public enum Word: String, Sendable {
    /// It is what the others are compared with.
    case baseline
    /// Better in one dimension at least, worse in none.
    case better
    /// Worse in one dimension at least, better in none.
    case worse
    /// Better in one dimension, worse in another.
    case mixed
    /// No difference in any.
    case same = "~"
    /// Some of its runs did not come to rest: nothing is claimed.
    case notAtRest = "not_at_rest"
    /// Some of the baseline's runs did not come to rest: nothing is claimed.
    case unjudged
  }

  /// The verdict in each dimension that the runs have a metric for; empty for the baseline.
  public var verdicts: [TradeOffDimension: DifferenceVerdict] = [:]
  /// The one word.
  public var word: Word
  /// Positions of the strategies whose medians are at least as good in every dimension and better
  /// in one; empty for a member of the Pareto set.
  public var dominatedBy: [Int] = []

  /// Whether anything is claimed.
  public var isJudged: Bool { word != .notAtRest && word != .unjudged }

  /// Whether it belongs to the Pareto set.
  public var isPareto: Bool { isJudged && dominatedBy.isEmpty }

  /// A conclusion that claims nothing.
  public init(claimingNothing word: Word) { self.word = word }

  /// A conclusion; the word follows from the verdicts.
  public init(
    verdicts: [TradeOffDimension: DifferenceVerdict], isBaseline: Bool, dominatedBy: [Int]
  ) {
    self.verdicts = verdicts
    self.dominatedBy = dominatedBy
    let isBetter = TradeOffDimension.allCases.contains { verdicts[$0] == .better }
    let isWorse = TradeOffDimension.allCases.contains { verdicts[$0] == .worse }
    word =
      isBaseline
      ? .baseline : isBetter && isWorse ? .mixed : isBetter ? .better : isWorse ? .worse : .same
  }
}
