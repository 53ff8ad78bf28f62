import Rails
import Chance
import PaymentModel
import Scenario
import VirtualTime

/// One rail of the run and what waits on it.
struct Rail {
  let settings: RailSettings
  let schedule: RailSchedule
  /// What it moves.
  let currency: CurrencyIndex
  let latency: Latency
  let unavailable: Probability
  var random: RandomStream
  /// Instructions for the next opening or attempt.
  var waiting: DelayedActions<Instruction>
  /// Instructions of a batch rail by the time at which they settle, nanoseconds since the start of
  /// the run.
  var batches: [Int64: [Instruction]] = [:]
  private let fees: RailFees
  /// Hours that are known to be open, UTC seconds: those of the last attempt.
  private var knownOpen: Range<Int64> = 0..<0
  /// Instructions of the month by bank, for the operator's tiers.
  private var items: MonthlyItems

  var hours: RailHours { schedule.hours }

  /// - Parameter startingAt: UTC second at which the run starts.
  init(
    _ settings: RailSettings, currency: CurrencyIndex, banks: Int, startingAt second: Int64,
    random: RandomStream, waiting: DelayedActions<Instruction>
  ) {
    self.settings = settings
    schedule = RailSchedule(settings)
    self.currency = currency
    latency = Latency(settings.latency)
    unavailable = Probability(settings.unavailableRate)
    self.random = random
    self.waiting = waiting
    fees = RailFees(settings)
    items = MonthlyItems(
      participants: banks, prior: fees.prior, hours: schedule.hours, startingAt: second)
  }

  /// Whether the rail works on instructions at a UTC second.
  mutating func isOpen(at second: Int64) -> Bool {
    if settings.kind == .instant || knownOpen.contains(second) { return true }
    let (_, begin, close) = hours.next(at: second)
    guard begin <= second else { return false }
    knownOpen = second..<close
    return true
  }

  /// The operator's fee for the next instruction of `bank`, executed at a UTC second, in minor
  /// units of the fee's currency: that of the tier which the bank's instructions of the month
  /// have reached.
  mutating func fee(for bank: BankID, at second: Int64) -> Int64 {
    fees.fee(ofItem: items.add(Int(bank.rawValue), at: second)).minorUnits
  }

  /// Instructions of `bank` executed in the month of a UTC second.
  mutating func sent(by bank: BankID, at second: Int64) -> Int {
    items.sent(Int(bank.rawValue), at: second)
  }
}
