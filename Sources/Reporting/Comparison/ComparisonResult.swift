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
  /// Resamples behind each interval of a difference of unpaired medians; zero where there is none.
  public var resamples = 0
  /// What the two samples differ in beside the strategies, a line each: scenario, settings, seeds,
  /// versions. Told before the figures.
  public var distinctions: [String] = []
  /// What `--until-width` asked for and came to; nil without it.
  public var precision: ComparisonPrecision?
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

  /// How many runs of a strategy died.
  public func dead(_ strategy: Int) -> Int { runs.count { $0.strategy == strategy && $0.isDead } }

  /// How many of them ended because they took more memory than they may.
  public func endedForMemory(_ strategy: Int) -> Int {
    runs.count { $0.strategy == strategy && $0.death == .memory }
  }

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

  /// The metrics of the dimensions that were compared, in the order of the dimensions.
  public var dimensionMetrics: [ComparedMetric] {
    TradeOffDimension.allCases.compactMap { metric($0) }
  }
}

/// One variant of the scenario.
public struct ComparedStrategy: Sendable, Equatable {
  /// Its entry of the command line; a repeated entry with `#2` and so on behind it.
  public var name: String
  /// What the entry sets beside what all strategies share.
  public var settings: [SettingOverride]
  /// Where the entry names what the scenario has anyway, and so keeps the parameters it has there:
  /// the path, `settlement.strategy` for instance, and the name.
  public var inherited: [SettingOverride] = []
  /// Runs that did not come to rest; of a strategy with any nothing is claimed.
  public var restless = 0

  /// The name, and that it stands as in the scenario where it does: `fixed_window (as in the
  /// scenario)`; where the entry sets something of its own too, what else is as there.
  public var label: String {
    if inherited.isEmpty { return name }
    if settings.isEmpty { return name + " (as in the scenario)" }
    return name + " (\(inherited.map(\.value).joined(separator: " and ")) else as in the scenario)"
  }

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
  /// How its process ended in the middle of it, where that is what kept it; it has no figures then.
  public var death: Death?
  /// Whether its process ended in the middle of it.
  public var isDead: Bool { death != nil }

  /// How a process ends in the middle of a run.
  public enum Death: Sendable {
    /// By a fault of the program or a signal.
    case crash
    /// It took more memory than it may.
    case memory
  }

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
    /// There is nothing to judge by: a single replication, or no metric of a dimension.
    case undecided
  }

  /// The verdict in each dimension that the runs have a metric for; empty for the baseline.
  public var verdicts: [TradeOffDimension: DifferenceVerdict] = [:]
  /// The one word.
  public var word: Word
  /// Positions of the strategies whose figures are at least as good in every dimension and better
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
      ? .baseline
      : verdicts.isEmpty
        ? .undecided : isBetter && isWorse ? .mixed : isBetter ? .better : isWorse ? .worse : .same
  }
}
