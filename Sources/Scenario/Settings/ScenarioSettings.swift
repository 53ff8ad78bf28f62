import Money

/// A checked scenario: every value present, in range and consistent with the others.
///
/// One struct per section of the file, in the order a reader meets them. Durations are `Duration`,
/// amounts are integer minor units, probabilities are `Double` in 0...1.
public struct ScenarioSettings: Sendable {
  /// Names the result directory: letters, digits, `-` and `_`.
  public var name: String
  /// One line for people.
  public var description = ""
  /// Seeds every random stream of the run.
  public var seed: UInt64 = 1
  public var time = TimeSettings()
  public var cells = CellSettings()
  public var merchants = MerchantSettings()
  public var banks = BankSettings()
  public var workload = WorkloadSettings()
  public var gateway = GatewaySettings()
  public var idempotency = IdempotencySettings()
  public var bus = BusSettings()
  public var authorization = AuthorizationSettings()
  public var acquirers = AcquirerSettings.defaults
  public var ledger = LedgerSettings()
  public var settlement = SettlementSettings()
  public var rails = RailSettings.defaults
  public var fx = FXSettings()
  public var reconciliation = ReconciliationSettings()
  public var costs = CostSettings()
  /// Assertions on metrics of the summary, as written: `authorization_latency.p99 <= 500ms`.
  public var thresholds: [ThresholdSetting] = []

  public init(name: String) { self.name = name }
}

/// One assertion on a metric; a run that misses it exits with code 99.
public struct ThresholdSetting: Sendable, Equatable {
  public enum Comparison: String, Sendable, CaseIterable {
    case lessOrEqual = "<=", greaterOrEqual = ">=", less = "<", greater = ">", equal = "==",
      notEqual = "!="
  }
  /// As it stands in the file.
  public var text: String
  /// Dotted name of a metric of the summary, such as `authorization_latency.p99`.
  public var metric: String
  public var comparison: Comparison
  /// Durations in nanoseconds; plain numbers as they are.
  public var value: Double
  /// Whether `value` was written as a duration.
  public var isDuration: Bool

  public init(
    text: String, metric: String, comparison: Comparison, value: Double, isDuration: Bool
  ) {
    self.text = text
    self.metric = metric
    self.comparison = comparison
    self.value = value
    self.isDuration = isDuration
  }
}

/// `time`: when the simulated world begins and how long payments arrive.
public struct TimeSettings: Sendable {
  /// Civil date on which the run begins, at 00:00 UTC.
  public var date = CivilDate(year: 2026, month: 3, day: 2)
  /// How long payments arrive; the run then goes on until the last statement is matched.
  public var duration: Duration = .seconds(86_400)
  /// Longest time the run may take after the last arrival before it counts as stuck.
  public var drainLimit: Duration = .seconds(45 * 86_400)
  public init() {}
}

/// `cells`: how the modelled deployment is split. Never derived from the machine.
public struct CellSettings: Sendable {
  /// Autonomous stacks (gateway, bus partitions, workers, ledger shard) in each region.
  public var perRegion = 4
  /// Smallest delay of whatever crosses from a cell to the interbank network and back: settlement
  /// files, instructions, confirmations, statements. It is the lookahead of the parallel run.
  public var interbankLatency: Duration = .seconds(15)
  public init() {}
}

/// A latency distribution, as written `5ms` or `{median: 120ms, p99: 400ms}` or
/// `{mean: 5ms, kind: exponential}`.
public enum LatencySetting: Sendable, Equatable {
  case constant(Duration)
  case exponential(mean: Duration)
  /// Log-normal through its median and 99th percentile.
  case logNormal(median: Duration, p99: Duration)
}
