import Declared
import Measurement

/// Everything a run yields that is the same on every machine, thread count and repeat.
///
/// The simulator fills it, this module renders it. What depends on machine or clock stands in
/// `RunEnvironment`. Every list is shown in the order given, so the order must be deterministic.
public struct RunResult: Sendable {
  /// What was run.
  public var identity: RunIdentity
  /// The outcome, which decides the exit code.
  public var verdict = Verdict.passed
  /// Whether the run went to its natural end; figures of an incomplete run cover what was reached.
  public var isComplete = true
  /// Virtual time at the end of the run (ns since the scenario's start).
  public var virtualTimeNanoseconds: Int64 = 0
  /// The named steps of a payment in the order it meets them, each with how many passed it.
  public var steps: [NamedCount] = []
  /// How payments ended: settled, declined, voided and so on; those that clients have given up
  /// were never accepted.
  public var endStates: [NamedCount] = []
  /// Requests that were not accepted, by reason.
  public var refusals: [NamedCount] = []
  /// Latencies measured along the path.
  public var latencies: [LatencyRow] = []
  /// All values of those latencies, for exports.
  public var distributions: [RunDistribution] = []
  /// UTC second since 1970-01-01 at which virtual time begins.
  public var startSecond: Int64 = 0
  /// Rates over virtual time: offered, accepted, peak minute and so on.
  public var throughput: [NamedQuantity] = []
  /// Money per currency.
  public var money: [CurrencyTotals] = []
  /// What each strategy would have cost on this run's obligations; the first is the yardstick.
  public var strategies: [StrategyRow] = []
  /// The cost of the run as configured, by component.
  public var costComponents: [CostComponent] = []
  /// Infrastructure by part, whose sum is a component; empty where one figure is given for all.
  public var infrastructure: [InfrastructureRow] = []
  /// The sum of `costComponents` divided by the payments, if any.
  public var costPerPayment: FineAmount?
  /// What the rails carried.
  public var rails: [RailRow] = []
  /// Liquidity, delay and queues of each currency's settlement system.
  public var systems: [SystemReport] = []
  /// Intraday liquidity of each bank that paid or was paid, by currency.
  public var banks: [BankRow] = []
  /// What entries of the scenario's schedule did, in the order of time.
  public var schedule: [ScheduleRow] = []
  /// What rounding left of foreign exchange with the platform and the transfer desk.
  public var residuals: [ReportedAmount] = []
  /// Payments between banks' customers, one by one, for `payments.csv`; nil where the scenario asks
  /// for none.
  public var payments: PaymentList?
  /// Transfers from account to account; nil in a scenario without.
  public var transfers: TransferReport?
  /// Payments that were never settled; nil where everything was.
  public var unsettled: UnsettledReport?
  /// What the optimiser reported; nil where the run's strategy has none.
  public var planning: PlanningReport?
  /// Every plan of the optimiser, in the order of time; empty if there are too many to list.
  public var plans: [RoundPlanRow] = []
  /// What merchants are charged by their fee plans: income of the operator, no cost.
  public var gatewayFees: ReportedAmount?
  /// Calls and failures per acquirer.
  public var acquirers: [AcquirerRow] = []
  /// What faults did, in the order of the scenario; empty where nothing goes wrong.
  public var faults: [FaultRow] = []
  /// Every merchant that had a payment, those with the most payments first.
  public var merchants: [MerchantRow] = []
  /// How far the consumers of the bus fell behind.
  public var bus = BusReport()
  /// What the ledger's checks found.
  public var ledger = LedgerReport()
  /// The phases of reconciliation.
  public var reconciliation: [ReconciliationRow] = []
  /// Service levels, which are always shown.
  public var levels: [LevelRow] = []
  /// Whether a missed level fails the run, as a missed threshold does.
  public var levelsDecide = false
  /// The scenario's own thresholds: one missed fails the run.
  public var thresholds: [ThresholdRow] = []
  /// Invariants checked while running.
  public var invariants: [InvariantRow] = []
  /// Counters and gauges over virtual time, for `timeseries.csv` and the charts. The column called
  /// `RunResult.paymentsColumn` is drawn as payments per minute.
  public var series: TimeSeries?
  /// Counts, latencies and lag in short slots while payments came, for `series.csv` and charts; nil
  /// where no payment was asked for. It fits the file: see `SeriesFile.fitting`.
  public var arrivals: ArrivalSeries?
  /// Payments settled and queues of the settlement systems over virtual time, by currency, for
  /// `settlement.csv` and charts.
  public var settlementSeries: TimeSeries?
  /// Transfers taken on, settled and open over virtual time, for `transfers.csv` and charts; nil in
  /// a scenario without.
  public var transferSeries: TimeSeries?
  /// The way of sampled payments, for `spans.csv` and exports; nil in a scenario that samples none.
  public var spans: SampledPayments?
  /// Free lines: trace rows reported, fallbacks taken.
  public var notes: [String] = []
  /// Every figure a threshold may name, flat, with dotted names; durations in ns, ratios in 0...1.
  public var metrics: [String: Double] = [:]

  /// What is known of each metric, in the order of reading.
  public var figures: [FigureDeclaration] = []

  /// A result of `identity` with nothing measured yet.
  public init(identity: RunIdentity) { self.identity = identity }

  /// Whether there were transfers from account to account and no card payment at all.
  var hasOnlyTransfers: Bool {
    (steps.first?.count ?? 0) == 0 && (transfers?.accepted ?? 0) > 0
  }

  /// The name of the series column that counts accepted payments.
  public static let paymentsColumn = "payments_accepted"

  /// ISO 4217 code of the currency that costs are reported in; nil where the run has none.
  public var reportingCurrency: String? {
    gatewayFees?.currency ?? costComponents.first?.amount.currency ?? transfers?.value.currency
  }

  /// The metrics in ascending order of their names (by Unicode scalars, the same everywhere).
  public var sortedMetrics: [(name: String, value: Double)] {
    metrics.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { (name: $0.key, value: $0.value) }
  }
}

/// The outcome of a run, from best to worst.
public enum Verdict: String, Sendable, CaseIterable {
  /// Ran to the end, all thresholds held.
  case passed
  /// Ran to the end, all thresholds held, and at least one level was missed that decides.
  case levelMissed = "level_missed"
  /// Ran to the end, at least one threshold missed.
  case thresholdMissed = "threshold_missed"
  /// Ended with payments or transfers still open when time was up after the last arrival.
  case notAtRest = "not_at_rest"
  /// An invariant failed, the run was ended there.
  case invariantViolated = "invariant_violated"
  /// Stopped from outside before its end.
  case interrupted

  /// The verdict in words for a reader.
  public var words: String {
    switch self {
    case .passed: "passed"
    case .levelMissed: "service level missed"
    case .thresholdMissed: "threshold missed"
    case .notAtRest: "did not come to rest"
    case .invariantViolated: "invariant violated"
    case .interrupted: "interrupted"
    }
  }
}
