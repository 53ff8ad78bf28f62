import Money

/// One entry of `rails`: a system that moves money between banks' accounts in one currency.
public struct RailSettings: Sendable {
  /// How a rail settles.
  public enum Kind: String, Sendable, CaseIterable {
    /// Each instruction by itself, final at once, during opening hours.
    case rtgs
    /// Instructions gathered up to a cut-off and settled together later: ACH, SEPA credit transfer.
    case batch
    /// Each instruction by itself within seconds, on every day at every hour.
    case instant
    /// Over the books of correspondent banks, hours or days later.
    case correspondent
  }
  /// A processing window of a batch rail.
  public struct BatchWindow: Sendable, Equatable {
    /// Local time up to which (exclusive) instructions join the window.
    public var cutOff: TimeOfDay
    /// Local time at which they are final.
    public var settles: TimeOfDay
    /// Business days from the day of the cut-off to that of settlement.
    public var businessDays: Int
    /// Makes one from its parts.
    public init(cutOff: TimeOfDay, settles: TimeOfDay, businessDays: Int = 0) {
      self.cutOff = cutOff
      self.settles = settles
      self.businessDays = businessDays
    }
  }
  /// An operator's fee from an instruction of the month on.
  public struct FeeTier: Sendable, Equatable {
    /// The first instruction of a month, counted from 1, that costs this.
    public var from: Int
    /// Fee for each.
    public var fee: MoneyAmount
    /// Makes one from its parts.
    public init(from: Int, fee: MoneyAmount) {
      self.from = from
      self.fee = fee
    }
  }
  /// Name of the rail.
  public var name: String
  /// How it settles.
  public var kind = Kind.rtgs
  /// Currency it moves.
  public var currency: Currency
  /// IANA time zone of its hours.
  public var timeZone: String
  /// Local opening time; the evening before if later than `close`.
  public var open: TimeOfDay
  /// Closing time; equal to `open` means around the clock.
  public var close: TimeOfDay
  /// Local time from which customers' instructions wait for the next business day; nil: `close`.
  public var customerCutOff: TimeOfDay?
  /// Whether it settles on Saturdays and Sundays.
  public var weekends = false
  /// The system whose closed days it keeps.
  public var calendar = SettlementCalendar.none
  /// Closed dates beside weekends and the calendar's.
  public var holidays: [CivilDate] = []
  /// Windows of a batch rail, ascending by cut-off; empty for the other kinds.
  public var windows: [BatchWindow] = []
  /// Business days from the day on which an instruction is processed to its value date, for the
  /// kinds without windows.
  public var valueDays = 0
  /// Time from an instruction to its confirmation; for a batch rail, from settlement.
  public var latency = LatencySetting.logNormal(median: .seconds(2), p99: .seconds(20))
  /// Part of the attempts that find the counterparty unreachable and are made again, over another
  /// rail in the end. Batches and correspondents' books have no such attempts: what they take in,
  /// they deliver.
  public var unavailableRate = 1.0 / 1_000
  /// Largest amount of one instruction, in `currency`; nil: without limit.
  public var maximumAmount: MoneyAmount?
  /// Operator's fee for each instruction; with tiers the fee of the first.
  public var fee: MoneyAmount
  /// Operator's fees by the number of instructions a participant sends in a month, ascending from
  /// 1; empty: `fee` for all.
  public var feeTiers: [FeeTier] = []
  /// The tiers in force: without any, all instructions cost `fee`.
  public var tiers: [FeeTier] { feeTiers.isEmpty ? [FeeTier(from: 1, fee: fee)] : feeTiers }
  /// Instructions of the month that each participant sent before the run, for the tiers.
  public var priorItems = 0
  /// What a bank charges its client for an instruction; nil: the price of the kind in `costs`.
  public var wire: MoneyAmount?

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
