import Money

/// `authorization`: workers, fraud score, retry and circuit breaker.
public struct AuthorizationSettings: Sendable {
  /// Workers of each cell.
  public var workers = 64
  /// Latency of a token-vault look-up.
  public var tokenVaultLatency = LatencySetting.logNormal(
    median: .milliseconds(4), p99: .milliseconds(15))
  /// Latency of a fraud score.
  public var fraudLatency = LatencySetting.logNormal(
    median: .milliseconds(10), p99: .milliseconds(35))
  /// Score from which a payment is blocked.
  public var blockScore = 80
  /// Score from which a payment is challenged (3-D Secure); below `block_score`.
  public var challengeScore = 60
  /// Score from which a payment is reviewed; below `challenge_score`.
  public var reviewScore = 40
  /// Part of the card payments that are challenged whatever their score, as a rule of strong
  /// customer authentication asks; beside those whose score asks for it. It is drawn for each
  /// payment by itself, so who is challenged at a share is challenged at every larger one. The
  /// score and what it blocks or queues for review stay what they are.
  public var challengeShare = 0.0
  /// How long a cardholder takes over a challenge.
  public var challengeTime = LatencySetting.logNormal(median: .seconds(20), p99: .seconds(90))
  /// Part of the challenged cardholders that give up.
  public var challengeAbandonShare = 0.2
  /// A call to an acquirer that is not answered within this time has an unknown outcome.
  public var deadline: Duration = .seconds(2)
  /// Retries after the first attempt.
  public var retries = 3
  /// Wait before the first retry.
  public var retryDelay: Duration = .seconds(1)
  /// Factor from one wait to the next.
  public var retryMultiplier = 2.0
  /// Longest wait.
  public var retryMaximumDelay: Duration = .seconds(10)
  /// Jitter as a part of the wait.
  public var retryJitter = 0.2
  /// Consecutive failures that open an acquirer's breaker.
  public var breakerFailures = 10
  /// How long it stays open.
  public var breakerOpen: Duration = .seconds(60)
  /// How long it stays open after a failed probe.
  public var breakerReopen: Duration = .seconds(120)
  /// How long an uncaptured hold lives.
  public var holdValidity: Duration = .seconds(7 * 86_400)
  /// The defaults.
  public init() {}
}

/// One entry of `acquirers`.
public struct AcquirerSettings: Sendable {
  /// Formats of settlement files.
  public enum FileFormat: String, Sendable, CaseIterable { case csv, json, xml }
  /// Name of the acquirer.
  public var name: String
  /// Currencies it takes; empty means all.
  public var currencies: [Currency] = []
  /// Regions it serves; empty means all.
  public var regions: [String] = []
  /// Order of preference in the routing table: the lowest is the primary, the next the fallback.
  public var preference = 1
  /// Latency of an authorisation.
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
  /// Format of its settlement files.
  public var fileFormat = FileFormat.csv
  /// How often it delivers a settlement file with the captured and refunded lines.
  public var fileInterval: Duration = .seconds(3_600)
  /// Rate it charges, for cheap routing of low-risk payments.
  public var feeRate = 0.002
  /// The defaults, with the name.
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
