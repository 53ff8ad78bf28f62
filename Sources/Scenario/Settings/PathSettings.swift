import Money

/// `gateway`: the front door of a cell.
public struct GatewaySettings: Sendable {
  /// Instances behind the load balancer of each cell.
  public var instances = 4
  /// Requests an instance serves at once.
  public var concurrency = 16
  public var serviceTime = LatencySetting.logNormal(
    median: .milliseconds(3), p99: .milliseconds(12))
  /// One-way network latency between merchant and gateway.
  public var networkLatency = LatencySetting.logNormal(
    median: .milliseconds(8), p99: .milliseconds(30))
  /// Largest accepted amount, converted at mid.
  public var maximumAmount = MoneyAmount(minorUnits: 1_000_000_00, currency: .usd)
  /// A request that would wait longer than this is answered with 503.
  public var queueLimit: Duration = .seconds(1)
  public init() {}
}

/// `idempotency`: how a repeated key is recognised.
public struct IdempotencySettings: Sendable {
  public enum Mode: String, Sendable, CaseIterable {
    /// Fast store first, the ledger's unique constraint behind it.
    case hybrid
    /// Fast store only: a key evicted or expired is forgotten.
    case fastStore = "fast_store"
    /// The ledger's unique constraint only: always right, slower.
    case database
  }
  public var mode = Mode.hybrid
  /// How long a key lives in the fast store.
  public var timeToLive: Duration = .seconds(72 * 3_600)
  /// Keys the fast store of a cell holds before it evicts the oldest.
  public var capacity = 4_000_000
  public var fastStoreLatency = LatencySetting.logNormal(
    median: .microseconds(500), p99: .milliseconds(2))
  public var databaseLatency = LatencySetting.logNormal(
    median: .milliseconds(8), p99: .milliseconds(40))
  public init() {}
}

/// `bus`: the partitioned log between gateway and workers.
public struct BusSettings: Sendable {
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
  public var replicas = 3
  public var minimumInSyncReplicas = 2
  /// Time until a record is acknowledged by all in-sync replicas (acks=all).
  public var publishLatency = LatencySetting.logNormal(
    median: .milliseconds(4), p99: .milliseconds(20))
  /// Time until a waiting consumer sees an acknowledged record.
  public var fetchLatency: Duration = .milliseconds(1)
  public var ordering = Ordering.merchant
  /// Records of one partition that may be worked on at once.
  public var inFlightPerPartition = 256
  /// Unconsumed records of one partition above which the gateway answers 503.
  public var maximumLag = 100_000
  public var lagAlert = 5_000
  public var lagPage = 20_000
  public init() {}
}

/// `authorization`: workers, fraud score, retry and circuit breaker.
public struct AuthorizationSettings: Sendable {
  /// Workers of each cell.
  public var workers = 64
  public var tokenVaultLatency = LatencySetting.logNormal(
    median: .milliseconds(4), p99: .milliseconds(15))
  public var fraudLatency = LatencySetting.logNormal(
    median: .milliseconds(10), p99: .milliseconds(35))
  /// Scores at and above which a payment is blocked, challenged (3-D Secure), or reviewed.
  public var blockScore = 80
  public var challengeScore = 60
  public var reviewScore = 40
  /// How long a cardholder takes over a challenge, and the part that gives up.
  public var challengeTime = LatencySetting.logNormal(median: .seconds(20), p99: .seconds(90))
  public var challengeAbandonShare = 0.2
  /// A call to an acquirer that is not answered within this time has an unknown outcome.
  public var deadline: Duration = .seconds(2)
  /// Retries after the first attempt, waits, and jitter as a fraction.
  public var retries = 3
  public var retryDelay: Duration = .seconds(1)
  public var retryMultiplier = 2.0
  public var retryMaximumDelay: Duration = .seconds(10)
  public var retryJitter = 0.2
  /// Consecutive failures that open an acquirer's breaker, how long it stays open, and how long after
  /// a failed probe.
  public var breakerFailures = 10
  public var breakerOpen: Duration = .seconds(60)
  public var breakerReopen: Duration = .seconds(120)
  /// How long an uncaptured hold lives.
  public var holdValidity: Duration = .seconds(7 * 86_400)
  public init() {}
}

/// One entry of `acquirers`.
public struct AcquirerSettings: Sendable {
  public enum FileFormat: String, Sendable, CaseIterable { case csv, json, xml }
  public var name: String
  /// Currencies it takes; empty means all.
  public var currencies: [Currency] = []
  /// Regions it serves; empty means all.
  public var regions: [String] = []
  /// Order of preference in the routing table: the lowest is the primary, the next the fallback.
  public var preference = 1
  public var latency = LatencySetting.logNormal(
    median: .milliseconds(110), p99: .milliseconds(260))
  /// Calls it works on at once, over all cells; a cell has its share.
  public var concurrency = 4_000
  /// A call that would wait longer than this in its queue is refused as unavailable.
  public var queueLimit: Duration = .milliseconds(500)
  /// Part of the valid requests that the issuer approves.
  public var approvalRate = 0.93
  /// Part of the calls answered at once with an error.
  public var unavailableRate = 1.0 / 2_000
  /// Part of the calls whose answer comes after the deadline, though the acquirer has decided.
  public var lateRate = 1.0 / 5_000
  public var fileFormat = FileFormat.csv
  /// How often it delivers a settlement file with the captured and refunded lines.
  public var fileInterval: Duration = .seconds(6 * 3_600)
  /// Rate it charges, for cheap routing of low-risk payments.
  public var feeRate = 0.002
  public init(name: String) { self.name = name }

  /// A primary and a dearer fallback with another file format.
  public static var defaults: [AcquirerSettings] {
    var first = AcquirerSettings(name: "northbank")
    first.preference = 1
    var second = AcquirerSettings(name: "southpay")
    second.preference = 2
    second.latency = .logNormal(median: .milliseconds(130), p99: .milliseconds(300))
    second.approvalRate = 0.92
    second.fileFormat = .json
    second.feeRate = 0.0025
    return [first, second]
  }
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
  public init() {}
}
