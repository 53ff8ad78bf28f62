import Money

/// A strategy by name, with the parameters that it declares itself, still as nodes of the file.
public struct StrategyChoice: Sendable {
  /// Name of the strategy.
  public var name: String
  /// The mapping without its name; nil if the scenario gives no parameter.
  public var parameters: ScenarioNode?
  /// Makes one from its parts.
  public init(name: String, parameters: ScenarioNode? = nil) {
    self.name = name
    self.parameters = parameters
  }
}

/// `settlement`: from captured payments to instructions.
public struct SettlementSettings: Sendable {
  /// What batches the obligations of the run.
  public var strategy = StrategyChoice(name: "merchant_day")
  /// Strategies that every run prices on its own obligations; the first is what savings refer to.
  public var priced = [
    StrategyChoice(name: "one_wire_per_payment"), StrategyChoice(name: "fixed_window"),
    StrategyChoice(name: "merchant_day"),
  ]
  /// How long after a cut-off the stream processor waits for late events.
  public var allowedLateness: Duration = .seconds(120)
  /// Settlement workers of each cell.
  public var workers = 4
  /// Time a worker takes for a task.
  public var taskTime: Duration = .milliseconds(40)
  /// Time for each payment in it.
  public var paymentTime: Duration = .microseconds(50)
  /// Payments of a batch at most.
  public var maximumBatch = 1_000
  /// Waits before the second, third and fourth attempt of an instruction.
  public var instructionRetryDelays: [Duration] = [.seconds(5), .seconds(15), .seconds(31)]
  /// The defaults.
  public init() {}
}

/// One entry of `rails`: a system that moves money between banks' accounts in one currency.
public struct RailSettings: Sendable {
  /// Name of the rail.
  public var name: String
  /// Currency it moves.
  public var currency: Currency
  /// IANA time zone of its hours.
  public var timeZone: String
  /// Local opening time; the evening before if later than `close`.
  public var open: TimeOfDay
  /// Closing time; equal to `open` means around the clock.
  public var close: TimeOfDay
  /// Whether it settles on Saturdays and Sundays.
  public var weekends = false
  /// Closed dates beside weekends.
  public var holidays: [CivilDate] = []
  /// Time from an instruction to its confirmation.
  public var latency = LatencySetting.logNormal(median: .seconds(2), p99: .seconds(20))
  /// Part of the attempts that find the counterparty unreachable and are retried.
  public var unavailableRate = 1.0 / 1_000
  /// Operator's fee for each instruction.
  public var fee: MoneyAmount

  /// Makes one from its parts.
  public init(
    name: String, currency: Currency, timeZone: String, open: TimeOfDay, close: TimeOfDay,
    fee: MoneyAmount
  ) {
    self.name = name
    self.currency = currency
    self.timeZone = timeZone
    self.open = open
    self.close = close
    self.fee = fee
  }

  /// RTGS systems with the hours of the reference table.
  public static var defaults: [RailSettings] {
    [
      RailSettings(
        name: "fedwire", currency: .usd, timeZone: "America/New_York",
        open: TimeOfDay(hour: 21, minute: 0), close: TimeOfDay(hour: 18, minute: 45),
        fee: MoneyAmount(minorUnits: 94, currency: .usd)),
      RailSettings(
        name: "t2", currency: .eur, timeZone: "Europe/Berlin",
        open: TimeOfDay(hour: 2, minute: 30), close: TimeOfDay(hour: 18, minute: 0),
        fee: MoneyAmount(minorUnits: 20, currency: .eur)),
      RailSettings(
        name: "chaps", currency: .gbp, timeZone: "Europe/London",
        open: TimeOfDay(hour: 6, minute: 0), close: TimeOfDay(hour: 17, minute: 40),
        fee: MoneyAmount(minorUnits: 30, currency: .gbp)),
      RailSettings(
        name: "bojnet", currency: .jpy, timeZone: "Asia/Tokyo",
        open: TimeOfDay(hour: 8, minute: 30), close: TimeOfDay(hour: 21, minute: 0),
        fee: MoneyAmount(minorUnits: 40, currency: .jpy)),
    ]
  }
}

/// `fx`: mid rates against USD and spreads in basis points.
public struct FXSettings: Sendable {
  /// US dollars for one unit of the currency; ascending by code.
  public var usdPerUnit: [(currency: Currency, rate: Double)] = [
    (.eur, 1.1684), (.gbp, 1.3421), (.jpy, 0.006257), (.usd, 1),
  ]
  /// Quoted pairs, ascending by code; a pair without a quote goes over the cheapest path of quoted
  /// ones.
  public var spreads: [(first: Currency, second: Currency, basisPoints: Double)] = [
    (.eur, .gbp, 2), (.usd, .eur, 2.5), (.usd, .gbp, 3), (.usd, .jpy, 2),
  ]
  /// The defaults.
  public init() {}
}

/// `reconciliation`: matching against what acquirers and banks deliver.
public struct ReconciliationSettings: Sendable {
  /// When a bank delivers its statement after the rail's close.
  public var statementDelay: Duration = .seconds(1_800)
  /// Whether the files that were exchanged are kept in the result, under `files/`.
  public var keepFiles = false
  /// Days over which an unmatched line may still be paired by amount, date and merchant.
  public var fuzzyDays = 1
  /// The defaults.
  public init() {}
}

/// `costs`: what is charged for.
public struct CostSettings: Sendable {
  /// Currency in which costs are reported.
  public var currency = Currency.usd
  /// Price of one wire.
  public var wire = MoneyAmount(minorUnits: 5_00, currency: .usd)
  /// Taken off the wire price of a batch with at least `discountMinimum` payments.
  public var consolidationDiscount = 0.15
  /// Payments from which a batch counts as consolidated.
  public var discountMinimum = 2
  /// Infrastructure per month of 30 days.
  public var infrastructurePerMonth = MoneyAmount(minorUnits: 170_000_00, currency: .usd)
  /// The defaults.
  public init() {}
}
