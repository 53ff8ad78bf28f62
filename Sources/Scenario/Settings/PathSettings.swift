import Money

/// `gateway`: the front door of a cell.
public struct GatewaySettings: Sendable {
  /// Instances behind the load balancer of each cell.
  public var instances = 4
  /// Requests an instance serves at once.
  public var concurrency = 16
  /// Time an instance takes for a request.
  public var serviceTime = LatencySetting.logNormal(
    median: .milliseconds(3), p99: .milliseconds(12))
  /// One-way network latency between merchant and gateway.
  public var networkLatency = LatencySetting.logNormal(
    median: .milliseconds(8), p99: .milliseconds(30))
  /// Largest accepted amount, converted at mid.
  public var maximumAmount = MoneyAmount(minorUnits: 1_000_000_00, currency: .usd)
  /// A request that would wait longer than this is answered with 503.
  public var queueLimit: Duration = .seconds(1)
  /// The defaults.
  public init() {}
}

/// `idempotency`: how a repeated key is recognised.
public struct IdempotencySettings: Sendable {
  /// Which store knows a key.
  public enum Mode: String, Sendable, CaseIterable {
    /// Fast store first, the ledger's unique constraint behind it.
    case hybrid
    /// Fast store only: a key evicted or expired is forgotten.
    case fastStore = "fast_store"
    /// The ledger's unique constraint only: always right, slower.
    case database
  }
  /// Fast store and the ledger's unique constraint, or one of them only.
  public var mode = Mode.hybrid
  /// How long a key lives in the fast store.
  public var timeToLive: Duration = .seconds(72 * 3_600)
  /// Keys the fast store of a cell holds before it evicts the oldest.
  public var capacity = 4_000_000
  /// Latency of the fast store.
  public var fastStoreLatency = LatencySetting.logNormal(
    median: .microseconds(500), p99: .milliseconds(2))
  /// Latency of the unique constraint.
  public var databaseLatency = LatencySetting.logNormal(
    median: .milliseconds(8), p99: .milliseconds(40))
  /// The defaults.
  public init() {}
}

/// `bus`: the partitioned log between gateway and workers.
public struct BusSettings: Sendable {
  /// What is worked on one at a time.
  public enum Ordering: String, Sendable, CaseIterable {
    /// One record of a partition at a time.
    case partition
    /// Records of one merchant in order; different merchants of a partition at once.
    case merchant
    /// No order between payments.
    case payment
  }
  /// Partitions of the topic over all cells, keyed by hash(merchant).
  public var partitions = 50
  /// Replicas of each partition.
  public var replicas = 3
  /// Time until one replica has a record; it is acknowledged when the slowest has it (acks=all).
  public var publishLatency = LatencySetting.logNormal(
    median: .milliseconds(4), p99: .milliseconds(20))
  /// Time until a waiting consumer sees an acknowledged record.
  public var fetchLatency: Duration = .milliseconds(1)
  /// What is worked on one at a time: a partition, a merchant, or a payment.
  public var ordering = Ordering.merchant
  /// Records of one partition that may be worked on at once.
  public var inFlightPerPartition = 256
  /// Unconsumed records of one partition above which the gateway answers 503.
  public var maximumLag = 100_000
  /// Lag that raises an alert.
  public var lagAlert = 5_000
  /// Lag that pages somebody.
  public var lagPage = 20_000
  /// The defaults.
  public init() {}
}

/// `ledger`: the double-entry store of a cell.
public struct LedgerSettings: Sendable {
  /// Latency of a durable commit.
  public var commitLatency = LatencySetting.logNormal(
    median: .milliseconds(4), p99: .milliseconds(18))
  /// Writes that arrive within this time share a commit; zero turns group commit off.
  public var groupCommit: Duration = .milliseconds(2)
  /// Whether every transfer is written to `journal.csv` of the result.
  public var journal = false
  /// The defaults.
  public init() {}
}
