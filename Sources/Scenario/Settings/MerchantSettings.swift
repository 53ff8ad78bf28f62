import Money

/// `merchants`: who is paid.
public struct MerchantSettings: Sendable {
  /// A group of merchants that share country, currency and clock.
  public struct Market: Sendable {
    /// Country code of ISO 3166-1.
    public var country: String
    /// Region whose cells serve the merchants.
    public var region: String
    /// IANA name, such as `America/New_York`.
    public var timeZone: String
    /// Currency in which customers mostly pay.
    public var currency: Currency
    /// Currency in which the merchant is paid out.
    public var settlementCurrency: Currency
    /// Part of all merchants; the shares sum to 1.
    public var share: Double
    /// Makes one from its parts.
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
    /// Name of the plan.
    public var name: String
    /// Part of the merchants on this plan.
    public var share: Double
    /// Fraction of the amount: 0.029 is 2.9 %.
    public var rate: Double
    /// Fixed fee in minor units of the payment's currency, after conversion from USD at mid.
    public var fixed: MoneyAmount
    /// Makes one from its parts.
    public init(name: String, share: Double, rate: Double, fixed: MoneyAmount) {
      self.name = name
      self.share = share
      self.rate = rate
      self.fixed = fixed
    }
  }
  /// A cut-off that a part of the merchants has instead of `cutOff`.
  public struct CutOffOverride: Sendable {
    /// Part of the merchants.
    public var share: Double
    /// Their local cut-off.
    public var at: TimeOfDay
    /// Makes one from its parts.
    public init(share: Double, at: TimeOfDay) {
      self.share = share
      self.at = at
    }
  }

  /// Number of merchants.
  public var count = 10_000
  /// Zipf-Mandelbrot: weight of rank k is (k + offset)^-exponent. Olist: 1.347 and 31.7.
  public var skewExponent = 1.347
  /// Offset of the rank.
  public var skewOffset = 31.7
  /// Groups of merchants that share country, currency and clock; their shares sum to 1.
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
  /// What merchants pay for a captured payment; the shares sum to 1.
  public var feePlans = [
    FeePlan(
      name: "standard", share: 1, rate: 0.029,
      fixed: MoneyAmount(minorUnits: 30, currency: .usd))
  ]
  /// Local time at which a merchant's business day ends.
  public var cutOff = TimeOfDay(hour: 23, minute: 59)
  /// Other cut-offs and the parts of the merchants that have them.
  public var cutOffOverrides: [CutOffOverride] = []
  /// Parts of the merchants at low, medium and high risk.
  public var riskShares = (low: 0.80, medium: 0.17, high: 0.03)
  /// Part of the merchants that override the routing table with an acquirer of their own.
  public var acquirerOverrideShare = 0.10
  /// Token bucket of the gateway for each merchant: payments a second, and burst.
  public var rateLimitPerSecond = 200.0
  /// Payments of one merchant that the gateway takes at once.
  public var rateLimitBurst = 400
  /// The rate of the token bucket, in whole numbers.
  public var tokenRate: TokenRate { TokenRate(perSecond: rateLimitPerSecond) }
  /// The defaults.
  public init() {}
}

/// `banks`: the participants of the rails.
public struct BankSettings: Sendable {
  /// Card issuers (and source banks of account-to-account payments).
  public var issuers = 8
  /// Banks that hold merchants' payout accounts.
  public var merchantBanks = 8
  /// Banks whose customers send and receive the transfers of `workload.transfers`; they take part
  /// only if there are transfers.
  public var correspondents = 8
  /// Banks with names and terms of their own, which stand beside the correspondents and take part
  /// only if there are transfers.
  public var named: [ParticipantSettings] = []
  /// Path of a CSV file of more such banks, relative to the scenario file.
  public var file: String?
  /// Banks that `file` lists, in its order; read with the scenario.
  public var listed: [ParticipantSettings] = []
  /// Balance of every bank's account in each currency when the run begins, converted at mid.
  public var openingBalance = MoneyAmount(minorUnits: 100_000_000_000_00, currency: .usd)
  /// How far an account may go below zero on a rail, in the same terms.
  public var overdraftLimit = MoneyAmount(minorUnits: 0, currency: .usd)
  /// Banks that fail during the run, each once.
  public var failures: [BankFailure] = []
  /// The defaults.
  public init() {}

  /// Banks with names and terms of their own, as their accounts stand.
  public var own: [ParticipantSettings] { named + listed }

  /// Names of the banks whose customers pay each other, generated ones first, in the order in which
  /// their accounts stand.
  public var transferBanks: [String] {
    (0..<correspondents).map { "correspondent-\($0 + 1)" } + own.map(\.name)
  }
}
