import Money

/// `workload`: the payments, generated or read from a trace.
public struct WorkloadSettings: Sendable {
  /// Where the payments come from.
  public enum Source: Sendable {
    case generated(GeneratedWorkload)
    case trace(TraceWorkload)
  }
  /// Where the payments come from.
  public var source = Source.generated(GeneratedWorkload())
  /// Payments from account to account between banks' customers, beside the card flow.
  public var transfers = TransferWorkload()
  /// When an approved payment is captured.
  public var capture = CaptureSettings()
  /// How merchants' clients behave.
  public var client = ClientSettings()
  /// The defaults.
  public init() {}
}

/// Payments drawn from the arrival process.
public struct GeneratedWorkload: Sendable {
  /// Payments of one run at most: each is drawn before the run, and a slot holds as many.
  public static let mostPayments = 1_000_000_000
  /// How many payments there are.
  public enum Volume: Sendable {
    /// Exactly this many payments over `time.duration`.
    case payments(Int)
    /// A mean rate per second over `time.duration`.
    case rate(Double)
  }
  /// A repeated interval in which payments arrive faster.
  public struct Burst: Sendable {
    /// First start, after the start of the run.
    public var start: Duration
    /// Time from one start to the next.
    public var every: Duration
    /// How long a burst lasts.
    public var length: Duration
    /// Multiplies the rate.
    public var factor: Double
    /// Makes one from its parts.
    public init(start: Duration, every: Duration, length: Duration, factor: Double) {
      self.start = start
      self.every = every
      self.length = length
      self.factor = factor
    }
  }
  /// Amounts in units of the curve's own currency, times `scale` for each payment currency.
  public enum Amounts: Sendable {
    /// Probabilities (ascending, 0...1) and values.
    case quantiles([(probability: Double, value: Double)])
    case logNormal(mu: Double, sigma: Double)
    case constant(Double)
  }
  /// How many payments there are.
  public var volume = Volume.payments(100_000)
  /// 24 weights by local hour; flat when all equal.
  public var hourWeights: [Double] = GeneratedWorkload.olistHours
  /// 7 weights, Monday first.
  public var weekdayWeights: [Double] = GeneratedWorkload.olistWeekdays
  /// Repeated intervals in which payments arrive faster.
  public var bursts: [Burst] = []
  /// Olist's payment amounts (BRL).
  public var amounts = Amounts.quantiles([
    (0, 1), (0.01, 6.76), (0.05, 26.16), (0.1, 35), (0.25, 56.82), (0.5, 100), (0.75, 171.84),
    (0.9, 297.29), (0.95, 437.65), (0.99, 1_039.93), (0.999, 2_339.29), (1, 13_664.08),
  ])
  /// Factor from the amount curve to each currency; a currency not named uses the mid rate from BRL
  /// through USD 0.19.
  public var amountScale: [(currency: Currency, factor: Double)] = [
    (.eur, 0.32), (.gbp, 0.28), (.jpy, 52), (.usd, 0.35),
  ]
  /// Part of the payments that go from account to account instead of over a card.
  public var accountToAccountShare = 0.05
  /// Part of the payments that are fraud in truth, hidden from the pipeline.
  public var fraudShare = 1.0 / 800
  /// Part of the requests that are malformed (amount of zero, unknown currency) and must be
  /// refused.
  public var invalidShare = 1.0 / 2_000
  /// The defaults.
  public init() {}

  /// Hour weights of Olist's orders.
  public static let olistHours: [Double] = [
    0.02406, 0.01172, 0.00512, 0.00272, 0.00209, 0.00188, 0.00501, 0.0124, 0.02993, 0.04798,
    0.06195, 0.06617, 0.06025, 0.06548, 0.06611, 0.06488, 0.06715, 0.06183, 0.05812, 0.06008,
    0.06229, 0.06256, 0.05866, 0.04154,
  ]
  /// Weekday weights of Olist's orders, Monday first.
  public static let olistWeekdays: [Double] = [
    0.16272, 0.16048, 0.15631, 0.14838, 0.14204, 0.10962, 0.12045,
  ]
}

/// When an approved payment is captured.
public struct CaptureSettings: Sendable {
  /// Part captured at once, with the authorisation.
  public var immediateShare = 0.95
  /// Quantiles of the delay of the rest (Olist, approval to shipment), hours.
  public var delayHours: [(probability: Double, value: Double)] = [
    (0, 1), (0.05, 6.6), (0.25, 21.3), (0.5, 44.6), (0.75, 86.7), (0.9, 145), (0.95, 202.9),
    (0.99, 395.5), (1, 600),
  ]
  /// Part of the delayed captures that take only a part of the amount.
  public var partialShare = 0.03
  /// Which part of the amount they take.
  public var partialFraction = 0.5
  /// The defaults.
  public init() {}
}

/// How merchants' clients behave.
public struct ClientSettings: Sendable {
  /// Part of the requests sent again with the same idempotency key.
  public var duplicateShare = 0.003
  /// When the duplicate is sent, after the first.
  public var duplicateDelay = LatencySetting.logNormal(median: .seconds(2), p99: .seconds(60))
  /// Part of the duplicates whose body differs: they must be refused with 422.
  public var alteredShare = 0.01
  /// How often a client sends again after 429 or 503.
  public var retries = 3
  /// First wait before that; it doubles.
  public var retryDelay: Duration = .seconds(1)
  /// The defaults.
  public init() {}
}
