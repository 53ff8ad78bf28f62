import Money

/// `merchants`: who is paid.
public struct MerchantSettings: Sendable {
  /// A group of merchants that share country, currency and clock.
  public struct Market: Sendable {
    public var country: String
    public var region: String
    /// IANA name, such as `America/New_York`.
    public var timeZone: String
    /// Currency in which customers mostly pay.
    public var currency: Currency
    /// Currency in which the merchant is paid out.
    public var settlementCurrency: Currency
    /// Part of all merchants; the shares sum to 1.
    public var share: Double
    public init(
      country: String, region: String, timeZone: String, currency: Currency,
      settlementCurrency: Currency, share: Double
    ) {
      self.country = country
      self.region = region
      self.timeZone = timeZone
      self.currency = currency
      self.settlementCurrency = settlementCurrency
      self.share = share
    }
  }
  /// What a merchant pays for a captured payment: a rate and a fixed amount in `costs` currency.
  public struct FeePlan: Sendable {
    public var name: String
    /// Part of the merchants on this plan.
    public var share: Double
    /// Fraction of the amount: 0.029 is 2.9 %.
    public var rate: Double
    /// Fixed fee in minor units of the payment's currency, after conversion from USD at mid.
    public var fixed: MoneyAmount
    public init(name: String, share: Double, rate: Double, fixed: MoneyAmount) {
      self.name = name
      self.share = share
      self.rate = rate
      self.fixed = fixed
    }
  }
  /// A cut-off that a part of the merchants has instead of `cutOff`.
  public struct CutOffOverride: Sendable {
    public var share: Double
    public var at: TimeOfDay
    public init(share: Double, at: TimeOfDay) {
      self.share = share
      self.at = at
    }
  }
  /// A merchant category of ISO 18245 and the part of the merchants in it.
  public struct Category: Sendable {
    public var code: Int
    public var share: Double
    public init(code: Int, share: Double) {
      self.code = code
      self.share = share
    }
  }

  public var count = 10_000
  /// Zipf-Mandelbrot: weight of rank k is (k + offset)^-exponent. Olist: 1.347 and 31.7.
  public var skewExponent = 1.347
  public var skewOffset = 31.7
  public var markets: [Market] = [
    Market(
      country: "US", region: "americas", timeZone: "America/New_York", currency: .usd,
      settlementCurrency: .usd, share: 0.45),
    Market(
      country: "DE", region: "europe", timeZone: "Europe/Berlin", currency: .eur,
      settlementCurrency: .eur, share: 0.30),
    Market(
      country: "GB", region: "europe", timeZone: "Europe/London", currency: .gbp,
      settlementCurrency: .gbp, share: 0.20),
    Market(
      country: "JP", region: "americas", timeZone: "Asia/Tokyo", currency: .jpy,
      settlementCurrency: .jpy, share: 0.05),
  ]
  /// Part of a merchant's payments made in a currency of another market.
  public var foreignCurrencyShare = 0.05
  public var feePlans = [
    FeePlan(
      name: "standard", share: 1, rate: 0.029,
      fixed: MoneyAmount(minorUnits: 30, currency: .usd))
  ]
  /// Local time at which a merchant's business day ends.
  public var cutOff = TimeOfDay(hour: 23, minute: 59)
  public var cutOffOverrides: [CutOffOverride] = []
  public var categories = [
    Category(code: 5411, share: 0.30), Category(code: 5812, share: 0.25),
    Category(code: 5651, share: 0.25), Category(code: 5732, share: 0.20),
  ]
  /// Parts of the merchants at low, medium and high risk.
  public var riskShares = (low: 0.80, medium: 0.17, high: 0.03)
  /// Part of the merchants that override the routing table with an acquirer of their own.
  public var acquirerOverrideShare = 0.10
  /// Token bucket of the gateway for each merchant: payments a second, and burst.
  public var rateLimitPerSecond = 200.0
  public var rateLimitBurst = 400
  public init() {}
}

/// `banks`: the participants of the rails.
public struct BankSettings: Sendable {
  /// Card issuers (and source banks of account-to-account payments).
  public var issuers = 8
  /// Banks that hold merchants' payout accounts.
  public var merchantBanks = 8
  /// Balance of every bank's account in each currency when the run begins, in major units of USD,
  /// converted at mid.
  public var openingBalance = MoneyAmount(minorUnits: 100_000_000_000_00, currency: .usd)
  /// How far an account may go below zero on a rail, in the same terms.
  public var overdraftLimit = MoneyAmount(minorUnits: 0, currency: .usd)
  public init() {}
}

/// `workload`: the payments, generated or read from a trace.
public struct WorkloadSettings: Sendable {
  public enum Source: Sendable {
    case generated(GeneratedWorkload)
    case trace(TraceWorkload)
  }
  public var source = Source.generated(GeneratedWorkload())
  public var capture = CaptureSettings()
  public var client = ClientSettings()
  public init() {}
}

/// Payments drawn from the arrival process.
public struct GeneratedWorkload: Sendable {
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
    public var every: Duration
    public var length: Duration
    /// Multiplies the rate.
    public var factor: Double
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
  public var volume = Volume.payments(100_000)
  /// 24 weights by local hour; flat when all equal.
  public var hourWeights: [Double] = GeneratedWorkload.olistHours
  /// 7 weights, Monday first.
  public var weekdayWeights: [Double] = GeneratedWorkload.olistWeekdays
  public var bursts: [Burst] = []
  /// Olist's payment amounts (BRL).
  public var amounts = Amounts.quantiles([
    (0, 1), (0.01, 6.76), (0.05, 26.16), (0.1, 35), (0.25, 56.82), (0.5, 100), (0.75, 171.84),
    (0.9, 297.29), (0.95, 437.65), (0.99, 1_039.93), (0.999, 2_339.29), (1, 13_664.08),
  ])
  /// Factor from the amount curve to each currency; a currency not named uses the mid rate from BRL
  /// through USD 0.19.
  public var amountScale: [(currency: Currency, factor: Double)] = [
    (.usd, 0.35), (.eur, 0.32), (.gbp, 0.28), (.jpy, 52),
  ]
  /// Part of the payments that go from account to account instead of over a card.
  public var accountToAccountShare = 0.05
  /// Part of the payments that are fraud in truth, hidden from the pipeline.
  public var fraudShare = 1.0 / 800
  /// Part of the requests that are malformed (amount of zero, unknown currency) and must be refused.
  public var invalidShare = 1.0 / 2_000
  public init() {}

  public static let olistHours: [Double] = [
    0.02406, 0.01172, 0.00512, 0.00272, 0.00209, 0.00188, 0.00501, 0.0124, 0.02993, 0.04798,
    0.06195, 0.06617, 0.06025, 0.06548, 0.06611, 0.06488, 0.06715, 0.06183, 0.05812, 0.06008,
    0.06229, 0.06256, 0.05866, 0.04154,
  ]
  public static let olistWeekdays: [Double] = [
    0.16272, 0.16048, 0.15631, 0.14838, 0.14204, 0.10962, 0.12045,
  ]
}

/// Payments replayed from a CSV file, plain or gzip'ed.
public struct TraceWorkload: Sendable {
  /// What to do with a row that is malformed, duplicate or out of order.
  public enum RowPolicy: String, Sendable, CaseIterable {
    /// Refuse the run, naming the row.
    case refuse
    /// Leave the row out (or, out of order, sort it in), name it in the result, and go on.
    case report
  }
  public enum AmountUnit: String, Sendable, CaseIterable { case minor, major }
  /// Path, relative to the scenario file.
  public var file: String
  /// Column names of the file.
  public var idColumn = "id"
  public var timeColumn = "time"
  public var merchantColumn = "merchant"
  public var amountColumn = "amount"
  /// Absent: every row is in `currency`.
  public var currencyColumn: String?
  public var currency = Currency.usd
  public var amountUnit = AmountUnit.major
  /// A row whose value here is `cancelValue`, or whose amount is negative, cancels earlier payments
  /// of the same merchant: a void before capture, else a refund.
  public var cancelColumn: String?
  public var cancelValue = "1"
  /// Prefix of an id that marks a cancellation, such as UCI's `C`.
  public var cancelPrefix: String?
  public var malformedRows = RowPolicy.refuse
  public var duplicateRows = RowPolicy.refuse
  public var unorderedRows = RowPolicy.refuse
  public init(file: String) { self.file = file }
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
  /// Part of the delayed captures that take only a part of the amount, and which part.
  public var partialShare = 0.03
  public var partialFraction = 0.5
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
  /// How often a client sends again after 429 or 503, and how long it waits, doubling.
  public var retries = 3
  public var retryDelay: Duration = .seconds(1)
  public init() {}
}
