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
  /// When the run begins and how long payments arrive.
  public var time = TimeSettings()
  /// How the modelled deployment is split.
  public var cells = CellSettings()
  /// Who is paid.
  public var merchants = MerchantSettings()
  /// The participants of the rails.
  public var banks = BankSettings()
  /// The payments.
  public var workload = WorkloadSettings()
  /// The front door of a cell.
  public var gateway = GatewaySettings()
  /// How a repeated key is recognised.
  public var idempotency = IdempotencySettings()
  /// The partitioned log between gateway and workers.
  public var bus = BusSettings()
  /// Workers, fraud score, retry and circuit breaker.
  public var authorization = AuthorizationSettings()
  /// Who answers authorisations.
  public var acquirers = AcquirerSettings.defaults
  /// The double-entry store of a cell.
  public var ledger = LedgerSettings()
  /// From captured payments to instructions.
  public var settlement = SettlementSettings()
  /// What moves money between banks.
  public var rails = RailSettings.defaults
  /// How participants settle with each other.
  public var interbank = InterbankSettings()
  /// Mid rates and spreads.
  public var fx = FXSettings()
  /// Matching against what acquirers and banks deliver.
  public var reconciliation = ReconciliationSettings()
  /// What goes wrong, and when.
  public var faults: [FaultSetting] = []
  /// What is written down beside the summary.
  public var results = ResultSettings()
  /// What is charged for.
  public var costs = CostSettings()
  /// Assertions on metrics of the summary, as written: `authorization_latency.p99 <= 500ms`.
  public var thresholds: [ThresholdSetting] = []
  /// What decides whether a run has passed.
  public var gate = Gate.thresholds

  /// What decides whether a run has passed.
  public enum Gate: String, Sendable, CaseIterable {
    /// The thresholds alone.
    case thresholds
    /// The thresholds, and the service levels that the run put to the test.
    case levels
  }

  /// The defaults, with the name.
  public init(name: String) { self.name = name }
}

/// `time`: when the simulated world begins and how long payments arrive.
public struct TimeSettings: Sendable {
  /// Civil date on which the run begins, at 00:00 UTC.
  public var date = CivilDate(year: 2026, month: 3, day: 2)
  /// How long payments arrive; the run then goes on until the last statement is matched.
  public var duration: Duration = .seconds(86_400)
  /// Longest time the run may take after the last arrival before it counts as stuck.
  public var drainLimit: Duration = .seconds(45 * 86_400)
  /// How long after the start of the run settlement ends for good: what banks have not settled then
  /// is counted and priced. Nil: the run goes on until everything is settled.
  public var settlementHorizon: Duration?
  /// The defaults.
  public init() {}
}

/// `cells`: how the modelled deployment is split. Never derived from the machine.
public struct CellSettings: Sendable {
  /// Autonomous stacks (gateway, bus partitions, workers, ledger shard) in each region.
  public var perRegion = 4
  /// Smallest delay of whatever crosses from a cell to the interbank network and back: settlement
  /// files, instructions, confirmations, statements. It is the lookahead of the parallel run.
  public var interbankLatency: Duration = .seconds(60)
  /// The defaults.
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
